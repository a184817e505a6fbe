import {
  addDouble,
  addProduct,
  createDoubleVector,
  UNDERFLOW,
  type DoubleVector,
} from "../numeric/doubleDouble";

/** Numbers in twice the precision, and the magnitudes that they are sums of. */
export interface Magnified extends DoubleVector {
  readonly magnitude: Float64Array;
}

export function createMagnified(size: number): Magnified {
  return { ...createDoubleVector(size), magnitude: new Float64Array(size) };
}

/** out[to] += form[from] · factor. */
export function addTo(
  out: Magnified,
  to: number,
  form: Magnified,
  from: number,
  factor: number,
): void {
  if (form.magnitude[from] === 0) return;
  addProduct(out, to, form.high[from], form.low[from], factor);
  out.magnitude[to] += form.magnitude[from] * Math.abs(factor) + UNDERFLOW;
}

/** out[to] += form[from]. */
export function move(form: Magnified, from: number, out: Magnified, to: number): void {
  addDouble(out, to, form.high[from], form.low[from]);
  out.magnitude[to] += form.magnitude[from];
}
