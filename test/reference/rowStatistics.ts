/** Statistics and groups as pandas has them, for the reference of DataFrames. */
import { missing, sorted, type RowFrame, type RowSeries } from "./rowFrame";

function numbers(values: readonly unknown[]): number[] {
  return values.filter((value) => !missing(value)).map(Number);
}

export function sum(values: readonly unknown[]): number {
  return numbers(values).reduce((total, value) => total + value, 0);
}

export function mean(values: readonly unknown[]): number {
  return sum(values) / numbers(values).length;
}

/** Linear between neighbours. */
export function quantileOf(values: readonly unknown[], fraction: number): number {
  const ordered = sorted(numbers(values), (value) => value);
  const place = (ordered.length - 1) * fraction;
  const low = ordered[Math.floor(place)] ?? NaN;
  const high = ordered[Math.ceil(place)] ?? NaN;
  return low + (high - low) * (place - Math.floor(place));
}

export function median(values: readonly unknown[]): number {
  return quantileOf(values, 0.5);
}

export function variance(values: readonly unknown[]): number {
  const all = numbers(values);
  const middle = mean(all);
  if (all.length < 2) return NaN;
  return all.reduce((total, value) => total + (value - middle) ** 2, 0) / (all.length - 1);
}

export function deviation(values: readonly unknown[]): number {
  return Math.sqrt(variance(values));
}

export function count(values: readonly unknown[]): number {
  return values.filter((value) => !missing(value)).length;
}

export function smallest(values: readonly unknown[]): unknown {
  const [first = NaN] = sorted(
    values.filter((value) => !missing(value)),
    (value) => value,
  );
  return first;
}

export function largest(values: readonly unknown[]): unknown {
  const [first = NaN] = sorted(
    values.filter((value) => !missing(value)),
    (value) => value,
    false,
  );
  return first;
}

export function distinct(values: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  for (const value of values) {
    if (!found.some((other) => other === value || (missing(other) && missing(value)))) {
      found.push(value);
    }
  }
  return found;
}

export function countDistinct(values: readonly unknown[]): number {
  return distinct(values).filter((value) => !missing(value)).length;
}

export function first(values: readonly unknown[]): unknown {
  return values.find((value) => !missing(value));
}

export function last(values: readonly unknown[]): unknown {
  return first([...values].reverse());
}

export const STATISTICS: Readonly<Record<string, (values: readonly unknown[]) => unknown>> = {
  sum,
  mean,
  median,
  var: variance,
  std: deviation,
  count,
  min: smallest,
  max: largest,
  nUnique: countDistinct,
  first,
  last,
};

/** A running result; a missing value stays and is passed over. */
export function running(
  values: readonly unknown[],
  combine: (left: number, right: number) => number,
): unknown[] {
  let so_far: number | undefined;
  return values.map((value) => {
    if (missing(value)) return NaN;
    so_far = so_far === undefined ? Number(value) : combine(so_far, Number(value));
    return so_far;
  });
}

/**
 * The rows of each group by one column, in the order of the keys; rows without a key are in none.
 */
export function groups(frame: RowFrame, key: string): RowFrame[] {
  const keys = sorted(
    distinct(frame.rows.map((row) => row.cells[key])).filter((value) => !missing(value)),
    (value) => value,
  );
  return keys.map((value) => ({
    columns: frame.columns,
    rows: frame.rows.filter((row) => row.cells[key] === value),
  }));
}

/** A statistic of columns, group by group, one row each. */
export function grouped(
  frame: RowFrame,
  key: string,
  columns: readonly string[],
  statistic: string,
  nameOf: (column: string) => string = (column) => `${column}_${statistic}`,
): RowFrame {
  return {
    columns: [key, ...columns.map(nameOf)],
    rows: groups(frame, key).map(({ rows }, label) => ({
      label,
      cells: Object.fromEntries([
        [key, rows[0].cells[key]],
        ...columns.map((column) => [
          nameOf(column),
          STATISTICS[statistic](rows.map((row) => row.cells[column])),
        ]),
      ]),
    })),
  };
}

/** A statistic of each column or of each row. */
export function reduced(frame: RowFrame, statistic: string, axis: 0 | 1): RowSeries {
  const of = STATISTICS[statistic];
  if (axis === 0) {
    return frame.columns.map((column) => ({
      label: column,
      value: of(frame.rows.map((row) => row.cells[column])),
    }));
  }
  return frame.rows.map((row) => ({
    label: row.label,
    value: of(frame.columns.map((column) => row.cells[column])),
  }));
}
