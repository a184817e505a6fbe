import { ArgumentError, ShapeError } from "../errors";
import { quoteName } from "../quoteName";
import type { Network } from "../network/network";
import { sourcesOf, stepsOf } from "../network/walk";
import type { Intervals } from "./intervals";
import { stepRules } from "./rules/stepRules";

export type { Intervals } from "./intervals";

/**
 * Sound intervals of everything that flows through a network while its inputs stay in a box: entry
 * 0 is the box, entry l + 1 what layer l yields. A bound, evaluated in binary64 and widened
 * outwards by the
 * error of its sums.                                                             (paper, Eqs. 8–9)
 *
 * @throws ShapeError if the box has another size than the input, ArgumentError if it is none
 * @example
 * const near = { lower: x.map((v) => v - 0.01), upper: x.map((v) => v + 0.01) };
 * rl.boundIntervals(net1, near).at(-1)
 */
export function boundIntervals(network: Network, box: Intervals): Intervals[] {
  checkBox(box, network);
  const bounds = [box];
  stepsOf(network).forEach((step, index) => {
    const sources = sourcesOf(network, index).map((value) => bounds[value]);
    bounds.push(stepRules(step).bound(step, sources));
  });
  return bounds;
}

/**
 * @throws ShapeError or ArgumentError unless the box has one interval lower ≤ upper of numbers per
 *   input
 */
export function checkBox({ lower, upper }: Intervals, { name, inputSize }: Network): void {
  if (lower.length !== inputSize || upper.length !== inputSize) {
    throw new ShapeError(
      `network ${quoteName(name)} takes ${inputSize} values, the box has ${lower.length} lower and ` +
        `${upper.length} upper ends`,
    );
  }
  const odd = lower.findIndex(
    (low, input) => !(Number.isFinite(low) && Number.isFinite(upper[input]) && low <= upper[input]),
  );
  if (odd === -1) return;
  throw new ArgumentError(
    `input ${odd} of the box has ends ${lower[odd]} and ${upper[odd]}; expected two finite numbers, ` +
      "the lower one first",
  );
}
