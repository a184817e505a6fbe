import { roundToFormat, type BinaryFormat } from "./binaryFormat";

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits; largest value 65,504. */
export const BINARY16: BinaryFormat = {
  name: "binary16",
  precision: 11,
  minExponent: -14,
  maxExponent: 15,
};

/** The nearest binary16 value, ties to even; ±infinity from ±65,520 on. */
export function roundToHalf(value: number): number {
  return roundToFormat(value, BINARY16);
}

/** The 16 bits of the nearest binary16 value; every NaN becomes the quiet 0x7e00. */
export function toHalf(value: number): number {
  const rounded = roundToHalf(value);
  if (Number.isNaN(rounded)) return 0x7e00;
  const sign = rounded < 0 || Object.is(rounded, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(rounded);
  if (magnitude === Infinity) return sign | 0x7c00;
  // Below the smallest normal number, values are multiples of 2^-24.
  if (magnitude < 2 ** -14) return sign | (magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  return sign | ((exponent + 15) << 10) | (magnitude * 2 ** (10 - exponent) - 1024);
}

/** The value of 16 bits read as binary16. */
export function fromHalf(pattern: number): number {
  const sign = pattern & 0x8000 ? -1 : 1;
  const exponent = (pattern >> 10) & 0x1f;
  const fraction = pattern & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
