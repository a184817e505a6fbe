import type { SolverMemory } from "./memory";
import { START_DISTANCE, START_MU } from "./parameters";
import type { WorkingSet } from "./workingSet";

/**
 * Writes the first iterate: the feasible point, moved off the box's sides, and multipliers that
 * make all products alike as far as the slacks allow.
 *
 * @param size  how many variables there are
 */
export function startIterate(
  { rows, variables }: SolverMemory,
  set: WorkingSet,
  size: number,
): void {
  const { v, lower, upper, zLower, zUpper } = variables;
  for (let j = 0; j < size; j++) {
    const [low, high] = [lower.view[j], upper.view[j]];
    const distance = Math.min(START_DISTANCE, (high - low) / 4);
    v.view[j] = -low < distance ? low + distance : high < distance ? high - distance : 0;
    zLower.view[j] = START_MU / (v.view[j] - low);
    zUpper.view[j] = START_MU / (high - v.view[j]);
  }
  set.multiply(v.at, rows.scratch.at);
  for (let row = 0; row < set.count; row++) {
    const slack = Math.max(rows.bound.view[row] - rows.scratch.view[row], START_DISTANCE);
    rows.s.view[row] = slack;
    rows.lambda.view[row] = START_MU / slack;
  }
}
