import type { SolverMemory } from "./memory";

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
export function restoreIterate({ rows, variables }: SolverMemory, iterate: KeptIterate): void {
  variables.v.view.set(iterate.v);
  variables.zLower.view.set(iterate.zLower);
  variables.zUpper.view.set(iterate.zUpper);
  rows.s.view.set(iterate.s);
  rows.lambda.view.set(iterate.lambda);
}
