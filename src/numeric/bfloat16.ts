import { roundToFormat, type BinaryFormat } from "./binaryFormat";

/** bfloat16: the upper half of binary32, with 1 sign, 8 exponent and 7 fraction bits. */
export const BFLOAT16: BinaryFormat = {
  name: "bfloat16",
  precision: 8,
  minExponent: -126,
  maxExponent: 127,
};

const bits = new DataView(new ArrayBuffer(4));

/** The nearest bfloat16 value, ties to even. */
export function roundToBfloat16(value: number): number {
  return roundToFormat(value, BFLOAT16);
}

/** The value of 16 bits read as bfloat16. */
export function fromBfloat16(pattern: number): number {
  bits.setUint32(0, (pattern & 0xffff) << 16);
  return bits.getFloat32(0);
}
