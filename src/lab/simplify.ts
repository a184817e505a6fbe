import { boxOver } from "../analyse/box";
import { boundMethodOf, DEFAULT_METHOD } from "../analyse/bound/methods";
import { describeDomain, PIXEL_DOMAIN, toDomain, type DomainChoice } from "../analyse/domain";
import { simplify as simplifyWith, type SimplifiedLayer } from "../analyse/simplify";
import { createTwins } from "../analyse/twin";
import { declareColumns } from "../claim/column";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { loadNetwork, type LoadOptions } from "../network/load";
import type { Network } from "../network/network";
import { withDisplay, type Displayable } from "../present/display";
import { formatUpperBound } from "../present/numberFormat";
import { declaredTable } from "../present/table/declaredTable";
import { displayTable } from "../present/table/showTable";
import { heedingCell, type BoundChoice } from "./bound";

/** A network without what it does not need on a box. */
export interface SimplifiedNetwork {
  /** Equal to N on the box in real arithmetic; where layers were merged their sums are rounded. */
  readonly network: Network;
  /** ReLU layers between two dense ones, with what was proved of their neurons. */
  readonly layers: readonly SimplifiedLayer[];
  /**
   * Proved: no input of the box has a larger E between N and N without its dead neurons, merged
   * layers left as they are. 0 where the method that found them is believed.
   */
  readonly difference: number;
}

const COUNT = { type: "integer", style: "count" } as const;

const SIMPLIFIED_COLUMNS = declareColumns<SimplifiedLayer>({
  layer: { ...COUNT, meaning: "the ReLU, counted from 1" },
  neurons: { ...COUNT, meaning: "before" },
  dead: { ...COUNT, kind: "bound", end: "lower", meaning: "proved never to be active on the box" },
  linear: { ...COUNT, kind: "bound", end: "lower", meaning: "proved always to be active there" },
  removed: { ...COUNT, meaning: "left out, or made part of the layer behind" },
});

/**
 * The same function on a box with fewer neurons: those that are proved never to be active there
 * are left out, and a ReLU layer of which the others are always active becomes part of the dense
 * layer behind it. Chains only, and only a ReLU between two dense layers. Outside the box the
 * networks may differ; approximated they differ inside too, since scales of quantisers follow the
 * weights.
 *
 * @param network  a network, or its name or file as `loadNetwork` takes them
 * @param box  where inputs may lie: a name, `LOWER:UPPER` or `{lower, upper}`; [0, 1] by default
 * @param options  the method of the bounds, and how a file is to be read
 * @returns the smaller network, what was proved of each layer, and the bound that checks it
 * @throws ArgumentError if the network is a graph, the box is none or there is no such method
 * @example
 * const { network: smaller } = await rl.simplify("net1", "0:0.01", {
 *   method: "differential",
 * });
 */
export async function simplify(
  network: Network | string,
  box: DomainChoice = PIXEL_DOMAIN,
  options: BoundChoice & LoadOptions = {},
): Promise<SimplifiedNetwork & Displayable> {
  const loaded = typeof network === "string" ? await loadNetwork(network, options) : network;
  const { method = DEFAULT_METHOD } = options;
  const run = typeof method === "string" ? boundMethodOf(method) : method;
  const domain = toDomain(box);
  const over = boxOver(domain, loaded.inputSize);
  const { values } = run(createTwins(loaded, loaded), over, heedingCell());
  const { network: smaller, silenced, layers } = simplifyWith(loaded, values);
  const { total } = run(createTwins(loaded, silenced), over, heedingCell());
  const found = { network: smaller, layers, difference: total.upper };
  const inputs = `every input in ${describeDomain(domain)}`;
  const caption =
    `${loaded.name} without what it does not need for ${inputs}; without its dead neurons ` +
    `E ≤ ${formatUpperBound(total.upper)} there${assumedOf(assumptionsOf([loaded]))}`;
  return withDisplay(found, () =>
    displayTable(declaredTable(SIMPLIFIED_COLUMNS, layers, { caption, inputs })),
  );
}
