import { createMatrix, rowOf, type Matrix } from "./matrix";
import { SMALLEST_PIVOT } from "./tolerance";

/**
 * The inverse of a square matrix by elimination with row exchanges; undefined where a pivot is too
 * small beside the largest entry for one to be had.
 */
export function invertMatrix({ rows: size, data }: Matrix): Matrix | undefined {
  const left = createMatrix(size, size, data.slice());
  const right = createMatrix(size, size);
  for (let place = 0; place < size; place++) right.data[place * size + place] = 1;
  const least = SMALLEST_PIVOT * data.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0);
  for (let column = 0; column < size; column++) {
    const pivotRow = largestBelow(left, column);
    const pivot = left.data[pivotRow * size + column];
    if (!(Math.abs(pivot) > least)) return undefined;
    for (const side of [left, right]) {
      exchange(side, column, pivotRow);
      scale(rowOf(side, column), 1 / pivot);
    }
    for (let row = 0; row < size; row++) {
      const factor = left.data[row * size + column];
      if (row === column || factor === 0) continue;
      for (const side of [left, right]) subtract(rowOf(side, row), factor, rowOf(side, column));
    }
  }
  return right;
}

function largestBelow({ rows: size, data }: Matrix, column: number): number {
  let best = column;
  for (let row = column + 1; row < size; row++) {
    if (Math.abs(data[row * size + column]) > Math.abs(data[best * size + column])) best = row;
  }
  return best;
}

function exchange(matrix: Matrix, one: number, other: number): void {
  if (one === other) return;
  const kept = rowOf(matrix, one).slice();
  rowOf(matrix, one).set(rowOf(matrix, other));
  rowOf(matrix, other).set(kept);
}

function scale(row: Float64Array, factor: number): void {
  for (let place = 0; place < row.length; place++) row[place] *= factor;
}

function subtract(row: Float64Array, factor: number, other: Readonly<Float64Array>): void {
  for (let place = 0; place < row.length; place++) row[place] -= factor * other[place];
}
