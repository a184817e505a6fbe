import { runsOf, type Granularity } from "./granularity";
import { WHOLE, type StoredBits } from "./rules";

/**
 * Stored bits where each weight takes so many, and whatever shares a scale some more beside; biases
 * are kept as they are.
 *
 * @param beside  of each scale, with a zero point where there is one
 */
export function scaledBits(
  bits: number,
  granularity: Granularity,
  beside: number = WHOLE,
): StoredBits {
  return ({ name, values, channels }) =>
    name === "bias"
      ? WHOLE * values.length
      : bits * values.length + beside * runsOf(values.length, channels, granularity).length;
}
