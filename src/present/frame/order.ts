import type { FrameParts } from "./parts";
import { isMissing } from "./missing";
import { columnNamed } from "./parts";
import { rangeOf, takeRows } from "./rows";
import { isDate } from "../../unknownValue";

/**
 * Which of two values comes first: numbers and booleans by size, dates by time, texts by their
 * characters' codes. Of different kinds numbers come first, then dates, then texts, then all else.
 *
 * @returns negative if it is the left one, 0 if neither
 */
export function compareValues(left: unknown, right: unknown): number {
  const kinds = kindRank(left) - kindRank(right);
  if (kinds !== 0) return kinds;
  const [a, b] = [orderKey(left), orderKey(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function kindRank(value: unknown): number {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return 0;
  if (isDate(value)) return 1;
  return typeof value === "string" ? 2 : 3;
}

function orderKey(value: unknown): number | bigint | string {
  if (typeof value === "number" || typeof value === "bigint" || typeof value === "string")
    return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return isDate(value) ? value.getTime() : String(value);
}

/**
 * The positions of values in order. Equal ones stay as they were, missing ones come last either
 * way.
 */
export function orderOf(values: readonly unknown[], ascending: boolean = true): number[] {
  const all = rangeOf(0, values.length);
  const missing = all.filter((row) => isMissing(values[row]));
  const present = missing.length === 0 ? all : all.filter((row) => !isMissing(values[row]));
  const sign = ascending ? 1 : -1;
  present.sort((left, right) => sign * compareValues(values[left], values[right]));
  return [...present, ...missing];
}

/** The rows in the order of a column. */
export function sortValues(
  parts: FrameParts,
  column: string,
  { ascending = true }: { readonly ascending?: boolean } = {},
): FrameParts {
  return takeRows(parts, orderOf(columnNamed(parts, column).values, ascending));
}

/** The values of a series in order. */
export function sortSeries(
  parts: FrameParts,
  { ascending = true }: { readonly ascending?: boolean } = {},
): FrameParts {
  return takeRows(parts, orderOf(parts.columns[0] ?? [], ascending));
}

/** The rows in the order of their labels. */
export function sortIndex(
  parts: FrameParts,
  { ascending = true }: { readonly ascending?: boolean } = {},
): FrameParts {
  return takeRows(parts, orderOf(parts.index, ascending));
}
