import type { RowEntries, RowOracle } from "./program";

/**
 * Rows by their non-zero entries, whatever the oracle offers; the next call writes the buffers
 * anew.
 */
export function rowEntries(rows: RowOracle, size: number): (index: number) => RowEntries {
  if (rows.entries !== undefined) return rows.entries.bind(rows);
  const whole = new Float64Array(size);
  const found = {
    columns: new Int32Array(size),
    values: new Float64Array(size),
    count: 0,
    bound: 0,
  };
  return (index) => {
    found.bound = rows.row(index, whole);
    gatherEntries(whole, found);
    return found;
  };
}

/** Writes the non-zero coefficients of a whole row, and how many they are. */
export function gatherEntries(
  whole: Readonly<Float64Array>,
  out: { readonly columns: Int32Array; readonly values: Float64Array; count: number },
): void {
  out.count = 0;
  for (let column = 0; column < whole.length; column++) {
    if (whole[column] === 0) continue;
    out.columns[out.count] = column;
    out.values[out.count++] = whole[column];
  }
}

/** Euclidean norm of a row. */
export function normOf({ values, count }: RowEntries): number {
  let sum = 0;
  for (let entry = 0; entry < count; entry++) sum += values[entry] * values[entry];
  return Math.sqrt(sum);
}
