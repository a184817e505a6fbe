import { randomUUID } from "node:crypto";
import {
  runAppMax,
  type AppMaxOutcome,
  type AppMaxRow,
  type AppMaxRun,
  type RunOptions,
  type RunProgress,
} from "../experiment/variant/runAppMax";
import { reportProgress } from "../present/progress/progressDisplay";

/**
 * AppMax at many points on worker threads. In a notebook cell a line below it tells how far the run
 * has come, unless `onRow` is given; interrupting the cell ends the run. The rows' numbers (all but
 * `milliseconds`) depend neither on the number of workers nor on which rows came from the store.
 *
 * @throws ArgumentError if a point is not in the data set, ShapeError if the networks do not fit it
 */
export function runAppMaxInNotebook(
  run: AppMaxRun,
  options: RunOptions = {},
): Promise<AppMaxOutcome> {
  return runAppMax(run, options.onRow === undefined ? { ...options, onRow: showRun() } : options);
}

/** What shows the progress of one run where there is a notebook, and nothing elsewhere. */
function showRun(): (row: AppMaxRow, progress: RunProgress) => void {
  const report = reportProgress(randomUUID(), { writeLine: () => undefined });
  return (_, { done, total, resumed, best }) =>
    report.update({
      label: "appmax",
      done,
      total,
      skipped: resumed,
      best: { label: "largest E", value: best },
    });
}
