import { summationError, UNIT_ROUNDOFF } from "../numeric/rounding";
import type { BoxProgram, CombinedRows, Multiplier } from "./program";

/*
 * Weak duality. For any λ ≥ 0 and every y that satisfies A y ≤ b and the box,
 *
 *     c·y = λ·(A y) + (c − Aᵀλ)·y  ≤  b·λ + Σ_j max(l_j r_j, u_j r_j),     r = c − Aᵀλ,
 *
 * whatever λ is and wherever it came from. Farkas: if for some λ ≥ 0 the least value of (Aᵀλ)·y
 * over the box exceeds b·λ, no y satisfies the rows.
 *
 * All sums are binary64 in a fixed order. A sum of K rounded products differs from the exact value
 * by at most γ_K Σ|terms|, γ_K = K u / (1 − K u), u = 2⁻⁵³ (Higham); that allowance is added on the
 * safe side.
 *
 * Rows are generated one by one. Where there are many multipliers and the oracle can combine their
 * rows by itself, it says how far Aᵀλ may be off.
 */

/** Σ of the multipliers' rows: weights Aᵀλ with an error allowance per column, and b·λ likewise. */
interface CombinedRow {
  readonly weights: Float64Array;
  readonly weightErrors: Float64Array;
  readonly bound: number;
  readonly boundError: number;
}

/** Aᵀλ and b·λ over the rows with λ > 0, regenerated through the oracle. */
function combineRows(program: BoxProgram, multipliers: readonly Multiplier[]): CombinedRow {
  const { size, rows } = program;
  const weights = new Float64Array(size);
  const magnitudes = new Float64Array(size);
  const row = new Float64Array(size);
  let bound = 0;
  let boundMagnitude = 0;
  let count = 0;
  for (const { row: index, value } of multipliers) {
    if (!(value > 0) || value === Infinity) continue;
    count++;
    const rowBound = rows.row(index, row);
    bound += value * rowBound;
    boundMagnitude += Math.abs(value * rowBound);
    for (let column = 0; column < size; column++) {
      const term = value * row[column];
      weights[column] += term;
      magnitudes[column] += Math.abs(term);
    }
  }
  // Two more than the number of terms: the magnitudes and the products below are rounded
  // themselves.
  const relative = summationError(count + 2);
  return {
    weights,
    weightErrors: magnitudes.map((magnitude) => magnitude * relative),
    bound,
    boundError: boundMagnitude * relative,
  };
}

/**
 * An upper bound of cost · y + constant over the whole program, proved by multipliers.
 *
 * It holds for any multipliers ≥ 0 (others are passed over), and the number returned is at or above
 * the exact value of the weak-duality bound, rounding of the sums included.
 *
 * @param wanted  a bound that is low enough. What the oracle says of its rows as one allows for
 *                more rounding than rows one by one, hundreds of times more where rows are
 *                differences of two networks: only if that bound is too high are first these,
 *                then many and then all rows taken one by one
 */
export function dualBound(
  program: BoxProgram,
  multipliers: readonly Multiplier[],
  wanted = Infinity,
): number {
  const { size, lower, rows } = program;
  // A vertex has no more multipliers than variables. Those of interior points are thousands.
  if (rows.combine === undefined || multipliers.length <= size) {
    return boundByRows(program, multipliers);
  }
  const centre = program.feasible ?? lower;
  let bound = boundFrom(program, centre, rows.combine(multipliers, centre));
  for (const apart of ["few", "many"] as const) {
    if (bound <= wanted) return bound;
    bound = Math.min(bound, boundFrom(program, centre, rows.combine(multipliers, centre, apart)));
  }
  return bound <= wanted ? bound : Math.min(bound, boundByRows(program, multipliers));
}

/** The bound of rows that are generated one by one. */
function boundByRows(program: BoxProgram, multipliers: readonly Multiplier[]): number {
  const { size, cost, lower, upper, constant } = program;
  const { weights, weightErrors, bound, boundError } = combineRows(program, multipliers);
  let sum = bound + constant;
  let magnitude = Math.abs(bound) + Math.abs(constant);
  let error = boundError;
  for (let column = 0; column < size; column++) {
    const reduced = cost[column] - weights[column];
    const atLower = lower[column] * reduced;
    const atUpper = upper[column] * reduced;
    const term = atLower > atUpper ? atLower : atUpper;
    const reach = Math.max(Math.abs(lower[column]), Math.abs(upper[column]));
    sum += term;
    magnitude += Math.abs(term);
    error += reach * (weightErrors[column] + UNIT_ROUNDOFF * Math.abs(reduced) * 2);
  }
  return sum + (magnitude * summationError(size + 4) + error) * (1 + summationError(size + 4));
}

