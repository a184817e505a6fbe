import { BASIS_RESIDUAL, COST_PERTURBATION } from "../../numeric/tolerance";
import type { RandomSource } from "../../numeric/random";
import { AT_LOWER, AT_UPPER, type Simplex } from "./state";

/*
 * Dual degeneracy: where many reduced costs are zero, dual steps have length zero and the method
 * may wander or cycle. Costs of variables at a bound are then moved away from zero, each by another
 * amount and to the side on which its reduced cost already is, which keeps the dual feasible. The
 * true costs are put back when the point is found.
 */

/** Perturbs the costs of all variables at a bound. */
export function perturbCosts(simplex: Simplex, random: RandomSource): void {
  const { memory, cost, status } = simplex;
  const reduced = memory.reduced.view;
  for (let column = 0; column < cost.length; column++) {
    const amount = COST_PERTURBATION * (1 + Math.abs(cost[column])) * (0.5 + random.next());
    const stands = status[column];
    if (stands !== AT_UPPER && stands !== AT_LOWER) continue;
    const change = stands === AT_UPPER ? amount : -amount;
    cost[column] += change;
    reduced[column] += change;
  }
}

/**
 * Makes a multiplier that rounding made negative zero: adding so much of its row to the cost
 * changes no other multiplier and no reduced cost.
 */
function shiftNegativeMultipliers(simplex: Simplex): boolean {
  const { memory, cost, basisCount } = simplex;
  const { multiplier, tight, rows, size } = memory;
  let isShifted = false;
  for (let place = 0; place < basisCount; place++) {
    const value = multiplier.view[place];
    if (value >= 0) continue;
    const start = tight.view[place] * size;
    for (let column = 0; column < size; column++) {
      cost[column] -= value * rows.view[start + column];
    }
    multiplier.view[place] = 0;
    isShifted = true;
  }
  return isShifted;
}

/** Puts the true costs back; multipliers and reduced costs have to be computed anew. */
export function restoreCosts(simplex: Simplex): void {
  simplex.cost.set(simplex.trueCost);
}

/**
 * Refinement may show a reduced cost of the wrong sign: its variable belongs at the other bound. A
 * multiplier of the wrong sign is made zero by shifting the costs. After flips the numbers need
 * refining.
 */
export function restoreDualFeasibility(simplex: Simplex): {
  readonly isFlipped: boolean;
  readonly isShifted: boolean;
} {
  const { memory, status, lower, upper, basisCount } = simplex;
  const reduced = memory.reduced.view;
  let isFlipped = false;
  for (let column = 0; column < reduced.length; column++) {
    const stands = status[column];
    const isWrong =
      stands === AT_UPPER
        ? reduced[column] < -BASIS_RESIDUAL
        : stands === AT_LOWER && reduced[column] > BASIS_RESIDUAL;
    if (!isWrong) continue;
    status[column] = stands === AT_UPPER ? AT_LOWER : AT_UPPER;
    memory.point.view[column] = stands === AT_UPPER ? lower[column] : upper[column];
    isFlipped = true;
  }
  const least = memory.multiplier.view
    .subarray(0, basisCount)
    .reduce((small, value) => Math.min(small, value), 0);
  const isShifted = least < -BASIS_RESIDUAL && shiftNegativeMultipliers(simplex);
  return { isFlipped, isShifted };
}
