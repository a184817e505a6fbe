import type { Dtype } from "../table/columnFormat";
import { inferDtype } from "../table/table";
import type { ColumnParts } from "./parts";

/** Whether a cell holds nothing: `null`, `undefined` or NaN, as pandas counts them. */
export function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && value !== value);
}

/** How a cell without a value is stored: NaN among numbers, `null` among others. */
export function missingOf(dtype: Dtype): unknown {
  return dtype === "float32" || dtype === "int32" ? NaN : null;
}

/** The values of a column that are there. */
export function presentValues(values: readonly unknown[]): unknown[] {
  return values.filter((value) => !isMissing(value));
}

/**
 * A column of new values: what it holds is judged by all of them, and missing ones are stored as
 * such. Whole numbers stay floats where they come of floats, so that `[0.5, 1.5].mul(2)` is not
 * taken for counts.
 */
export function newColumn(
  name: string,
  values: readonly unknown[],
  { isFloat = false }: { readonly isFloat?: boolean } = {},
): ColumnParts {
  const inferred = inferDtype(values);
  const dtype = inferred === "int32" && isFloat ? "float32" : inferred;
  const missing = missingOf(dtype);
  return { name, dtype, values: values.map((value) => value ?? missing) };
}

/**
 * Cells of a column at positions; at `undefined` nothing was there, which may turn counts to
 * floats.
 */
export function takeCells(
  { name, values, dtype }: ColumnParts,
  positions: readonly (number | undefined)[],
): ColumnParts {
  if (!positions.includes(undefined)) {
    // No position is undefined, as was just seen.
    return { name, dtype, values: positions.map((position) => values[position as number]) };
  }
  const missing = missingOf(dtype);
  return {
    name,
    dtype: dtype === "int32" ? "float32" : dtype,
    values: positions.map((position) => (position === undefined ? missing : values[position])),
  };
}
