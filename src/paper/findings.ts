import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";
import { formatPercent, formatSignificant } from "../present/numberFormat";

/**
 * One quantity or statement of the paper beside ours. The verdict is computed, never written by
 * hand.
 */
export interface Finding {
  readonly what: string;
  readonly paper: string;
  readonly ours: string;
  /** ours / paper; NaN for statements. */
  readonly ratio: number;
  readonly verdict: string;
}

/**
 * Ratios up to this, either way, count as agreement: what two trainings without a common seed may
 * differ by.
 */
const CLOSE = 1.25;

/** Shares that differ by no more than this count as agreement: 50 images of 10,000. */
const CLOSE_SHARES = 0.005;

/** Ratios up to this, either way, count as the same order of magnitude. */
const SAME_ORDER = Math.sqrt(10);

/** A number of ours beside the printed one. */
export function compareNumbers(
  what: string,
  paper: number,
  ours: number,
  style: "number" | "percent" = "number",
): Finding {
  const write = (value: number): string =>
    style === "percent" ? formatPercent(value) : formatSignificant(value, 4);
  const ratio = ours / paper;
  const verdict = style === "percent" ? verdictOfShares(ours - paper) : verdictOf(ratio);
  return { what, paper: write(paper), ours: write(ours), ratio, verdict };
}

function verdictOfShares(difference: number): string {
  if (Math.abs(difference) <= CLOSE_SHARES) return "agrees within half a point";
  return `${formatSignificant(Math.abs(100 * difference), 2)} points ${difference > 0 ? "more" : "less"}`;
}

function verdictOf(ratio: number): string {
  const factor = Math.max(ratio, 1 / ratio);
  if (factor <= CLOSE) return "agrees within a quarter";
  if (factor <= SAME_ORDER) return "same order of magnitude";
  return ratio > 1 ? "ours is larger" : "ours is smaller";
}

/** A statement that the paper's numbers bear out, tried on ours. */
export function tryStatement(what: string, holdsInPaper: boolean, holdsHere: boolean): Finding {
  const word = (holds: boolean): string => (holds ? "yes" : "no");
  const verdict = holdsInPaper === holdsHere ? "agrees" : "differs";
  return { what, paper: word(holdsInPaper), ours: word(holdsHere), ratio: NaN, verdict };
}

/** Findings as a DataFrame. */
export function findingsFrame(findings: readonly Finding[]): DataFrame {
  const data = findings.map((finding) => ({
    ...finding,
    ratio: Number.isNaN(finding.ratio) ? "" : formatSignificant(finding.ratio, 3),
  }));
  return createDataFrame(data, {
    caption: "The paper's numbers and ours, side by side",
    columns: ["what", "paper", "ours", "ratio", "verdict"],
    notes: { ratio: { label: "ours / paper" } },
  });
}
