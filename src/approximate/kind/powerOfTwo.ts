import { ArgumentError } from "../../errors";
import { mapValues } from "../../numeric/mapValues";
import { bitsInWords, bitsWithin } from "./bits";
import { largestMagnitude } from "./granularity";
import { roundWeights } from "./roundWeights";
import { WHOLE, type ApproximationRules } from "./rules";

/**
 * Weights rounded to 0 or ± a power of two, so that products are shifts: as many powers as a sign
 * and the other bits tell apart, from that nearest to the layer's largest weight down. Biases stay.
 */
export interface PowerOfTwoApproximation {
  readonly kind: "powerOfTwo";
  readonly bits: number;
}

const BITS = { smallest: 2, largest: 8 } as const;
const NAME = /^pow2-(\d{1,3})$/;

export const powerOfTwoRules: ApproximationRules<PowerOfTwoApproximation> = {
  forms: [
    {
      text: "pow2-BITS (0 and signed powers of two, such as pow2-4)",
      names: (bits) => [`pow2-${bits}`],
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    return { kind: "powerOfTwo", bits: bitsWithin(found[1], BITS, typed) };
  },
  name: ({ bits }) => `pow2-${bits}`,
  describe: ({ bits }) =>
    `weights rounded to 0 and signed powers of two in ${bitsInWords(bits)}; biases kept`,
  rounding(_, { bits }) {
    if (!Number.isInteger(bits) || bits < BITS.smallest || bits > BITS.largest) {
      throw new ArgumentError(
        `powers of two have ${BITS.smallest} to ${BITS.largest} whole bits, found ${bits}`,
      );
    }
    // A sign, and one code for 0.
    const powers = 2 ** (bits - 1) - 1;
    return roundWeights(({ values }) => {
      const most = nearestPower(largestMagnitude(values, { start: 0, end: values.length }));
      const least = most * 2 ** (1 - powers);
      return mapValues(values, (value) => {
        const magnitude = Math.abs(value);
        if (magnitude <= least / 2) return 0;
        return Math.sign(value) * Math.min(most, Math.max(least, nearestPower(magnitude)));
      });
    });
  },
  storedBits:
    (_, { bits }) =>
    ({ name, values }) =>
      name === "bias" ? WHOLE * values.length : bits * values.length + WHOLE,
};

/** Of two that are equally near the smaller one; 0 for 0. */
function nearestPower(magnitude: number): number {
  if (magnitude === 0) return 0;
  const below = 2 ** Math.floor(Math.log2(magnitude));
  return magnitude > 1.5 * below ? 2 * below : below;
}
