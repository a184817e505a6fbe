/**
 * Slow, obvious binary16: a table of all finite values >= 0, built by counting, and a search for
 * the nearest. Shares nothing with the code under test.
 */

/**
 * Value of each pattern 0 .. 0x7bff: 1,024 steps per exponent, the first run without hidden bit.
 */
export const HALF_VALUES: readonly number[] = (() => {
  const values: number[] = [];
  let step = 1 / 16777216;
  let value = 0;
  for (let run = 0; run < 31; run++) {
    for (let count = 0; count < 1024; count++) {
      values.push(value);
      value += step;
    }
    if (run > 0) step *= 2;
  }
  return values;
})();

/** The pattern of the nearest value, ties to the even pattern; 0x7c00 stands for infinity. */
export function nearestHalfPattern(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  // Half a unit beyond 65,504 is a tie with the next, 65,536, whose pattern is even: infinity.
  if (magnitude >= 65520) return sign + 0x7c00;
  let low = 0;
  let high = HALF_VALUES.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (HALF_VALUES[middle] <= magnitude) low = middle;
    else high = middle - 1;
  }
  const below = HALF_VALUES[low];
  const above = HALF_VALUES[low + 1] ?? 65536;
  const toBelow = magnitude - below;
  const toAbove = above - magnitude;
  if (toBelow < toAbove) return sign + low;
  if (toAbove < toBelow) return sign + low + 1;
  return sign + (low % 2 === 0 ? low : low + 1);
}
