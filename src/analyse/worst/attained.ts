import type { PatternPasses } from "../patternPasses";
import { evaluateApproximated } from "../source/evaluateApproximated";
import type { Twins } from "../twin";
import { goalValue, type WorstGoal } from "./goal";

/** What a goal comes to at an input, by both networks run there. */
export type Attained = (x: Readonly<Float64Array>) => number;

/**
 * Runs both networks to the bits of `evaluate` and `evaluateApproximated`.
 *
 * @param sides  passes of N and of Ñ's network
 */
export function createAttained(
  twins: Twins,
  goal: WorstGoal,
  [network, approximated]: readonly PatternPasses[],
): Attained {
  const theirs = (x: Readonly<Float64Array>): Readonly<Float64Array> =>
    twins.sources === undefined ? approximated.evaluate(x) : evaluateApproximated(twins, x);
  return (x) => {
    // A pass writes its next result where this one stands.
    const ours = Float64Array.from(network.evaluate(x));
    return goalValue(goal, ours, theirs(x));
  };
}
