import type { PointWalk } from "../../analyse/worst/walkAt";
import { ArgumentError } from "../../errors";
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

/** One point of a run of walks, as it is stored. Errors are L1 over the logits, and attained. */
export interface WalkRow extends PointRow {
  /** E(x) at the point. */
  readonly error: number;
  /** E at AppMax's witness, an input of the point's polytope. */
  readonly maximum: number;
  /** The most that was attained on the way. */
  readonly walked: number;
  /** How many polytopes the walk solved. */
  readonly polytopes: number;
}

/** Everything that decides the rows of a run of walks. */
export interface WalkExperiment extends PointInputs {
  readonly kind: "walk";
  readonly method: number;
  /** How many polytopes a walk solves at most. */
  readonly polytopes: number;
}

/** Raised whenever a change of the method moves numbers by more than rounding. */
const WALK_METHOD = 1;

/** What walks from points are computed for. */
export interface WalkRun extends PointRun {
  /** How many polytopes a walk solves at most, beside its point's own; 20 by default. */
  readonly polytopes?: number;
}

export type WalkOutcome = PointOutcome<WalkRow, WalkExperiment>;

/** What a worker is given beside the networks. */
export interface WalkSettings {
  readonly polytopes: number;
}

/** Polytopes of a walk where nothing is said. */
export const WALK_POLYTOPES = 20;

/**
 * AppMax at many points, and how far a walk from each raises it, see `runPoints`.
 *
 * @throws ArgumentError if a point is not in the data set, or there is no such number of polytopes
 */
export function runWalk(
  { polytopes = WALK_POLYTOPES, ...run }: WalkRun,
  options: PointRunOptions<WalkRow> = {},
): Promise<WalkOutcome> {
  if (!Number.isInteger(polytopes) || polytopes < 0) {
    throw new ArgumentError(`polytopes is ${polytopes}, expected a whole number from 0`);
  }
  return runPoints(walkWithin(polytopes), run, options);
}

/** Walks as a variant of a run. */
export function walkWithin(polytopes: number): PointVariant<PointWalk, WalkRow, WalkExperiment> {
  const settings: WalkSettings = { polytopes };
  return {
    worker: "walkWorker",
    settings,
    experimentOf: (inputs) => ({ kind: "walk", method: WALK_METHOD, ...inputs, polytopes }),
    rowOf,
    attainedOf: ({ walked }) => walked,
  };
}

function rowOf({ point, label }: PointPlace, answer: PointAnswer<PointWalk>): WalkRow {
  const { error, maximum, walked, polytopes, iterations, milliseconds, solver } = answer;
  return { point, label, error, maximum, walked, polytopes, iterations, milliseconds, solver };
}
