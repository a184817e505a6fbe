import { ArgumentError } from "../../errors";
import { pruneSmallest } from "../pruneSmallest";
import { roundWeights } from "./roundWeights";
import { WHOLE, type ApproximationRules } from "./rules";

/** The given part of each layer's weights, smallest magnitudes first, set to zero; biases stay. */
export interface PruneApproximation {
  readonly kind: "prune";
  /** 0 .. 100 */
  readonly percent: number;
}

const NAME = /^prune-(\d+(?:\.\d+)?)$/;

export const pruneRules: ApproximationRules<PruneApproximation> = {
  forms: [
    {
      text: "prune-PERCENT (such as prune-50)",
      names: (percent) => [`prune-${percent}`],
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    return found === null ? undefined : { kind: "prune", percent: readPercent(found[1], typed) };
  },
  name: ({ percent }) => `prune-${percent}`,
  describe: ({ percent }) => `the smallest ${percent} % of each layer's weights set to zero`,
  rounding(_, { percent }) {
    checkPercent(percent);
    return roundWeights(({ values }) => pruneSmallest(values, percent));
  },
  // What is left, and a bit for each weight that says whether it is.
  storedBits:
    (_, { percent }) =>
    ({ name, values }) =>
      name === "bias"
        ? WHOLE * values.length
        : values.length + WHOLE * (values.length - Math.floor((values.length * percent) / 100)),
};

/** @throws ArgumentError for more than all */
export function readPercent(digits: string, typed: string): number {
  const percent = Number(digits);
  if (percent <= 100) return percent;
  throw new ArgumentError(
    `approximation "${typed}": at most 100 per cent of the weights can be pruned`,
  );
}

/** @throws ArgumentError unless it is a part of the weights */
export function checkPercent(percent: number): void {
  if (percent >= 0 && percent <= 100) return;
  throw new ArgumentError(`pruning takes 0 to 100 per cent of the weights, found ${percent}`);
}
