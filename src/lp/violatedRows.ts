import type { RowOracle } from "./program";

/**
 * Euclidean norms of an oracle's rows as far as they are known; NaN where a row was never generated.
 * An oracle that knows all norms offers them as `norms`.
 */
export function knownNorms(rows: RowOracle): Float64Array {
  const norms = rows.norms?.();
  return norms === undefined
    ? new Float64Array(rows.rowCount).fill(Number.NaN)
    : Float64Array.from(norms);
}

/**
 * The rows that a point violates most, measured at unit norm, worst first, at most `count`.
 *
 * A row whose norm is not known yet counts as violated when its slack is negative at all: generating
 * it is what tells. Rows marked in `present` are passed over. Ties go to the lower index, so the choice
 * depends on nothing but the numbers.
 */
export function violatedRows(
  slacks: Readonly<Float64Array>,
  norms: Readonly<Float64Array>,
  present: Readonly<Uint8Array>,
  tolerance: number,
  count: number,
): number[] {
  const found: number[] = [];
  const scores: number[] = [];
  for (let row = 0; row < slacks.length; row++) {
    const slack = slacks[row];
    if (slack >= 0 || present[row] === 1) continue;
    const norm = norms[row];
    const known = norm === norm;
    if (known && slack >= -tolerance * (norm === 0 ? 1 : norm)) continue;
    found.push(row);
    scores.push(known && norm > 0 ? slack / norm : slack);
  }
  const order = found.map((_, position) => position);
  order.sort((a, b) => scores[a] - scores[b] || found[a] - found[b]);
  return order.slice(0, count).map((position) => found[position]);
}

/** Writes one row at unit norm into `out`, notes its norm, and returns its right-hand side at that scale. */
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
