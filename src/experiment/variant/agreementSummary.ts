import type { ClassPair } from "../../analyse/classPair";
import { ArgumentError } from "../../errors";
import { MARGIN_GAP, PROBABILITY_TIE, TIE } from "../../numeric/tolerance";
import type { AgreementRow } from "./runAgreement";

/** What a sample of regions comes to: on how many Ñ disagrees with N, how much and how near. */
export interface AgreementSummary {
  readonly points: number;
  /** Regions on which a disagreement or a tie is attained, agreement is proved, and neither. */
  readonly disagree: number;
  /** Of `disagree`: those whose largest margin is proved to be a tie, up to MARGIN_GAP. */
  readonly ties: number;
  /** Of `disagree`: those that attain no more than a tie, while more is not excluded. */
  readonly possibleTies: number;
  /** Of `disagree`: those at whose witness N gives c and g the same probability. */
  readonly tiedOriginals: number;
  readonly agree: number;
  /**
   * Of `agree`: those whose stored bound is 0 and not below. That agreement was proved, by
   * multipliers that are not stored; rows made since store a bound below 0 with them.
   */
  readonly agreeAtZero: number;
  readonly undecided: number;
  /**
   * Regions on which every class is excluded, or proved to have no larger margin than the witness.
   */
  readonly settled: number;
  /** The share that disagrees is at least this (attained) and at most that (a bound). */
  readonly leastShare: number;
  readonly largestShare: number;
  /** Largest margin of any region: at least (attained), at most (a bound). */
  readonly margin: number;
  readonly marginBound: number;
  /** Regions with a margin above each threshold: surely, and possibly. In logits. */
  readonly beyond: readonly MarginShare[];
  /** Of the regions with a disagreement, over which the means are taken: those not settled. */
  readonly unsettledDisagree: number;
  /**
   * Over the regions with a disagreement: averages at the witnesses; NaN where there are none. An
   * input with the largest margin need not be the only one, and others have other probabilities.
   */
  readonly rounded: ClassPair;
  readonly original: ClassPair;
  /** Sums of all changes of pixels, over the same regions: at most (attained), at least (bound). */
  readonly medianDistance: number;
  readonly medianDistanceBound: number;
  readonly leastDistance: number;
  readonly leastDistanceBound: number;
}

/**
 * The share of regions on which some margin exceeds a threshold: at least (attained), at most (a
 * bound).
 */
export interface MarginShare {
  readonly threshold: number;
  readonly least: number;
  readonly largest: number;
}

/** Thresholds in logits: a near tie, a tenth, and a factor e of the probabilities. */
export const MARGIN_THRESHOLDS = [0.01, 0.1, 1] as const;

/** @throws ArgumentError if there is no row */
export function summariseAgreement(rows: readonly AgreementRow[]): AgreementSummary {
  const points = rows.length;
  if (points === 0) throw new ArgumentError("there is no summary of no points");
  const share = (is: (row: AgreementRow) => boolean): number => rows.filter(is).length / points;
  const count = (verdict: AgreementRow["verdict"]): number =>
    rows.filter((row) => row.verdict === verdict).length;
  const found = rows.filter(({ verdict }) => verdict === "disagrees");
  const meanPair = (pick: (row: AgreementRow) => ClassPair): ClassPair => ({
    c: mean(found.map((row) => pick(row).c)),
    g: mean(found.map((row) => pick(row).g)),
  });
  return {
    points,
    disagree: found.length,
    ties: found.filter((row) => isTie(row) && row.marginBound <= MARGIN_GAP).length,
    possibleTies: found.filter((row) => isTie(row) && row.marginBound > MARGIN_GAP).length,
    tiedOriginals: found.filter(isTiedOriginal).length,
    agree: count("agrees"),
    agreeAtZero: rows.filter(isAgreementAtZero).length,
    undecided: count("undecided"),
    settled: rows.filter(isSettled).length,
    leastShare: found.length / points,
    largestShare: 1 - count("agrees") / points,
    margin: rows.reduce((most, row) => Math.max(most, row.margin), -Infinity),
    marginBound: rows.reduce((most, row) => Math.max(most, row.marginBound), -Infinity),
    beyond: MARGIN_THRESHOLDS.map((threshold) => ({
      threshold,
      least: share(({ margin }) => margin > threshold),
      largest: share(({ marginBound }) => marginBound > threshold),
    })),
    unsettledDisagree: found.filter((row) => !isSettled(row)).length,
    rounded: meanPair((row) => row.rounded),
    original: meanPair((row) => row.original),
    ...distancesOf(rows),
  };
}

/** Whether every class is excluded, or proved to have no larger margin than the witness. */
export function isSettled({ decided, programs }: AgreementRow): boolean {
  return decided === programs;
}

function isTie({ margin }: AgreementRow): boolean {
  return margin <= TIE;
}

/** Whether N gives c and g the same probability at the witness. */
function isTiedOriginal({ original }: AgreementRow): boolean {
  return Math.abs(Math.log(original.g / original.c)) <= PROBABILITY_TIE;
}

function isAgreementAtZero({ verdict, marginBound, exclusionBound }: AgreementRow): boolean {
  return verdict === "agrees" && marginBound >= 0 && !((exclusionBound ?? 0) < 0);
}

type Distances = Pick<
  AgreementSummary,
  "medianDistance" | "medianDistanceBound" | "leastDistance" | "leastDistanceBound"
>;

/**
 * The least and the median distance of the regions with a disagreement, from both sides. An
 * undecided region may turn out to be one of them, at any distance from its bound on: the medians
 * are the least and the largest over all numbers of undecided regions that may.
 */
function distancesOf(rows: readonly AgreementRow[]): Distances {
  const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);
  const found = rows.filter(({ verdict }) => verdict === "disagrees");
  const open = rows.filter(({ verdict }) => verdict === "undecided");
  const boundOf = ({ distanceBound }: AgreementRow): number => distanceBound ?? Infinity;
  const attained = found.map(({ distance }) => distance ?? Infinity);
  const bounds = found.map(boundOf);
  const openBounds = ascending(open.map(boundOf));
  const lower = openBounds.map((_, count) =>
    median(ascending([...bounds, ...openBounds.slice(0, count + 1)])),
  );
  const upper = openBounds.map((_, count) =>
    median(ascending([...attained, ...Array.from({ length: count + 1 }, () => Infinity)])),
  );
  const [ownLower, ownUpper] = [median(ascending(bounds)), median(ascending(attained))];
  return {
    medianDistance: Math.max(ownUpper, ...upper),
    medianDistanceBound: Math.min(ownLower, ...lower),
    leastDistance: ascending(attained)[0] ?? NaN,
    leastDistanceBound: ascending([...bounds, ...openBounds])[0] ?? NaN,
  };
}

/** The lower of the two in the middle, of values in ascending order; NaN without values. */
function median(ascending: readonly number[]): number {
  return ascending[Math.floor((ascending.length - 1) / 2)] ?? NaN;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
