import type { BinaryFormat } from "./binaryFormat";

/**
 * The two formats of 8 bits of the Open Compute Project: E4M3, which gives its infinities up for
 * values up to 448, and E5M2, which is binary16 with two fraction bits.
 */
export const FLOAT8: Readonly<Record<"e4m3" | "e5m2", BinaryFormat>> = {
  e4m3: { name: "fp8-e4m3", precision: 4, minExponent: -6, maxExponent: 8, largest: 448 },
  e5m2: { name: "fp8-e5m2", precision: 3, minExponent: -14, maxExponent: 15 },
};
