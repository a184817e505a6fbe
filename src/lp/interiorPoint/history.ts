import type { SolverMemory } from "./memory";
import { BACK_SHARE, BACK_SLACK, LEAST_SLACK } from "./parameters";
import type { WorkingSet } from "./workingSet";

/** One iterate, for going back to. */
export interface KeptIterate {
  readonly v: Float64Array;
  readonly zLower: Float64Array;
  readonly zUpper: Float64Array;
  readonly s: Float64Array;
  readonly lambda: Float64Array;
  readonly mu: number;
  /** Rows that were in the set. */
  readonly count: number;
}

/** A copy of the iterate that stands in the memory. */
export function keepIterate(
  { rows, variables }: SolverMemory,
  count: number,
  mu: number,
): KeptIterate {
  return {
    v: variables.v.view.slice(),
    zLower: variables.zLower.view.slice(),
    zUpper: variables.zUpper.view.slice(),
    s: rows.s.view.slice(0, count),
    lambda: rows.lambda.view.slice(0, count),
    mu,
    count,
  };
}

/** Puts an iterate back into the memory. */
function restoreIterate({ rows, variables }: SolverMemory, iterate: KeptIterate): void {
  variables.v.view.set(iterate.v);
  variables.zLower.view.set(iterate.zLower);
  variables.zUpper.view.set(iterate.zUpper);
  rows.s.view.set(iterate.s);
  rows.lambda.view.set(iterate.lambda);
}

/**
 * Takes up the latest iterate that is well inside all rows that joined after it, and forgets it and
 * those that came later.
 */
export function goBack(history: KeptIterate[], memory: SolverMemory, set: WorkingSet): void {
  const { rows, variables } = memory;
  let index = history.length - 1;
  for (; ; index--) {
    const { v, count } = history[index];
    variables.v.view.set(v);
    set.multiply(variables.v.at, rows.scratch.at);
    if (index === 0) break;
    let isInside = true;
    for (let row = count; row < set.count && isInside; row++) {
      const slack = rows.bound.view[row] - rows.scratch.view[row];
      isInside = slack >= Math.min(BACK_SHARE * rows.bound.view[row], BACK_SLACK);
    }
    if (isInside) break;
  }
  const taken = history[index];
  restoreIterate(memory, taken);
  for (let row = taken.count; row < set.count; row++) {
    const slack = Math.max(LEAST_SLACK, rows.bound.view[row] - rows.scratch.view[row]);
    rows.s.view[row] = slack;
    rows.lambda.view[row] = taken.mu / slack;
  }
  history.length = index;
}
