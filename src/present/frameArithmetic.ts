import { ArgumentError, ShapeError } from "../errors";

/**
 * Binary operations on numbers, under danfojs's names; signs of `mod` follow the divisor as there.
 */
export const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  add: (left, right) => left + right,
  sub: (left, right) => left - right,
  mul: (left, right) => left * right,
  div: (left, right) => left / right,
  divNoNan: (left, right) => (right === 0 ? 0 : left / right),
  pow: (left, right) => left ** right,
  mod: (left, right) => left - right * Math.floor(left / right),
};

/** Comparisons of numbers, under danfojs's names. */
export const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  lt: (left, right) => left < right,
  gt: (left, right) => left > right,
  le: (left, right) => left <= right,
  ge: (left, right) => left >= right,
  eq: (left, right) => left === right,
  ne: (left, right) => left !== right,
};

/** The right side of an operation: the value that meets the cell at a row and a column. */
export type Operand = (row: number, column: number) => number;

/** The members of a frame or a series that an operand is read from. */
interface ValuesLike {
  readonly values: readonly unknown[];
  readonly $isSeries: boolean;
}

/**
 * The right side of a frame's operation, in binary64.
 *
 * @param other  a number, an array or series of one value a row (axis 0) or a column (axis 1), or a
 *               frame of the same shape
 * @throws ShapeError if sizes differ; ArgumentError if `other` is none of these
 */
export function operandOf(
  other: unknown,
  axis: 0 | 1,
  [rows = 0, columns = 0]: readonly number[],
): Operand {
  if (typeof other === "number") return () => other;
  if (Array.isArray(other) || ArrayBuffer.isView(other)) {
    return vectorOperand(other as unknown as ArrayLike<unknown>, axis, rows, columns);
  }
  const { values, $isSeries } = (other ?? {}) as Partial<ValuesLike>;
  if (values === undefined) {
    throw new ArgumentError(
      `a frame is combined with a number, an array, a Series or a DataFrame, found ${String(other)}`,
    );
  }
  if ($isSeries === true) return vectorOperand(values, axis, rows, columns);
  const width = (values[0] as readonly unknown[] | undefined)?.length ?? 0;
  if (values.length !== rows || width !== columns) {
    throw new ShapeError(
      `a frame of ${rows} × ${columns} cannot be combined with one of ${values.length} × ${width}`,
    );
  }
  return (row, column) => Number((values[row] as readonly unknown[])[column]);
}

function vectorOperand(
  values: ArrayLike<unknown>,
  axis: 0 | 1,
  rows: number,
  columns: number,
): Operand {
  const expected = axis === 0 ? rows : columns;
  if (values.length !== expected) {
    throw new ShapeError(
      `axis ${axis} of a frame of ${rows} × ${columns} needs ${expected} values, found ${values.length}`,
    );
  }
  return axis === 0 ? (row) => Number(values[row]) : (_, column) => Number(values[column]);
}

/** Applies an operation cell by cell; a missing cell counts as NaN. */
export function combineCells<Result>(
  values: readonly unknown[],
  operand: Operand,
  operation: (left: number, right: number) => Result,
): Result[][] {
  return values.map((row, rowPosition) =>
    (row as readonly unknown[]).map((value, column) =>
      operation(
        value === null || value === undefined ? NaN : Number(value),
        operand(rowPosition, column),
      ),
    ),
  );
}
