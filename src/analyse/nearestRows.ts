import type { RowEntries } from "../lp/program";
import { normOf } from "../lp/rowEntries";

/** How many times more rows of a run are looked at than are wanted. */
const SHARE = 1.25;

/**
 * Rows looked at between two questions whether to stop: some milliseconds at most, where they come
 * from behind a dense layer.
 */
const ROWS_PER_QUESTION = 16;

/** A run of rows of one kind. */
export interface RowRun {
  readonly start: number;
  readonly count: number;
  /** About how many of them may be among the nearest. */
  readonly wanted: number;
}

/**
 * The rows whose hyperplanes pass nearest to a point, nearest first: slack over norm is the
 * distance.
 *
 * Norms are costly, so within each run only the rows of the smallest slacks are looked at, `SHARE`
 * times as many as are wanted: norms within a run differ by less than slacks do. Rows of zeros are
 * nobody's neighbour.
 *
 * @param slacks      of all rows at the point
 * @param shouldStop  ends the search; the rows found so far are then returned
 */
export function nearestRows(
  entries: (index: number) => RowEntries,
  slacks: Readonly<Float64Array>,
  runs: readonly RowRun[],
  count: number,
  shouldStop?: () => boolean,
): number[] {
  const found: { readonly row: number; readonly distance: number }[] = [];
  for (const { start, count: length, wanted } of runs) {
    const run = slacks.slice(start, start + length);
    const last = Math.min(length, Math.ceil(SHARE * wanted)) - 1;
    const limit = run.slice().sort()[last];
    for (let index = 0; index < length; index++) {
      if (run[index] > limit) continue;
      if (found.length % ROWS_PER_QUESTION === 0 && shouldStop?.() === true) break;
      const norm = normOf(entries(start + index));
      if (norm > 0) found.push({ row: start + index, distance: run[index] / norm });
    }
  }
  found.sort((one, other) => one.distance - other.distance || one.row - other.row);
  return found.slice(0, count).map(({ row }) => row);
}
