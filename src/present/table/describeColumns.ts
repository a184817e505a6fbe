import type { Columns, Table } from "./table";

/** The rows of a description, in order. */
export const DESCRIPTION_ROWS = ["count", "mean", "std", "min", "25%", "median", "75%", "max"];

/**
 * Count, mean, standard deviation (of a sample, n − 1) and quartiles of every numeric column.
 * Missing values and NaN are left out; a statistic without enough values is NaN.
 */
export function describeColumns(table: Table): Columns {
  const described: Record<string, number[]> = {};
  table.columns.forEach(({ name, dtype }, column) => {
    if (dtype !== "int32" && dtype !== "float32") return;
    const values: number[] = [];
    for (let row = 0; row < table.index.length; row++) {
      const value = table.valueAt(row, column);
      if (typeof value === "number" && !Number.isNaN(value)) values.push(value);
    }
    described[name] = describeValues(values);
  });
  return described;
}

/** Count, mean, standard deviation and quartiles of values among which none is missing. */
export function describeValues(values: readonly number[]): number[] {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const sorted = Float64Array.from(values).sort();
  return [
    count,
    mean,
    count > 1 ? Math.sqrt(squares / (count - 1)) : NaN,
    quantile(sorted, 0),
    quantile(sorted, 0.25),
    quantile(sorted, 0.5),
    quantile(sorted, 0.75),
    quantile(sorted, 1),
  ];
}

/**
 * The quantile of sorted values, interpolated between its two neighbours (type 7 of Hyndman & Fan,
 * as in NumPy and R); NaN without values.
 */
export function quantile(sorted: ArrayLike<number>, fraction: number): number {
  const position = fraction * (sorted.length - 1);
  const below = Math.floor(position);
  const lower = sorted[below];
  const upper = sorted[Math.ceil(position)];
  if (lower === undefined || upper === undefined) return NaN;
  return lower === upper ? lower : lower + (position - below) * (upper - lower);
}
