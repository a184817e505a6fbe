/**
 * Coefficients, and beside each its count: the sum of the magnitudes of all terms that it is a sum
 * of, each times the number of roundings that lie behind it (see `carryWeights`).
 */
export interface Counted {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

export function createCounted(size: number): Counted {
  return { values: new Float64Array(size), counts: new Float64Array(size) };
}

/** out[to] += form[from] · factor. */
export function addCounted(
  form: Counted,
  from: number,
  out: Counted,
  to: number,
  factor: number,
): void {
  out.values[to] += form.values[from] * factor;
  out.counts[to] += form.counts[from] * Math.abs(factor);
}
