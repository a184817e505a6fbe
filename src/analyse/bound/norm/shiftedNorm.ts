import type { Gemm } from "../../../numeric/gemm";
import type { Matrix } from "../../../numeric/matrix";
import { provedSpectralNorm } from "../../../numeric/provedNorms";

/** How often W + M is moved, and how many powers find its largest direction each time. */
const MOVES = 40;
const POWERS = 4;

/**
 * A norm of W on y ≥ 0 before a ReLU: R(W y + b) ≤ R((W + M) y + R(b)) for any M ≥ 0, entry by
 * entry, so ‖R(W y + b)‖ ≤ ‖W + M‖ ‖y‖ + ‖R(b)‖. Trained layers have one large direction that is
 * negative throughout: M takes the largest directions away as far as it may. Any M is valid.
 */
export function shiftedNorm(gemm: Gemm, weights: Matrix): number {
  const { rows, columns, data } = weights;
  const shifted = data.slice();
  let right: Float64Array = new Float64Array(columns).fill(1 / Math.sqrt(columns));
  let best = { norm: Infinity, data: shifted.slice() };
  for (let move = 0; move < MOVES; move++) {
    let left: Float64Array = new Float64Array(rows);
    let norm = 0;
    for (let power = 0; power < POWERS; power++) {
      left = unit(times(shifted, rows, columns, right)).vector;
      const next = unit(timesTransposed(shifted, rows, columns, left));
      right = next.vector;
      norm = next.norm;
    }
    if (norm < best.norm) best = { norm, data: shifted.slice() };
    // M ← max(0, M − 0.7 σ u vᵀ).
    for (let row = 0, at = 0; row < rows; row++) {
      const factor = 0.7 * norm * left[row];
      for (let column = 0; column < columns; column++, at++) {
        shifted[at] = Math.max(data[at], shifted[at] - factor * right[column]);
      }
    }
  }
  return Math.min(
    provedSpectralNorm(gemm, weights),
    provedSpectralNorm(gemm, { rows, columns, data: best.data }),
  );
}

function unit(vector: Float64Array): { vector: Float64Array; norm: number } {
  const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return { vector: norm === 0 ? vector : vector.map((value) => value / norm), norm };
}

function times(data: Float64Array, rows: number, columns: number, x: Float64Array): Float64Array {
  const out = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 0; column < columns; column++, at++) sum += data[at] * x[column];
    out[row] = sum;
  }
  return out;
}

function timesTransposed(
  data: Float64Array,
  rows: number,
  columns: number,
  x: Float64Array,
): Float64Array {
  const out = new Float64Array(columns);
  for (let row = 0, at = 0; row < rows; row++) {
    const factor = x[row];
    for (let column = 0; column < columns; column++, at++) out[column] += data[at] * factor;
  }
  return out;
}
