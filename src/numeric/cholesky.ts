import { addMatrixProduct, type Gemm } from "./gemm";
import { createMatrix, type Matrix } from "./matrix";

/** Columns that are eliminated together. */
const BLOCK = 64;

/**
 * Whether the Cholesky factorisation of a symmetric matrix runs to its end. If it does, the matrix
 * is positive semidefinite but for γ_(n+1) / (1 − γ_(n+1)) times the sum of its diagonal, however
 * sums are ordered (Rump, "Verification of positive definiteness", 2006).
 *
 * @param matrix  symmetric; its lower half is read
 */
export function hasCholeskyFactor(gemm: Gemm, matrix: Matrix): boolean {
  const size = matrix.rows;
  const factor = createMatrix(size, size);
  for (let first = 0; first < size; first += BLOCK) {
    const width = Math.min(BLOCK, size - first);
    const panel = panelOf(gemm, matrix, factor, first, width);
    if (!factorPanel(panel)) return false;
    for (let row = 0; row < panel.rows; row++) {
      const to = (first + row) * size + first;
      factor.data.set(panel.data.subarray(row * width, (row + 1) * width), to);
    }
  }
  return true;
}

/** The columns of a block less what the columns before it take away. */
function panelOf(
  gemm: Gemm,
  { data, columns }: Matrix,
  factor: Matrix,
  first: number,
  width: number,
): Matrix {
  const rows = factor.rows - first;
  const panel = createMatrix(rows, width);
  const left = createMatrix(rows, first);
  const right = createMatrix(width, first);
  for (let row = 0; row < rows; row++) {
    const from = (first + row) * columns;
    panel.data.set(data.subarray(from + first, from + first + width), row * width);
    left.data.set(factor.data.subarray(from, from + first), row * first);
  }
  for (let at = 0; at < right.data.length; at++) right.data[at] = -left.data[at];
  addMatrixProduct(gemm, left, right, panel, { isTransposed: true });
  return panel;
}

/** Factors the panel's upper square, solves for the rest; false at a pivot that is not above 0. */
function factorPanel({ rows, columns, data }: Matrix): boolean {
  for (let column = 0; column < columns; column++) {
    const top = column * columns;
    for (let row = column; row < rows; row++) {
      const at = row * columns;
      let sum = data[at + column];
      for (let place = 0; place < column; place++) sum -= data[at + place] * data[top + place];
      if (row === column) {
        if (!(sum > 0)) return false;
        data[at + column] = Math.sqrt(sum);
      } else data[at + column] = sum / data[top + column];
    }
  }
  return true;
}
