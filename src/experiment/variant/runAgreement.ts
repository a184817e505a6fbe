import { AGREEMENT_LIMITS, type AgreementResult } from "../../analyse/agreement";
import type { ClassPair } from "../../analyse/classPair";
import type { SearchLimits } from "../../analyse/rivalSearch";
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

/** One point of an agreement run, as it is stored. Margins are differences of Ñ's logits. */
export interface AgreementRow extends PointRow {
  /** c, the class that N gives the point. */
  readonly exactClass: number;
  /** g, the class with the largest margin attained. */
  readonly rivalClass: number;
  readonly verdict: AgreementResult["verdict"];
  /** ξ̃_g − ξ̃_c at the point: attained. */
  readonly marginAtPoint: number;
  /** ξ̃_g − ξ̃_c at the witness: attained. */
  readonly margin: number;
  /** No input of the region has a larger margin, of any class: a bound. */
  readonly marginBound: number;
  /**
   * Of a region that agrees: no class has a larger margin than this, which is below 0: a bound.
   * Rows made before it was stored have none; then `marginBound` may be 0, and does not exclude a
   * tie.
   */
  readonly exclusionBound?: number;
  /**
   * An input as near as this (sum of all changes) disagrees: attained; null without a disagreement.
   */
  readonly distance: number | null;
  /**
   * No input of the region nearer than this disagrees: a bound; null where none does at any
   * distance.
   */
  readonly distanceBound: number | null;
  /** Softmax probabilities of c and g at the witness. */
  readonly rounded: ClassPair;
  readonly original: ClassPair;
  /**
   * Classes that are settled: excluded, or proved to have no larger margin; of the classes there
   * are.
   */
  readonly decided: number;
  readonly programs: number;
}

/** Everything that decides the rows of an agreement run. */
export interface AgreementExperiment extends PointInputs {
  /** The word of the first runs; it is part of their keys. */
  readonly kind: "classification";
  readonly method: number;
  readonly limits: SearchLimits;
}

/** Raised whenever a change of the method moves numbers by more than rounding. */
const AGREEMENT_METHOD = 2;

export type AgreementOutcome = PointOutcome<AgreementRow, AgreementExperiment>;

/** What an agreement run computes. */
export interface AgreementRun extends PointRun {
  /** Limits of the searches at a point, where they are not `AGREEMENT_LIMITS`. */
  readonly limits?: Partial<SearchLimits>;
}

/**
 * Whether Ñ agrees with N on the region of each of many points (`decideAgreement`), see
 * `runPoints`.
 *
 * @throws ArgumentError if a point is not in the data set, ShapeError if the networks do not fit it
 * @example
 * const classes = await rl.runAgreement({ ...twins, dataset: digits, points: [0] });
 * classes.rows[0].verdict
 */
export function runAgreement(
  run: AgreementRun,
  options: PointRunOptions<AgreementRow> = {},
): Promise<AgreementOutcome> {
  return runPoints(agreementWithin(run.limits), run, options);
}

/** What a worker is given beside the networks. */
export interface AgreementSettings {
  readonly limits: SearchLimits;
}

/** Agreement as a variant of a run, with searches within some limits. */
export function agreementWithin(
  own: Partial<SearchLimits> = {},
): PointVariant<AgreementResult, AgreementRow, AgreementExperiment> {
  const limits = { ...AGREEMENT_LIMITS, ...own };
  const settings: AgreementSettings = { limits };
  return {
    worker: "agreementWorker",
    settings,
    experimentOf: (inputs) => ({
      kind: "classification",
      method: AGREEMENT_METHOD,
      ...inputs,
      limits,
    }),
    rowOf,
    attainedOf: ({ margin }) => margin,
  };
}

function rowOf({ point, label }: PointPlace, answer: PointAnswer<AgreementResult>): AgreementRow {
  return {
    point,
    label,
    exactClass: answer.exactClass,
    rivalClass: answer.rivalClass,
    verdict: answer.verdict,
    marginAtPoint: answer.marginAtPoint,
    margin: answer.margin,
    marginBound: answer.marginBound,
    ...(answer.exclusionBound === undefined ? {} : { exclusionBound: answer.exclusionBound }),
    distance: answer.distance ?? null,
    distanceBound: Number.isFinite(answer.distanceBound) ? answer.distanceBound : null,
    rounded: answer.rounded,
    original: answer.original,
    iterations: answer.iterations,
    milliseconds: answer.milliseconds,
    decided: answer.decided,
    programs: answer.programs,
    solver: answer.solver,
  };
}
