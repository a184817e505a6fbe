/** The unit roundoff of binary64: half the distance from 1 to the next number. */
export const UNIT_ROUNDOFF = 2 ** -53;

/**
 * γ_K, the relative error bound of a sum of `count` rounded products, itself rounded upwards.
 * (Higham)
 */
export function summationError(count: number): number {
  const product = count * UNIT_ROUNDOFF;
  return (product / (1 - product)) * (1 + 4 * UNIT_ROUNDOFF);
}
