import type { PointRow } from "./runPoints";
import { readRows, versionOfRows } from "./store/store";

/** Rows of a store by their points, as they were read last. */
interface Remembered {
  readonly version: string;
  readonly byPoint: ReadonlyMap<number, PointRow>;
}

/** In the order of their last use. */
const memory = new Map<string, Remembered>();
/** The most rows that are kept: some 100 MB of them. */
const ROWS_KEPT = 250_000;

/**
 * The rows of a store by their points: read again only when a file of it has changed, since one
 * notebook asks for the same rows several times. Rows are frozen, as they are shared.
 */
export function rowsByPoint(folder: string): ReadonlyMap<number, PointRow> {
  const version = versionOfRows(folder);
  const known = memory.get(folder);
  const rows = known?.version === version ? known : { version, byPoint: readByPoint(folder) };
  memory.delete(folder);
  memory.set(folder, rows);
  forgetOldest();
  return rows.byPoint;
}

function readByPoint(folder: string): ReadonlyMap<number, PointRow> {
  const rows = readRows<PointRow>(folder);
  return new Map(rows.map((row) => [row.point, Object.freeze(row)]));
}

function forgetOldest(): void {
  let count = 0;
  for (const [folder, { byPoint }] of [...memory].reverse()) {
    count += byPoint.size;
    if (count > ROWS_KEPT) memory.delete(folder);
  }
}
