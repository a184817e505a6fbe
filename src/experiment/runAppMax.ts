import type { AppMaxResult } from "../analyse/appMax";
import { APPMAX_METHOD, type AppMaxExperiment } from "./appMaxExperiment";
import type { PointAnswer } from "./pointWorker";
import {
  runPoints,
  type PointInputs,
  type PointOutcome,
  type PointPlace,
  type PointRow,
  type PointRun,
  type PointRunOptions,
  type PointVariant,
} from "./runPoints";

/** One point of an AppMax run, as it is stored and printed. Errors are L1 over the logits. */
export interface AppMaxRow extends PointRow {
  /** E(x): attained at the data point. */
  readonly error: number;
  /** E at the witness: attained. */
  readonly maximum: number;
  /** Proved for the point's polytope: a bound. */
  readonly upperBound: number;
  /** (upperBound − maximum) / max(maximum, 0.01). */
  readonly gap: number;
  readonly status: "certified" | "uncertified";
  readonly rowsGenerated: number;
  readonly violation: number;
  /** Why it is uncertified, or why an earlier solver's answer was not taken; absent otherwise. */
  readonly reason?: string;
}

export type { RunProgress } from "./runPoints";

/** What an AppMax run computes. */
export type AppMaxRun = PointRun;

/** How it is computed. */
export type RunOptions = PointRunOptions<AppMaxRow>;

export type AppMaxOutcome = PointOutcome<AppMaxRow, AppMaxExperiment>;

/**
 * AppMax at many points on worker threads, see `runPoints`.
 *
 * @throws ArgumentError if a point is not in the data set, ShapeError if the networks do not fit it
 */
export function runAppMax(run: AppMaxRun, options: RunOptions = {}): Promise<AppMaxOutcome> {
  return runPoints(APPMAX, run, options);
}

/** AppMax as a variant of a run. */
export const APPMAX: PointVariant<AppMaxResult, AppMaxRow, AppMaxExperiment> = {
  worker: "appMaxWorker",
  experimentOf,
  rowOf,
  attainedOf: ({ maximum }) => maximum,
};

function experimentOf(inputs: PointInputs): AppMaxExperiment {
  return { kind: "appmax", method: APPMAX_METHOD, ...inputs };
}

function rowOf({ point, label }: PointPlace, answer: PointAnswer<AppMaxResult>): AppMaxRow {
  const { error, maximum, upperBound, gap, iterations, milliseconds, solver, status } = answer;
  return {
    point,
    label,
    error,
    maximum,
    upperBound,
    gap,
    iterations,
    milliseconds,
    solver,
    status,
    rowsGenerated: answer.rowsGenerated,
    violation: answer.violation,
    ...(answer.reason === "" ? {} : { reason: answer.reason }),
  };
}
