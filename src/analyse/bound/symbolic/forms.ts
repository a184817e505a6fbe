import { createMatrix, type Matrix } from "../../../numeric/matrix";
import { summationError, UNIT_ROUNDOFF } from "../../../numeric/rounding";
import type { Middles } from "./middles";

/**
 * Rows Σ_v (P_v · y_v + Q_v · Δ_v) + k, to be bounded from above: forms on the values of N and on
 * the differences. Coefficients are taken as they were computed; what rounding them may come to is
 * in `error`, so that the row with `error` added to k holds in real arithmetic.
 */
export interface Forms {
  readonly rows: number;
  /** k of each row. */
  readonly constant: Float64Array;
  readonly error: Float64Array;
  /** The least upper bound of each row so far. */
  readonly best: Float64Array;
  /** P and Q, by value; undefined where a form does not stand on a value. */
  readonly onValues: (Matrix | undefined)[];
  readonly onDifferences: (Matrix | undefined)[];
}

/** Rows of nothing, over so many values. */
export function createForms(rows: number, valueCount: number): Forms {
  return {
    rows,
    constant: new Float64Array(rows),
    error: new Float64Array(rows),
    best: new Float64Array(rows).fill(Infinity),
    onValues: new Array<undefined>(valueCount).fill(undefined),
    onDifferences: new Array<undefined>(valueCount).fill(undefined),
  };
}

/** The matrix of a value's coefficients; of zeros when it is asked for first. */
export function coefficientsOn(
  matrices: (Matrix | undefined)[],
  value: number,
  rows: number,
  columns: number,
): Matrix {
  const known = matrices[value];
  if (known !== undefined) return known;
  const made = createMatrix(rows, columns);
  matrices[value] = made;
  return made;
}

/** Adds to k, with what the addition rounds. */
export function addConstant(forms: Forms, row: number, value: number, error: number): void {
  forms.constant[row] += value;
  forms.error[row] += error + 2 * UNIT_ROUNDOFF * Math.abs(forms.constant[row]);
}

/** Adds to each row's sum what it can be at most, and to its error what that may round. */
function addLargest(
  { rows, columns, data }: Matrix,
  { middle, spread, reach }: Middles,
  sums: Float64Array,
  errors: Float64Array,
): void {
  const relative = summationError(4 * columns + 16);
  for (let row = 0, at = 0; row < rows; row++) {
    let sum = 0;
    let wide = 0;
    let scale = 0;
    for (let column = 0; column < columns; column++, at++) {
      const factor = data[at];
      const size = Math.abs(factor);
      sum += factor * middle[column];
      wide += size * spread[column];
      scale += size * reach[column];
    }
    sums[row] += sum + wide;
    errors[row] += relative * (scale + Math.abs(sums[row]));
  }
}

/** Every row as large as it can be with each value and difference anywhere in its interval. */
export function concretise(
  forms: Forms,
  valuesAt: (value: number) => Middles,
  differencesAt: (value: number) => Middles,
): void {
  const sums = forms.constant.slice();
  const errors = forms.error.map((error, row) => error + 2 * UNIT_ROUNDOFF * Math.abs(sums[row]));
  forms.onValues.forEach((matrix, value) => {
    if (matrix !== undefined) addLargest(matrix, valuesAt(value), sums, errors);
  });
  forms.onDifferences.forEach((matrix, value) => {
    if (matrix !== undefined) addLargest(matrix, differencesAt(value), sums, errors);
  });
  for (let row = 0; row < forms.rows; row++) {
    const bound = sums[row] + withMargin(errors[row]);
    if (bound < forms.best[row]) forms.best[row] = bound;
  }
}

/** An error with its own rounding; more than products lose that fall below the smallest number. */
export function withMargin(error: number): number {
  return error === 0 ? 0 : error * (1 + 2 ** -20) + 2 ** -900;
}