/**
 * The bound seen from a point x, with v = y − x:
 *
 *     c·y = c·x + c·v  ≤  c·x + λ·(b − A x) + Σ_j max((l_j − x_j) r_j, (u_j − x_j) r_j),
 *
 * which is the same number. At an x near the optimum, or with small slacks, all its terms are
 * small, and so is what rounding may add.
 */
function boundFrom(
  program: BoxProgram,
  x: Readonly<Float64Array>,
  { weights, weightErrors, slack, slackError }: CombinedRows,
): number {
  const { size, cost, lower, upper, constant } = program;
  let sum = constant + slack;
  let magnitude = Math.abs(constant) + Math.abs(slack);
  let error = slackError;
  for (let column = 0; column < size; column++) {
    const reduced = cost[column] - weights[column];
    const down = lower[column] - x[column];
    const up = upper[column] - x[column];
    const value = cost[column] * x[column];
    const term = Math.max(down * reduced, up * reduced);
    sum += value;
    sum += term;
    magnitude += Math.abs(value) + Math.abs(term);
    const reach = Math.max(Math.abs(down), Math.abs(up));
    error += reach * (weightErrors[column] + UNIT_ROUNDOFF * Math.abs(reduced) * 4);
  }
  const relative = summationError(2 * size + 6);
  return sum + (magnitude * relative + error) * (1 + relative);
}

/**
 * Whether multipliers prove that no point of the box satisfies all rows, rounding allowed for:
 * min over the box of (Aᵀλ)·y  >  b·λ.
 */
export function verifyFarkas(program: BoxProgram, multipliers: readonly Multiplier[]): boolean {
  return farkasMargin(program, multipliers) > 0;
}

/** min over the box of (Aᵀλ)·y − b·λ, rounded downwards; positive proves infeasibility. */
export function farkasMargin(program: BoxProgram, multipliers: readonly Multiplier[]): number {
  const nothing: BoxProgram = { ...program, cost: new Float64Array(program.size), constant: 0 };
  // With zero cost the weak-duality bound is b·λ − min (Aᵀλ)·y, rounded upwards.
  return -dualBound(nothing, multipliers);
}

/** How far a point is from satisfying a program. */
export interface Violation {
  /** Largest distance outside the box, over all variables; 0 inside. */
  readonly box: number;
  /** Largest violation of a row at unit norm; 0 when all hold. */
  readonly row: number;
  /** The row with the largest violation, or −1 when all hold. */
  readonly worstRow: number;
  /**
   * The slack of that row in its own units, negative; 0 when all hold. Noise of computing it is in
   * these.
   */
  readonly worstSlack: number;
}

/**
 * The largest violations of a point, recomputed from the oracle: only rows with negative slack are
 * generated, for their norms.
 *
 * @param enough  once a row is violated by more than this, no worse one is looked for: far from the
 *                polytope thousands of rows would be generated
 */
export function measureViolation(
  program: BoxProgram,
  point: Readonly<Float64Array>,
  enough = Infinity,
): Violation {
  const { size, lower, upper, rows } = program;
  let box = 0;
  for (let column = 0; column < size; column++) {
    box = Math.max(box, lower[column] - point[column], point[column] - upper[column]);
  }
  const slacks = new Float64Array(rows.rowCount);
  rows.slacks(point, slacks);
  const norms = rows.norms?.();
  const scratch = new Float64Array(norms === undefined ? size : 0);
  let worst = 0;
  let worstRow = -1;
  for (let row = 0; row < slacks.length && worst <= enough; row++) {
    if (!(slacks[row] < 0)) continue;
    const norm = norms?.[row] ?? normOf(rows.row.bind(rows), row, scratch);
    const violation = -slacks[row] / (norm === 0 ? 1 : norm);
    if (violation > worst) {
      worst = violation;
      worstRow = row;
    }
  }
  return { box, row: worst, worstRow, worstSlack: worstRow < 0 ? 0 : slacks[worstRow] };
}

function normOf(
  row: (index: number, out: Float64Array) => number,
  index: number,
  scratch: Float64Array,
): number {
  row(index, scratch);
  let sum = 0;
  for (let column = 0; column < scratch.length; column++) sum += scratch[column] * scratch[column];
  return Math.sqrt(sum);
}
