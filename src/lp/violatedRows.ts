import type { RowOracle } from "./program";

/**
 * Euclidean norms of an oracle's rows as far as they are known; NaN where a row was never
 * generated. An oracle that knows all norms offers them as `norms`.
 */
export function knownNorms(rows: RowOracle): Float64Array {
  const norms = rows.norms?.();
  return norms === undefined
    ? new Float64Array(rows.rowCount).fill(Number.NaN)
    : Float64Array.from(norms);
}

/** What a search for violated rows knows and wants. */
export interface ViolationSearch {
  /** Slacks at the point in question. */
  readonly slacks: Readonly<Float64Array>;
  /**
   * Norms of the rows, NaN where unknown: such a row counts as violated when its slack is negative
   * at all.
   */
  readonly norms: Readonly<Float64Array>;
  /** 1 for rows to be passed over. */
  readonly present: Readonly<Uint8Array>;
  /** Largest violation at unit norm that counts as none. */
  readonly tolerance: number;
  readonly count: number;
  /** Slacks at a feasible point, if there is one. */
  readonly feasibleSlacks?: Readonly<Float64Array>;
  /** As in `RowOracle`: of two rows that are alike only the first in rank is taken. */
  readonly alike?: (row: number) => number;
}

/**
 * The rows that a point violates most, worst first, at most `count`.
 *
 * With a feasible point z, the rows that are met first on the way from z to the point: the share of
 * the way, slack(z) / (slack(z) − slack(point)), is the rank. Such rows bound the feasible set near
 * z and are tight at the optimum more often than those which the point violates by much. Without z
 * the violation itself ranks, at unit norm where that is known. Ties go to the lower index, so the
 * choice depends on nothing but the numbers.
 */
export function violatedRows(search: ViolationSearch): number[] {
  const { slacks, norms, present, tolerance, count, feasibleSlacks, alike } = search;
  const found: number[] = [];
  const ranks: number[] = [];
  for (let row = 0; row < slacks.length; row++) {
    const slack = slacks[row];
    if (slack >= 0 || present[row] === 1) continue;
    const norm = norms[row];
    const isKnown = norm === norm;
    if (isKnown && slack >= -tolerance * (norm === 0 ? 1 : norm)) continue;
    found.push(row);
    if (feasibleSlacks === undefined) ranks.push(isKnown && norm > 0 ? slack / norm : slack);
    else ranks.push(Math.max(0, feasibleSlacks[row]) / (Math.max(0, feasibleSlacks[row]) - slack));
  }
  const order = found.map((_, position) => position);
  order.sort((a, b) => ranks[a] - ranks[b] || found[a] - found[b]);
  const ranked = order.map((position) => found[position]);
  return alike === undefined ? ranked.slice(0, count) : firstOfAlike(ranked, count, alike);
}

/** The first `count` rows without those that are like an earlier one. */
function firstOfAlike(
  ranked: readonly number[],
  count: number,
  alike: (row: number) => number,
): number[] {
  const taken = new Set<number>();
  for (const row of ranked) {
    if (taken.size >= count) break;
    if (!taken.has(alike(row))) taken.add(row);
  }
  return [...taken];
}

/**
 * Writes one row at unit norm into `out`, notes its norm, and returns its right-hand side at that
 * scale.
 */
export function unitRow(
  rows: RowOracle,
  norms: Float64Array,
  index: number,
  out: Float64Array,
): number {
  const bound = rows.row(index, out);
  let sum = 0;
  for (let column = 0; column < out.length; column++) sum += out[column] * out[column];
  const norm = Math.sqrt(sum);
  norms[index] = norm;
  if (norm === 0) return bound;
  const scale = 1 / norm;
  for (let column = 0; column < out.length; column++) out[column] *= scale;
  return bound * scale;
}
