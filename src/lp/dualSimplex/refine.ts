import { addTightRows, multiplyInverse, multiplyTransposedInverse } from "./basisProducts";
import { computeSlacks } from "./looseRows";
import type { Simplex } from "./state";

/**
 * What is left of the equations after `refine`: the larger of the two says whether the inverse is
 * still good.
 */
export interface Residuals {
  /** Largest |slack| of a tight row before the correction. */
  readonly primal: number;
  /** Largest |reduced cost| of a free variable before the correction. */
  readonly dual: number;
}

/**
 * Recomputes free variables, slacks, multipliers and reduced costs from the original rows, with one
 * step of iterative refinement through the inverse.
 */
export function refine(simplex: Simplex): Residuals {
  const primal = refinePoint(simplex);
  const dual = refineMultipliers(simplex);
  return { primal, dual };
}

function refinePoint(simplex: Simplex): number {
  const { memory, basisCount } = simplex;
  const { tightEntry, freeEntry, tight, free, slack, point } = memory;
  computeSlacks(simplex);
  let largest = 0;
  for (let t = 0; t < basisCount; t++) {
    const residual = slack.view[tight.view[t]];
    tightEntry.view[t] = residual;
    largest = Math.max(largest, Math.abs(residual));
  }
  if (largest === 0) return 0;
  multiplyInverse(simplex, tightEntry, freeEntry);
  for (let f = 0; f < basisCount; f++) point.view[free.view[f]] += freeEntry.view[f];
  computeSlacks(simplex);
  return largest;
}

function refineMultipliers(simplex: Simplex): number {
  const { memory, basisCount } = simplex;
  const { freeEntry, tightEntry, free, reduced, multiplier } = memory;
  computeReduced(simplex);
  let largest = 0;
  for (let f = 0; f < basisCount; f++) {
    const residual = reduced.view[free.view[f]];
    freeEntry.view[f] = residual;
    largest = Math.max(largest, Math.abs(residual));
  }
  if (largest > 0) {
    multiplyTransposedInverse(simplex, freeEntry, tightEntry);
    for (let t = 0; t < basisCount; t++) multiplier.view[t] += tightEntry.view[t];
    computeReduced(simplex);
  }
  // Their true value is zero; what is left is rounding.
  for (let f = 0; f < basisCount; f++) reduced.view[free.view[f]] = 0;
  return largest;
}

/** reduced = cost − multipliers · tight rows. */
function computeReduced(simplex: Simplex): void {
  const { memory, cost, basisCount } = simplex;
  const { multiplier, tightColumn, reduced } = memory;
  reduced.view.set(cost);
  for (let t = 0; t < basisCount; t++) tightColumn.view[t] = -multiplier.view[t];
  addTightRows(simplex, tightColumn, reduced);
}
