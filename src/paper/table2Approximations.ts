import { TABLE_2_BITS } from "./printed";

/**
 * The approximation of each bit width: 32 bits are the weights as trained, 16 bits are binary16.
 */
export const TABLE_2_APPROXIMATIONS: readonly string[] = TABLE_2_BITS.map((bits) => {
  if (bits === 32) return "none";
  return bits === 16 ? "half" : `paper-${bits}`;
});
