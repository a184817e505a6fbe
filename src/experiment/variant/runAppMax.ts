import type { AppMaxResult } from "../../analyse/appMax";
import { DEFAULT_PROOF, parseProof, type Proof } from "../../claim/proof";
import { SolverError } from "../../errors";
import { APPMAX_METHOD, type AppMaxExperiment } from "../appMaxExperiment";
import type { PointAnswer } from "../backend/pointWorker";
import {
  runPoints,
  type PointInputs,
  type PointOutcome,
  type PointPlace,
  type PointRow,
  type PointRun,
  type PointRunOptions,
  type PointVariant,
} from "../runPoints";

/** One point of an AppMax run, as it is stored and printed. Errors are L1 over the logits. */
export interface AppMaxRow extends PointRow {
  /** E(x): attained at the data point. */
  readonly error: number;
  /** E at the witness: attained. */
  readonly maximum: number;
  /** Proved for the point's polytope, up to binary64 rounding of the program: a bound. */
  readonly upperBound: number;
  /**
   * In runs with `proof: "real"`: no input of the polytope has a larger error in real arithmetic
   * than upperBound + roundingAllowance (`provedBound`).
   */
  readonly roundingAllowance?: number;
  /** (upperBound − maximum) / max(maximum, 0.01). */
  readonly gap: number;
  readonly status: "certified" | "uncertified";
  readonly rowsGenerated: number;
  readonly violation: number;
  /** Why it is uncertified, or why an earlier solver's answer was not taken; absent otherwise. */
  readonly reason?: string;
}

export type { RunProgress } from "../runPoints";

/** What an AppMax run computes. */
export interface AppMaxRun extends PointRun {
  /**
   * What bounds are proved for: the programs as computed in binary64 ("rounding", the default), or
   * the networks in real arithmetic ("real": rows carry `roundingAllowance`).
   */
  readonly proof?: Proof;
}

/** How it is computed. */
export type RunOptions = PointRunOptions<AppMaxRow>;

export type AppMaxOutcome = PointOutcome<AppMaxRow, AppMaxExperiment>;

/**
 * AppMax at many points on worker threads, see `runPoints`.
 *
 * @throws ArgumentError if a point is not in the data set or the proof is none, ShapeError if the
 *   networks do not fit it
 */
export async function runAppMax(run: AppMaxRun, options: RunOptions = {}): Promise<AppMaxOutcome> {
  const proof = parseProof(run.proof ?? DEFAULT_PROOF);
  return runPoints(proof === "real" ? REAL_APPMAX : APPMAX, run, options);
}

/** AppMax as a variant of a run. */
export const APPMAX: PointVariant<AppMaxResult, AppMaxRow, AppMaxExperiment> = {
  worker: "appMaxWorker",
  experimentOf,
  rowOf,
  attainedOf: ({ maximum }) => maximum,
};

/** AppMax whose bounds are proved in real arithmetic: the same rows, and the allowance. */
export const REAL_APPMAX: PointVariant<AppMaxResult, AppMaxRow, AppMaxExperiment> = {
  ...APPMAX,
  worker: "realAppMaxWorker",
  experimentOf: (inputs) => ({ ...experimentOf(inputs), proof: "real" }),
  rowOf: (place, answer) => {
    const { roundingAllowance = Infinity } = answer;
    if (roundingAllowance < Infinity) return { ...rowOf(place, answer), roundingAllowance };
    throw new SolverError(
      `point ${place.point}: nothing is proved in real arithmetic, for numbers within the networks ` +
        `leave the range of binary64; the proof "rounding" does without`,
    );
  },
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
