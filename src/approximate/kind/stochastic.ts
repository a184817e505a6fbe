import { createRandom } from "../../numeric/random";
import { checkSymmetricBits, spreadScales, SYMMETRIC_BITS } from "../symmetricQuantiser";
import { bitsInWords, bitsWithin } from "./bits";
import {
  GRANULARITY,
  granularityName,
  oneForEach,
  readGranularity,
  type Granularity,
  mapByScale,
} from "./granularity";
import { scaledBits } from "./scaledBits";
import { roundWeights } from "./roundWeights";
import type { ApproximationRules } from "./rules";

/**
 * Weights on symmetric grids, each rounded up or down by chance, the nearer neighbour being the
 * more likely, so that the mean over all seeds is the weight itself; errors are below a whole step.
 * Biases stay.
 */
export interface StochasticApproximation {
  readonly kind: "stochastic";
  readonly bits: number;
  readonly granularity: Granularity;
  readonly seed: number;
}

const NAME = new RegExp(`^int(\\d{1,3})(?::(${GRANULARITY}))?:stochastic-(\\d{1,9})$`);

export const stochasticRules: ApproximationRules<StochasticApproximation> = {
  forms: [
    {
      text: "intBITS:stochastic-SEED (rounded up or down by chance; also intBITS:channel:stochastic-SEED)",
      names: (bits) => [
        `int${bits}:stochastic-1`,
        `int8:stochastic-${bits}`,
        `int${bits}:channel:stochastic-1`,
      ],
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    const bits = bitsWithin(found[1], SYMMETRIC_BITS, typed);
    const granularity = readGranularity(found[2], typed);
    return { kind: "stochastic", bits, granularity, seed: Number(found[3]) };
  },
  name: ({ bits, granularity, seed }) =>
    `int${bits}${granularityName(granularity)}:stochastic-${seed}`,
  describe: ({ bits, granularity, seed }) =>
    `weights rounded by chance (seed ${seed}) on symmetric grids of ${bitsInWords(bits)}, ` +
    `${oneForEach(granularity)}; biases kept`,
  rounding(_, { bits, granularity, seed }) {
    checkSymmetricBits(bits);
    const highest = 2 ** (bits - 1) - 1;
    return roundWeights((parameter, { layer }) => {
      // Each layer has a stream of its own, so that none depends on the sizes of others.
      const random = createRandom(seed + 1_000_003 * layer);
      return mapByScale(parameter, granularity, highest, (value, scale) => {
        const steps = value / scale;
        const below = Math.floor(steps);
        const q = below + (random.next() < steps - below ? 1 : 0);
        // A quotient that rounds to more than Q in binary64 still belongs to Q.
        return scale * Math.min(highest, Math.max(-highest, q));
      });
    });
  },
  spacing:
    (_, approximation) =>
    ({ name, values, channels }) =>
      name === "bias" ? undefined : spreadScales(values, channels, approximation),
  storedBits: (_, { bits, granularity }) => scaledBits(bits, granularity),
};
