import { stepsOf, sourcesOf } from "../../network/walk";
import type { Network } from "../../network/network";
import type { Bound, BoundMethod } from "./bound";
import { intersectBounds } from "./intersectBounds";
import { interval } from "./interval";
import { isNormChain, norm } from "./norm/norm";
import { symbolic } from "./symbolic/symbolic";

/**
 * Of each number what all methods allow: `symbolic`, and where that leaves much open those that may
 * know better. `norm` is asked where more than half of what ReLUs read may have either sign, and
 * the twins are a dense chain; `interval` where differences are wider than N's outputs themselves.
 */
export const tightest: BoundMethod = (twins, box, options = {}) => {
  const found = symbolic(twins, box, options);
  const others = [
    ...(isMostlyOpen(twins.network, found) && isNormChain(twins, box) ? [norm] : []),
    ...(isWiderThanValues(found) ? [interval] : []),
  ];
  const all = others.reduce<BoundMethod>(intersectBounds, () => found)(twins, box, options);
  return { ...all, method: "tightest" };
};

/** Whether more than half of all that is read by steps of pieces may lie on either side of 0. */
function isMostlyOpen(network: Network, { values }: Bound): boolean {
  let [open, all] = [0, 0];
  stepsOf(network).forEach((step, layer) => {
    if (step.form !== "pieces") return;
    const { lower, upper } = values[sourcesOf(network, layer)[0]];
    open += lower.filter((low, place) => low < 0 && upper[place] > 0).length;
    all += lower.length;
  });
  return 2 * open > all;
}

function isWiderThanValues({ values, differences }: Bound): boolean {
  const [ours, moved] = [values, differences].map((all) => all[all.length - 1]);
  return moved.upper.some(
    (high, output) => high - moved.lower[output] > ours.upper[output] - ours.lower[output],
  );
}
