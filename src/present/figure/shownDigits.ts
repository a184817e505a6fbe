/**
 * A value as a figure holds it: digits beyond the eighth are not seen, not even under the pointer,
 * and what is null or not finite is a gap.
 */
export function shownDigits(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? Number(value.toPrecision(8)) : null;
}
