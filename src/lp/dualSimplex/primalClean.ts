import { BASIS_RESIDUAL, SMALLEST_ENTRY, SMALLEST_PIVOT } from "../../numeric/tolerance";
import { computePivotRow, type Leaving } from "./chooseRow";
import { changeBasis, computeDirection, enteringEntry } from "./update";
import type { Entering } from "./chooseColumn";
import { AT_LOWER, AT_UPPER, type Simplex } from "./state";
import { multiplyPool } from "./basisProducts";
import { invertBasis } from "./invertBasis";
import { refine } from "./refine";

/*
 * The primal simplex method on the pool, for the few iterations that remain when perturbed costs
 * are taken back: the point satisfies the pool, but some reduced costs or multipliers have the
 * wrong sign. The worst of them enters, everything basic bounds its step, and all numbers are
 * computed afresh after each exchange.
 */

/** Iterations after which the phase gives up. */
const ITERATIONS_ALLOWED = 5000;

const ITERATIONS_PER_INVERSION = 64;

/**
 * Iterations between two questions whether to stop; each computes everything afresh, in about a
 * millisecond.
 */
const ITERATIONS_PER_QUESTION = 4;

/** How far a bound may be overstepped for the sake of a larger pivot (Harris). */
const PRIMAL_SLIP = 1e-11;

/** How the phase ended, with its iterations. */
export interface PrimalPhase {
  readonly kind: "optimal" | "failed" | "interrupted";
  readonly iterations: number;
}

/** Makes the basis dual feasible for its costs while it stays feasible for the pool. */
export function runPrimalPhase(simplex: Simplex, shouldStop?: () => boolean): PrimalPhase {
  for (let iterations = 0; iterations < ITERATIONS_ALLOWED; iterations++) {
    if (iterations % ITERATIONS_PER_QUESTION === 0 && shouldStop?.() === true) {
      return { kind: "interrupted", iterations };
    }
    const isDue = iterations % ITERATIONS_PER_INVERSION === ITERATIONS_PER_INVERSION - 1;
    if (isDue && !invertBasis(simplex)) return { kind: "failed", iterations };
    refine(simplex);
    const choice = chooseEntering(simplex);
    if (choice === undefined) return { kind: "optimal", iterations };
    computeDirection(simplex, choice.entering);
    computeSlopes(simplex, choice);
    const limit = findLimit(simplex, choice);
    if (limit.kind === "flip") flip(simplex, choice.entering.index);
    else if (!exchange(simplex, choice, limit.leaving)) return { kind: "failed", iterations };
  }
  return { kind: "failed", iterations: ITERATIONS_ALLOWED };
}

/** A nonbasic variable or slack that improves the objective when it moves in `direction`. */
interface Choice {
  readonly entering: Entering;
  readonly direction: 1 | -1;
}

function chooseEntering(simplex: Simplex): Choice | undefined {
  const { memory, status, basisCount } = simplex;
  const reduced = memory.reduced.view;
  let worst = BASIS_RESIDUAL;
  let choice: Choice | undefined;
  for (let column = 0; column < reduced.length; column++) {
    const stands = status[column];
    if (stands !== AT_LOWER && stands !== AT_UPPER) continue;
    const gain = stands === AT_LOWER ? reduced[column] : -reduced[column];
    if (gain > worst) {
      worst = gain;
      const entering: Entering = { kind: "variable", index: column, step: 0, size: 1 };
      choice = { entering, direction: stands === AT_LOWER ? 1 : -1 };
    }
  }
  for (let place = 0; place < basisCount; place++) {
    const gain = -memory.multiplier.view[place];
    if (gain > worst) {
      worst = gain;
      choice = { entering: { kind: "slack", index: place, step: 0, size: 1 }, direction: 1 };
    }
  }
  return choice;
}

/** activity: how the activity of each pool row changes per unit of the entering variable's move. */
function computeSlopes(simplex: Simplex, { entering, direction }: Choice): void {
  const { memory, basisCount } = simplex;
  const { change, freeColumn, free, activity } = memory;
  change.view.fill(0);
  for (let place = 0; place < basisCount; place++) {
    change.view[free.view[place]] = -direction * freeColumn.view[place];
  }
  if (entering.kind === "variable") change.view[entering.index] = direction;
  multiplyPool(simplex, change, activity);
}

type Limit = { readonly kind: "flip" } | { readonly kind: "exchange"; readonly leaving: Leaving };

interface Bound {
  readonly room: number;
  readonly rate: number;
  readonly leaving: Leaving;
}

/** What stops the entering variable first; among those that stop it nearly as soon, the fastest. */
function findLimit(simplex: Simplex, { entering, direction }: Choice): Limit {
  const bounds = listBounds(simplex, direction);
  let reach = Infinity;
  for (const { room, rate } of bounds) reach = Math.min(reach, (room + PRIMAL_SLIP) / rate);
  if (entering.kind === "variable") {
    const width = simplex.upper[entering.index] - simplex.lower[entering.index];
    if (width <= reach) return { kind: "flip" };
  }
  let best: Bound | undefined;
  for (const bound of bounds) {
    const isNear = bound.room <= reach * bound.rate;
    if (isNear && (best === undefined || bound.rate > best.rate)) best = bound;
  }
  // A slack without any limit cannot occur in a box; flipping is for variables only.
  return best === undefined ? { kind: "flip" } : { kind: "exchange", leaving: best.leaving };
}

function listBounds(simplex: Simplex, direction: 1 | -1): Bound[] {
  const { memory, basisCount, poolCount, tightPlace, lower, upper } = simplex;
  const { free, freeColumn, point, slack, activity } = memory;
  const found: Bound[] = [];
  for (let place = 0; place < basisCount; place++) {
    const slope = -direction * freeColumn.view[place];
    if (Math.abs(slope) <= SMALLEST_ENTRY) continue;
    const column = free.view[place];
    const value = point.view[column];
    const side = slope > 0 ? 1 : -1;
    const room = Math.max(0, side > 0 ? upper[column] - value : value - lower[column]);
    const leaving: Leaving = { kind: "variable", place, violation: 0, side };
    found.push({ room, rate: Math.abs(slope), leaving });
  }
  for (let position = 0; position < poolCount; position++) {
    const rate = activity.view[position];
    if (tightPlace[position] >= 0 || rate <= SMALLEST_ENTRY) continue;
    const leaving: Leaving = { kind: "row", position, violation: 0 };
    found.push({ room: Math.max(0, slack.view[position]), rate, leaving });
  }
  return found;
}

function flip({ memory, status, lower, upper }: Simplex, column: number): void {
  status[column] = status[column] === AT_LOWER ? AT_UPPER : AT_LOWER;
  memory.point.view[column] = status[column] === AT_UPPER ? upper[column] : lower[column];
}

/** Exchanges the entering variable for the leaving one; false if the pivot is too small. */
function exchange(simplex: Simplex, { entering }: Choice, leaving: Leaving): boolean {
  computePivotRow(simplex, leaving);
  const entry = enteringEntry(simplex, entering);
  if (!(Math.abs(entry) >= SMALLEST_PIVOT)) return false;
  // Values are refined afterwards, so no step is carried out here.
  computeDirection(simplex, entering);
  changeBasis(simplex, leaving, entering, { entry, step: 0, weight: 1 });
  return true;
}
