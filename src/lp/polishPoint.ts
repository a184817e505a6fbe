import { POLISH_DEPENDENCE, POLISHED_VIOLATION } from "../numeric/tolerance";
import type { BoxProgram, Multiplier } from "./program";
import { knownNorms, unitRow } from "./violatedRows";

/*
 * A solver's vertex satisfies its tight rows up to the solver's arithmetic, say 1e-9. The point meant is
 *
 *     y + Δ,   A_R (y + Δ) = b_R,   Δ_j = 0 for variables at their bounds,   ‖Δ‖ least,
 *
 * R being the rows with a positive multiplier and those that y violates. With A_Rᵀ = Q T on the free columns
 * (Gram–Schmidt, twice) that is Δ = Q T⁻ᵀ (b_R − A_R y): one solve, repeated because y + Δ is rounded.
 */

/** Corrections after which rounding of the residuals themselves is all that is left. */
const ROUNDS = 3;

/**
 * The point moved onto its tight rows, to about 1e-14 of their norms, and kept inside the box.
 *
 * It is the point itself if no row asks for a correction. Whether the result is better is for the caller
 * to measure: where rows depend on each other nearly exactly, it need not be.
 */
export function polishPoint(
  program: BoxProgram,
  point: Readonly<Float64Array>,
  multipliers: readonly Multiplier[],
): Float64Array {
  let polished: Float64Array = Float64Array.from(point);
  const { rows } = program;
  const norms = knownNorms(rows);
  const slacks = new Float64Array(rows.rowCount);
  for (let round = 0; round < ROUNDS; round++) {
    rows.slacks(polished, slacks);
    const wanted = new Set(multipliers.map(({ row }) => row));
    for (let row = 0; row < slacks.length; row++) {
      if (slacks[row] < -POLISHED_VIOLATION) wanted.add(row);
    }
    if (wanted.size === 0) return polished;
    const free = freeColumns(program, polished);
    const basis = new OrthogonalRows(free.length);
    const unit = new Float64Array(program.size);
    for (const row of wanted) {
      unitRow(rows, norms, row, unit);
      const residual = norms[row] === 0 ? 0 : slacks[row] / norms[row];
      basis.add(
        Float64Array.from(free, (column) => unit[column]),
        residual,
      );
    }
    polished = moveInside(program, polished, free, basis.correction());
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

/** Rows made orthonormal as they come, with the least correction that meets their residuals. */
class OrthogonalRows {
  private readonly directions: Float64Array[] = [];
  private readonly amounts: number[] = [];

  constructor(private readonly size: number) {}

  /** Demands row · Δ = residual; a row that depends on earlier ones is passed over. */
  add(row: Float64Array, residual: number): void {
    let left = residual;
    const start = Math.sqrt(dot(row, row));
    // The second pass removes what rounding left of the first.
    for (let pass = 0; pass < 2; pass++) {
      this.directions.forEach((direction, index) => {
        const share = dot(direction, row);
        left -= share * this.amounts[index];
        for (let i = 0; i < row.length; i++) row[i] -= share * direction[i];
      });
    }
    const norm = Math.sqrt(dot(row, row));
    if (!(norm > POLISH_DEPENDENCE * start)) return;
    for (let i = 0; i < row.length; i++) row[i] /= norm;
    this.directions.push(row);
    this.amounts.push(left / norm);
  }

  correction(): Float64Array {
    const sum = new Float64Array(this.size);
    this.directions.forEach((direction, index) => {
      for (let i = 0; i < sum.length; i++) sum[i] += this.amounts[index] * direction[i];
    });
    return sum;
  }
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}
