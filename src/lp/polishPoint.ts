import { POLISH_DEPENDENCE, POLISHED_VIOLATION } from "../numeric/tolerance";
import type { BoxProgram, Multiplier } from "./program";
import { knownNorms, unitRow } from "./violatedRows";

/*
 * A solver's vertex satisfies its tight rows up to the solver's arithmetic, say 1e-9. The point
 * meant is
 *
 *     y + Δ,   A_R (y + Δ) = b_R,   Δ_j = 0 for variables at their bounds,   ‖Δ‖ least,
 *
 * R being the rows with a positive multiplier and those that y violates. With A_Rᵀ = Q T on the
 * free columns (Gram–Schmidt, twice) that is Δ = Q T⁻ᵀ (b_R − A_R y): one solve, repeated because y
 * + Δ is rounded.
 */

/** Corrections after which rounding of the residuals themselves is all that is left. */
const ROUNDS = 3;

/**
 * The point moved onto its tight rows, to about 1e-14 of their norms, and kept inside the box.
 *
 * It is the point itself if no row asks for a correction. Whether the result is better is for the
 * caller to measure: where rows depend on each other nearly exactly, it need not be.
 *
 * @param shouldStop  asked for every row taken in; if true, the point is returned as it came
 */
export function polishPoint(
  program: BoxProgram,
  point: Readonly<Float64Array>,
  multipliers: readonly Multiplier[],
  shouldStop?: () => boolean,
): Float64Array {
  let polished: Float64Array = Float64Array.from(point);
  const { rows } = program;
  const norms = knownNorms(rows);
  const slacks = new Float64Array(rows.rowCount);
  const free = freeColumns(program, polished);
  const basis = new OrthogonalRows(free.length);
  const unit = new Float64Array(program.size);
  const wanted = new Set<number>();
  let isStopped = false;
  const want = (row: number): void => {
    isStopped ||= shouldStop?.() === true;
    if (isStopped || wanted.has(row)) return;
    wanted.add(row);
    unitRow(rows, norms, row, unit);
    basis.add(
      row,
      Float64Array.from(free, (column) => unit[column]),
    );
  };
  multipliers.forEach(({ row }) => want(row));
  for (let round = 0; round < ROUNDS; round++) {
    rows.slacks(polished, slacks);
    for (let row = 0; row < slacks.length; row++) {
      if (slacks[row] < -POLISHED_VIOLATION) want(row);
    }
    if (isStopped) return Float64Array.from(point);
    if (wanted.size === 0) return polished;
    const correction = basis.correction((row) => slacks[row] / norms[row]);
    polished = moveInside(program, polished, free, correction);
  }
  return polished;
}

/** Variables strictly between their bounds: those at a bound stay there. */
function freeColumns(program: BoxProgram, point: Readonly<Float64Array>): number[] {
  const free: number[] = [];
  for (let column = 0; column < point.length; column++) {
    if (point[column] > program.lower[column] && point[column] < program.upper[column]) {
      free.push(column);
    }
  }
  return free;
}

/** Adds Δ to the free columns, none beyond its bounds. */
function moveInside(
  { lower, upper }: BoxProgram,
  point: Float64Array,
  free: readonly number[],
  correction: Float64Array,
): Float64Array {
  const moved = point.slice();
  free.forEach((column, position) => {
    const value = point[column] + correction[position];
    moved[column] = Math.min(upper[column], Math.max(lower[column], value));
  });
  return moved;
}

/** One row as Σ shares[k] · directions[k] + norm · its own direction. */
interface Factor {
  readonly row: number;
  readonly shares: Float64Array;
  readonly norm: number;
}

/**
 * A row that keeps this much of its length beside the others is orthogonal to them up to rounding
 * at once.
 */
const KEPT_LENGTH = 0.7;

/** Rows made orthonormal as they come. */
class OrthogonalRows {
  private readonly directions: Float64Array[] = [];
  private readonly factors: Factor[] = [];

  constructor(private readonly size: number) {}

  /**
   * Takes in a row by its name and coefficients, which are overwritten; one that depends on earlier
   * ones is passed over.
   */
  add(row: number, coefficients: Float64Array): void {
    const shares = new Float64Array(this.directions.length);
    const start = Math.sqrt(dot(coefficients, coefficients));
    let before = start;
    let norm = start;
    // The second pass removes what rounding left of the first; twice is enough (Kahan, Parlett).
    for (let pass = 0; pass < 2; pass++) {
      this.directions.forEach((direction, index) => {
        const share = dot(direction, coefficients);
        shares[index] += share;
        for (let i = 0; i < coefficients.length; i++) coefficients[i] -= share * direction[i];
      });
      norm = Math.sqrt(dot(coefficients, coefficients));
      if (norm > KEPT_LENGTH * before) break;
      before = norm;
    }
    if (!(norm > POLISH_DEPENDENCE * start)) return;
    for (let i = 0; i < coefficients.length; i++) coefficients[i] /= norm;
    this.directions.push(coefficients);
    this.factors.push({ row, shares, norm });
  }

  /** The least Δ with row · Δ = residual for every row taken in. */
  correction(residualOf: (row: number) => number): Float64Array {
    const sum = new Float64Array(this.size);
    const amounts: number[] = [];
    this.factors.forEach(({ row, shares, norm }, index) => {
      let left = residualOf(row);
      for (let k = 0; k < shares.length; k++) left -= shares[k] * amounts[k];
      const amount = left / norm;
      amounts.push(amount);
      const direction = this.directions[index];
      for (let i = 0; i < sum.length; i++) sum[i] += amount * direction[i];
    });
    return sum;
  }
}

/** Four partial sums, which the processor adds up side by side. */
function dot(one: Readonly<Float64Array>, other: Readonly<Float64Array>): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = one.length - (one.length % 4);
  for (let i = 0; i < whole; i += 4) {
    s0 += one[i] * other[i];
    s1 += one[i + 1] * other[i + 1];
    s2 += one[i + 2] * other[i + 2];
    s3 += one[i + 3] * other[i + 3];
  }
  for (let i = whole; i < one.length; i++) s0 += one[i] * other[i];
  return s0 + s2 + (s1 + s3);
}
