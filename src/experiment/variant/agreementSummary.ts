import type { ClassPair } from "../../analyse/classPair";
import { ArgumentError } from "../../errors";
import { TIE } from "../../numeric/tolerance";
import type { AgreementRow } from "./runAgreement";

/** What a sample of regions comes to: on how many Ñ disagrees with N, how much and how near. */
export interface AgreementSummary {
  readonly points: number;
  /** Regions on which a disagreement or a tie is attained, agreement is proved, and neither. */
  readonly disagree: number;
  /** Of `disagree`: those whose largest margin attained is a tie, up to TIE. */
  readonly ties: number;
  readonly agree: number;
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
  /** Over the regions with a disagreement: averages at the witnesses; NaN where there are none. */
  readonly rounded: ClassPair;
  readonly original: ClassPair;
  /** Sums of all changes of pixels, over the same regions. */
  readonly medianDistance: number;
  readonly leastDistance: number;
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
const THRESHOLDS = [0.01, 0.1, 1] as const;

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
  const distances = found.flatMap(({ distance }) => distance ?? []).sort((a, b) => a - b);
  return {
    points,
    disagree: found.length,
    ties: found.filter(({ margin }) => margin <= TIE).length,
    agree: count("agrees"),
    undecided: count("undecided"),
    settled: rows.filter(isSettled).length,
    leastShare: found.length / points,
    largestShare: 1 - count("agrees") / points,
    margin: rows.reduce((most, row) => Math.max(most, row.margin), -Infinity),
    marginBound: rows.reduce((most, row) => Math.max(most, row.marginBound), -Infinity),
    beyond: THRESHOLDS.map((threshold) => ({
      threshold,
      least: share(({ margin }) => margin > threshold),
      largest: share(({ marginBound }) => marginBound > threshold),
    })),
    rounded: meanPair((row) => row.rounded),
    original: meanPair((row) => row.original),
    medianDistance: distances[Math.floor((distances.length - 1) / 2)] ?? NaN,
    leastDistance: distances[0] ?? NaN,
  };
}

/** Whether every class is excluded, or proved to have no larger margin than the witness. */
export function isSettled({ decided, programs }: AgreementRow): boolean {
  return decided === programs;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
