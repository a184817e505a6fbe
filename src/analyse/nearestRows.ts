import type { RowOracle } from "../lp/program";

/** How many times more rows of a run are looked at than are wanted. */
const SHARE = 2;

/** A run of rows of one kind. */
export interface RowRun {
  readonly start: number;
  readonly count: number;
}

/**
 * The rows whose hyperplanes pass nearest to a point, nearest first: slack over norm is the distance.
 *
 * Norms are costly, so within each run only the rows of the smallest slacks are looked at, `SHARE` times as many
 * as are wanted: norms within a run differ by less than slacks do. Rows of zeros are nobody's neighbour.
 *
 * @param slacks  of all rows at the point
 */
export function nearestRows(
  rows: Pick<RowOracle, "row">,
  slacks: Readonly<Float64Array>,
  runs: readonly RowRun[],
  count: number,
  size: number,
): number[] {
  const found: { readonly row: number; readonly distance: number }[] = [];
  const coefficients = new Float64Array(size);
  for (const { start, count: length } of runs) {
    const run = slacks.slice(start, start + length);
    const last = Math.min(length, SHARE * count) - 1;
    const limit = run.slice().sort()[last];
    for (let index = 0; index < length; index++) {
      if (run[index] > limit) continue;
      rows.row(start + index, coefficients);
      const norm = normOf(coefficients);
      if (norm > 0) found.push({ row: start + index, distance: run[index] / norm });
    }
  }
  found.sort((one, other) => one.distance - other.distance || one.row - other.row);
  return found.slice(0, count).map(({ row }) => row);
}

function normOf(values: Readonly<Float64Array>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] * values[index];
  return Math.sqrt(sum);
}
