import type * as Reports from "../../../src/present/progress/progressDisplay";
import { randomUUID } from "node:crypto";

function countOf(items: Iterable<unknown>): number | undefined {
  if (Array.isArray(items)) return items.length;
  const { size, length } = items as { size?: unknown; length?: unknown };
  if (typeof size === "number") return size;
  return typeof length === "number" ? length : undefined;
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
  const known = countOf(items);
  const all = known === undefined ? Array.from(items) : items;
  const total = known ?? (all as T[]).length;
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
