import { ArgumentError } from "../../errors";
import { createRandom, permutation } from "../../numeric/random";
import { isMissing, takeCells } from "./missing";
import { columnsOf, type FrameParts } from "./parts";
import { quoteAll } from "./quote";

/** The rows at positions, in the order of these; labels and notes go with them. */
export function takeRows(parts: FrameParts, positions: readonly number[]): FrameParts {
  return {
    ...parts,
    columns: columnsOf(parts).map((column) => takeCells(column, positions).values),
    index: positions.map((position) => parts.index[position]),
  };
}

/** The positions from `start` on and before `end`. */
export function rangeOf(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, step) => start + step);
}

/** The first rows. */
export function head(parts: FrameParts, rows: number = 5): FrameParts {
  const count = Math.min(checkCount(rows, "head"), parts.index.length);
  return takeRows(parts, rangeOf(0, count));
}

/** The last rows. */
export function tail(parts: FrameParts, rows: number = 5): FrameParts {
  const count = Math.min(checkCount(rows, "tail"), parts.index.length);
  return takeRows(parts, rangeOf(parts.index.length - count, parts.index.length));
}

function checkCount(rows: number, name: string): number {
  if (Number.isInteger(rows) && rows >= 0) return rows;
  throw new ArgumentError(`${name} takes a whole number of rows from 0 on, found ${String(rows)}`);
}

/**
 * Rows drawn at random without repeats; equal seeds draw equal rows. Without a seed it is 1.
 *
 * @throws ArgumentError if there are fewer rows than asked for
 */
export async function sample(
  parts: FrameParts,
  count: number = 5,
  { seed = 1 }: { readonly seed?: number } = {},
): Promise<FrameParts> {
  const rows = parts.index.length;
  if (checkCount(count, "sample") > rows) {
    throw new ArgumentError(`sample was asked for ${count} rows, but there are ${rows}`);
  }
  return takeRows(parts, Array.from(permutation(rows, createRandom(seed)).subarray(0, count)));
}

/** A copy that shares no row with the original. */
export function copy(parts: FrameParts): FrameParts {
  return parts;
}

/**
 * Rows (axis 1) or columns (axis 0) without a missing value. The numbering of axes is danfojs's.
 */
export function dropNa(
  parts: FrameParts,
  { axis = 1 }: { readonly axis?: 0 | 1 } = {},
): FrameParts {
  if (checkAxis(axis) === 1) {
    const isWhole = (row: number): boolean =>
      !parts.columns.some((column) => isMissing(column[row]));
    return takeRows(parts, rangeOf(0, parts.index.length).filter(isWhole));
  }
  const kept = parts.names
    .map((_, position) => position)
    .filter((position) => !parts.columns[position].some(isMissing));
  return takeColumns(parts, kept);
}

/** The columns at positions, in the order of these. */
export function takeColumns(parts: FrameParts, positions: readonly number[]): FrameParts {
  const columns = columnsOf(parts);
  const taken = positions.map((position) => columns[position]);
  return {
    ...parts,
    names: taken.map(({ name }) => name),
    columns: taken.map(({ values }) => values),
    dtypes: taken.map(({ dtype }) => dtype),
  };
}

/** The columns that hold one of these kinds of value. */
export function selectDtypes(parts: FrameParts, dtypes: readonly string[]): FrameParts {
  const known = ["float32", "int32", "string", "boolean", "datetime", "undefined"];
  const wrong = dtypes.filter((dtype) => !known.includes(dtype));
  if (wrong.length > 0) {
    throw new ArgumentError(
      `selectDtypes takes some of ${quoteAll(known)}, found ${quoteAll(wrong)}`,
    );
  }
  const positions = rangeOf(0, parts.names.length);
  return takeColumns(
    parts,
    positions.filter((position) => dtypes.includes(parts.dtypes[position] ?? "undefined")),
  );
}

/** An axis, checked: cells are compiled, but their values may come from anywhere. */
export function checkAxis(axis: unknown): 0 | 1 {
  if (axis === 0 || axis === 1) return axis;
  throw new ArgumentError(
    `axis is 0 (down the rows) or 1 (along the columns), found ${String(axis)}`,
  );
}
