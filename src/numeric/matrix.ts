import { ShapeError } from "../errors";

/**
 * A dense matrix of binary64 values, row-major: entry (row, column) is
 * `data[row * columns + column]`.
 */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/**
 * A matrix over `data`, or of zeros when `data` is not given; the array is kept, not copied.
 *
 * @throws ShapeError if a size is not a whole number >= 0 or the data have another length
 */
export function createMatrix(rows: number, columns: number, data?: Float64Array): Matrix {
  if (!Number.isInteger(rows) || !Number.isInteger(columns) || rows < 0 || columns < 0) {
    throw new ShapeError(`a matrix needs whole sizes >= 0, found ${rows} × ${columns}`);
  }
  const values = data ?? new Float64Array(rows * columns);
  if (values.length !== rows * columns) {
    throw new ShapeError(
      `a ${rows} × ${columns} matrix needs ${rows * columns} values, found ${values.length}`,
    );
  }
  return { rows, columns, data: values };
}

/** The values of one row, as a view that shares memory with the matrix. */
export function rowOf(matrix: Matrix, row: number): Float64Array {
  return matrix.data.subarray(row * matrix.columns, (row + 1) * matrix.columns);
}
