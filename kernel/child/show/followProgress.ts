import type * as Reports from "../../../src/present/progress/progressDisplay";
import { randomUUID } from "node:crypto";
import { membersOf } from "../../../src/unknownValue";

function countOf(items: Iterable<unknown>): number | undefined {
  if (Array.isArray(items)) return items.length;
  const { size, length } = membersOf<{ size: number; length: number }>(items);
  if (typeof size === "number") return size;
  return typeof length === "number" ? length : undefined;
}

/** The items and their number; to know it, those without one are all fetched first. */
function withCount<T>(items: Iterable<T>): { all: Iterable<T>; total: number } {
  const known = countOf(items);
  if (known !== undefined) return { all: items, total: known };
  const all = Array.from(items);
  return { all, total: all.length };
}

/**
 * The same items one after another, with a bar below the cell that tells how far the loop has come.
 *
 * @param items  an array, a set, a map or a typed array; of others the number is not known before
 */
export function* followProgress<T>(items: Iterable<T>, label = "progress"): Iterable<T> {
  // Loaded when the first bar is shown: a kernel must start fast.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const reports = require("../../../src/present/progress/progressDisplay") as typeof Reports;
  const { all, total } = withCount(items);
  const report = reports.reportProgress(randomUUID());
  const start = performance.now();
  const tell = (done: number): void =>
    report.update({ label, done, total, seconds: (performance.now() - start) / 1000 });
  let done = 0;
  tell(0);
  for (const item of all) {
    yield item;
    tell(++done);
  }
}
