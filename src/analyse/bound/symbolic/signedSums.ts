import { summationError } from "../../../numeric/rounding";
import { withMargin } from "./forms";
import type { LinearPart, LinearRows } from "./linearRows";

/** Rows whose signs are open, and those whose sign is known, -1 or 1, with 0 for the open ones. */
export interface Signs {
  readonly open: readonly number[];
  readonly known: Int8Array;
}

/**
 * Upper bounds of all σ · rows: entry i takes open row number p with sign 1 where bit p of i is
 * set, and with −1 elsewhere. With n open rows that is 2^n additions for each unknown, not n 2^n.
 */
export function boundSignedSums(rows: LinearRows, signs: Signs): Float64Array {
  const { open } = signs;
  const half = halvesOf(signs);
  const count = 1 << half.open.length;
  const wide = new Float64Array(count);
  const scale = rows.parts.reduce((sum, part) => sum + addMagnitudes(part, half, wide), 0);
  const middles = new Float64Array(count);
  writeSigned(rows.constant, 0, 1, half, middles);
  const columns = rows.parts.reduce((sum, { spread }) => sum + spread.length, 0);
  const size = scale + rows.constant.reduce((sum, value) => sum + Math.abs(value), 0);
  const error =
    rows.error.reduce((sum, one) => sum + one, 0) +
    summationError(4 * (columns + rows.constant.length) + 64) * size;
  const margin = withMargin(error);
  if (half.open.length === open.length) return wide.map((sum, i) => sum + middles[i] + margin);
  // The last open row had sign 1: with all signs exchanged only the middle is another.
  const bounds = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    bounds[count + i] = wide[i] + middles[i] + margin;
    bounds[count - 1 - i] = wide[i] - middles[i] + margin;
  }
  return bounds;
}

/** Where no sign is known, half of all are enough: magnitudes are the same for −σ. */
function halvesOf({ open, known }: Signs): Signs {
  if (open.length === 0 || known.some((sign) => sign !== 0)) return { open, known };
  const last = open[open.length - 1];
  return { open: open.slice(0, -1), known: known.map((_, row) => (row === last ? 1 : 0)) };
}

/** wide += |σ · column| spread for every column and σ; returns how large that can be at most. */
function addMagnitudes(
  { coefficients: { rows, columns, data }, spread }: LinearPart,
  signs: Signs,
  wide: Float64Array,
): number {
  const sums = new Float64Array(wide.length);
  let scale = 0;
  for (let column = 0; column < columns; column++) {
    const size = spread[column];
    if (size === 0) continue;
    let most = 0;
    for (let row = 0, at = column; row < rows; row++, at += columns) most += Math.abs(data[at]);
    if (most === 0) continue;
    scale += most * size;
    writeSigned(data, column, columns, signs, sums);
    for (let i = 0; i < sums.length; i++) wide[i] += Math.abs(sums[i]) * size;
  }
  return scale;
}

/** out[i] = σ · numbers for every σ, by doubling; numbers lie `stride` apart. */
function writeSigned(
  numbers: Float64Array,
  first: number,
  stride: number,
  { open, known }: Signs,
  out: Float64Array,
): void {
  let sum = 0;
  for (let row = 0; row < known.length; row++) sum += known[row] * numbers[first + row * stride];
  for (const row of open) sum -= numbers[first + row * stride];
  out[0] = sum;
  for (let bit = 0; bit < open.length; bit++) {
    const twice = 2 * numbers[first + open[bit] * stride];
    const count = 1 << bit;
    for (let i = 0; i < count; i++) out[count + i] = out[i] + twice;
  }
}
