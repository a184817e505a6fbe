import {
  quantiseSymmetrically,
  spreadScales,
  SYMMETRIC_BITS,
  type SymmetricApproximation,
} from "../symmetricQuantiser";
import { bitsInWords, bitsWithin } from "./bits";
import { GRANULARITY, granularityName, oneForEach, readGranularity } from "./granularity";
import { scaledBits } from "./scaledBits";
import { roundWeights } from "./roundWeights";
import type { ApproximationRules } from "./rules";

const NAME = new RegExp(`^int(\\d{1,3})(?::(${GRANULARITY}))?$`);

export const symmetricRules: ApproximationRules<SymmetricApproximation> = {
  forms: [
    {
      text: "intBITS (symmetric, one grid per layer, biases kept, such as int8)",
      names: (bits) => [`int${bits}`, `int${bits}:tensor`],
    },
    { text: "intBITS:channel (one grid per output)", names: (bits) => [`int${bits}:channel`] },
    {
      text: "intBITS:blockN (one grid for N weights of an output)",
      names: (bits) => [`int${bits}:block32`, `int4:block${bits}`],
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    const bits = bitsWithin(found[1], SYMMETRIC_BITS, typed);
    return { kind: "symmetric", bits, granularity: readGranularity(found[2], typed) };
  },
  name: ({ bits, granularity }) => `int${bits}${granularityName(granularity)}`,
  describe: ({ bits, granularity }) =>
    `weights on symmetric grids of ${bitsInWords(bits)}, ${oneForEach(granularity)}; biases kept`,
  rounding: (_, approximation) =>
    roundWeights(({ values, channels }) => quantiseSymmetrically(values, channels, approximation)),
  spacing:
    (_, approximation) =>
    ({ name, values, channels }) =>
      name === "bias" ? undefined : spreadScales(values, channels, approximation),
  storedBits: (_, { bits, granularity }) => scaledBits(bits, granularity),
};
