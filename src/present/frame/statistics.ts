import { ArgumentError } from "../../errors";
import { quantile } from "../table/describeColumns";
import { isMissing, presentValues } from "./missing";
import { numbersOf } from "./numbers";
import { compareValues } from "./order";
import type { ColumnParts } from "./parts";
import { quote } from "./quote";
import { isDate } from "../../unknownValue";

/** What a run of values comes down to. Missing values are left out of all of them. */
export const STATISTICS: Readonly<Record<string, (column: ColumnParts) => unknown>> = {
  count: ({ values }) => presentValues(values).length,
  nUnique: ({ values }) => new Set(presentValues(values).map(valueKey)).size,
  sum: (column) => sumOf(presentNumbers(column, "sum")),
  mean: (column) => meanOf(presentNumbers(column, "mean")),
  median: (column) => quantile(Float64Array.from(presentNumbers(column, "median")).sort(), 0.5),
  var: (column) => varianceOf(presentNumbers(column, "var")),
  std: (column) => Math.sqrt(varianceOf(presentNumbers(column, "std"))),
  min: (column) => extreme(column, "min", -1),
  max: (column) => extreme(column, "max", 1),
  first: ({ values }) => values.find((value) => !isMissing(value)),
  last: ({ values }) => values.findLast((value) => !isMissing(value)),
};

/**
 * Those whose result is one of the values themselves, so that what is claimed of them holds of it
 * too.
 */
export const SELECTING_STATISTICS: readonly string[] = ["min", "max", "first", "last"];

/** @throws ArgumentError if there is no statistic of this name */
export function checkStatistic(name: string): void {
  if (Object.hasOwn(STATISTICS, name)) return;
  throw new ArgumentError(
    `there is no aggregation ${quote(name)}; there are ${Object.keys(STATISTICS).join(", ")}`,
  );
}

/** A statistic by name, for a column. */
export function statisticOf(name: string, column: ColumnParts): unknown {
  checkStatistic(name);
  return STATISTICS[name]?.(column);
}

/** What tells values apart where they are counted: dates by their time. */
export function valueKey(value: unknown): unknown {
  return isDate(value) ? `date ${value.getTime()}` : value;
}

function presentNumbers(column: ColumnParts, operation: string): number[] {
  return numbersOf(column, operation).filter((value) => !Number.isNaN(value));
}

function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** Of a sample (n − 1), as in pandas; NaN for fewer than two values. */
function varianceOf(values: readonly number[]): number {
  if (values.length < 2) return NaN;
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return squares / (values.length - 1);
}

/**
 * The smallest or largest value there is, NaN without one; texts are compared, but not with
 * numbers.
 */
function extreme({ name, values }: ColumnParts, operation: string, sign: 1 | -1): unknown {
  let found: unknown = NaN;
  let isFound = false;
  for (const value of values) {
    if (isMissing(value)) continue;
    if (isFound && (typeof value === "string") !== (typeof found === "string")) {
      throw new ArgumentError(
        `${operation} of column ${quote(name)} would compare ${quote(found)} with ${quote(value)}: ` +
          "a text and a number have no order; choose columns of one kind",
      );
    }
    if (!isFound || sign * compareValues(value, found) > 0) found = value;
    isFound = true;
  }
  return found;
}
