import { TIE } from "../numeric/tolerance";
import type { Rival } from "./rivals";

/**
 * What a rival's programs came to: its largest margin is at least `margin`, at `point`, and at most
 * `bound`.
 */
export interface Finding {
  readonly rival: Rival;
  /** Whether the margin is ≥ 0 somewhere, nowhere, or neither is known. */
  readonly kind: "disagrees" | "excluded" | "open";
  readonly margin: number;
  readonly bound: number;
  /** Of a rival that can be excluded: no margin is above this, below 0: a bound by multipliers. */
  readonly exclusionBound?: number;
  readonly point: Float64Array;
  /** An input this near has a margin ≥ 0 (sum of all changes): attained; ∞ while none is known. */
  readonly distance: number;
  /** No nearer input has: a bound. */
  readonly distanceBound: number;
}

/** A finding with what its margin and its bound say of the sign. */
export function judged(finding: Finding): Finding {
  if (finding.margin >= -TIE) return { ...finding, kind: "disagrees" };
  return finding.bound < 0 ? exclude(finding, finding.bound) : finding;
}

/** No input of the region has a margin ≥ 0: that is proved, and by which bound of the margin. */
export function exclude(finding: Finding, exclusionBound: number): Finding {
  const bound = Math.max(finding.margin, Math.min(finding.bound, 0));
  const known = Math.max(finding.margin, Math.min(exclusionBound, finding.exclusionBound ?? 0));
  return {
    ...finding,
    kind: "excluded",
    bound,
    exclusionBound: known,
    distance: Infinity,
    distanceBound: Infinity,
  };
}

/**
 * The share of the way between two inputs of the region after which the margin, affine on it, is 0.
 * A margin at its end may be a tie a rounding below 0.
 */
export function shareUntilTie(atStart: number, atEnd: number): number {
  return atStart >= 0 ? 0 : atStart / (atStart - Math.max(0, atEnd));
}

/** How far two inputs are apart: the sum of all changes. */
export function sumOfChanges(x: Readonly<Float64Array>, y: Readonly<Float64Array>): number {
  return y.reduce((sum, value, input) => sum + Math.abs(value - x[input]), 0);
}
