/*
 * Arithmetic of twice the precision: a number is the exact sum of two binary64 values, high + low,
 * where low is at most half a unit in the last place of high.
 *
 * With u = 2⁻⁵³, a product with a binary64 value and a sum are off by at most 3 u² and 3 u² + 13 u³
 * of what they stand for (Joldes, Muller & Popescu, "Tight and rigorous error bounds for basic
 * building blocks of double-word arithmetic", 2017, Algorithms 8 and 6), unless a product leaves
 * the range of binary64. DOUBLE_ERROR allows twice that for a product and a sum together.
 */

/** What one product and one sum in twice the precision may be off by, relative to magnitudes. */
export const DOUBLE_ERROR = 12 * 2 ** -106;

/**
 * Products smaller than this are not exact in two parts: the parts lie below the smallest normal
 * number. An error analysis counts every magnitude as this much larger, which is far more.
 */
export const UNDERFLOW = 2 ** -900;

/** Magnitudes up to this leave room for the splitting of factors, which multiplies them by 2²⁷. */
export const LARGEST_MAGNITUDE = 2 ** 900;

/** Splits a value into two of 26 bits each (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/** Numbers in twice the precision: `high[i] + low[i]`. */
export interface DoubleVector {
  readonly high: Float64Array;
  readonly low: Float64Array;
}

export function createDoubleVector(size: number): DoubleVector {
  return { high: new Float64Array(size), low: new Float64Array(size) };
}

/** vector[to] += high + low. */
export function addDouble({ high, low }: DoubleVector, to: number, h: number, l: number): void {
  const a = high[to];
  const b = low[to];
  const s = a + h;
  const sv = s - a;
  const se = a - (s - sv) + (h - sv);
  const t = b + l;
  const tv = t - b;
  const te = b - (t - tv) + (l - tv);
  const c = se + t;
  const v = s + c;
  const w = te + (c - (v - s));
  high[to] = v + w;
  low[to] = w - (high[to] - v);
}

/** vector[to] += (h + l) · factor. */
export function addProduct(
  vector: DoubleVector,
  to: number,
  h: number,
  l: number,
  factor: number,
): void {
  const p = h * factor;
  const hs = SPLITTER * h;
  const h1 = hs - (hs - h);
  const h2 = h - h1;
  const fs = SPLITTER * factor;
  const f1 = fs - (fs - factor);
  const f2 = factor - f1;
  const e = h2 * f2 - (p - h1 * f1 - h2 * f1 - h1 * f2) + l * factor;
  const high = p + e;
  addDouble(vector, to, high, e - (high - p));
}

/**
 * out[0 … weights.length) += (h + l) · weights, the inner loop of a pass through a dense layer; the
 * same as `addProduct` value by value, with the factor split once.
 */
export function addScaled(
  out: DoubleVector,
  weights: Readonly<Float64Array>,
  start: number,
  count: number,
  h: number,
  l: number,
): void {
  const { high, low } = out;
  const hs = SPLITTER * h;
  const h1 = hs - (hs - h);
  const h2 = h - h1;
  for (let index = 0; index < count; index++) {
    const factor = weights[start + index];
    const p = h * factor;
    const fs = SPLITTER * factor;
    const f1 = fs - (fs - factor);
    const f2 = factor - f1;
    const e = h2 * f2 - (p - h1 * f1 - h2 * f1 - h1 * f2) + l * factor;
    const ph = p + e;
    const pl = e - (ph - p);
    const a = high[index];
    const b = low[index];
    const s = a + ph;
    const sv = s - a;
    const se = a - (s - sv) + (ph - sv);
    const t = b + pl;
    const tv = t - b;
    const te = b - (t - tv) + (pl - tv);
    const c = se + t;
    const v = s + c;
    const w = te + (c - (v - s));
    const sum = v + w;
    high[index] = sum;
    low[index] = w - (sum - v);
  }
}

/** vector[to] += (h + l) / divisor: a quotient is off by 3 u² too (Algorithm 15). */
export function addQuotient(
  vector: DoubleVector,
  to: number,
  h: number,
  l: number,
  divisor: number,
): void {
  const q = h / divisor;
  const qs = SPLITTER * q;
  const q1 = qs - (qs - q);
  const q2 = q - q1;
  const ds = SPLITTER * divisor;
  const d1 = ds - (ds - divisor);
  const d2 = divisor - d1;
  const p = q * divisor;
  const e = q2 * d2 - (p - q1 * d1 - q2 * d1 - q1 * d2);
  const rest = (h - p - e + l) / divisor;
  const high = q + rest;
  addDouble(vector, to, high, rest - (high - q));
}
