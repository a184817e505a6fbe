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
 * Weights on the 16 values of NF4 (T. Dettmers et al., QLoRA, 2023), quantiles of the normal
 * distribution, times the largest magnitude of those that share a scale: blocks of 64 unless said
 * otherwise. Biases stay.
 */
export interface NormalFloatApproximation {
  readonly kind: "normalFloat";
  readonly granularity: Granularity;
}

/** The values, as their authors print them. */
const LEVELS = [
  -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
  -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725,
  0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941,
  0.7229568362236023, 1.0,
];

const BLOCK: Granularity = "block64";
const NAME = new RegExp(`^nf4(?::(${GRANULARITY}))?$`);

export const normalFloatRules: ApproximationRules<NormalFloatApproximation> = {
  forms: [
    {
      text: "nf4 (16 quantiles of the normal distribution, a scale for 64 weights; also nf4:blockN)",
      names: (size) => ["nf4", `nf4:block${size}`, "nf4:channel", "nf4:tensor"],
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    return { kind: "normalFloat", granularity: readGranularity(found[1] ?? BLOCK, typed) };
  },
  name: ({ granularity }) => `nf4${granularityName(granularity, BLOCK)}`,
  describe: ({ granularity }) =>
    `weights on the 16 values of NF4 times scales, ${oneForEach(granularity)}; biases kept`,
  rounding: (_, { granularity }) =>
    roundWeights((parameter) =>
      mapByScale(parameter, granularity, 1, (value, scale) => scale * nearestLevel(value / scale)),
    ),
  storedBits: (_, { granularity }) => scaledBits(4, granularity),
};

/** Of two that are equally near the lower one. */
function nearestLevel(value: number): number {
  let level = 0;
  while (level < LEVELS.length - 1 && value > (LEVELS[level] + LEVELS[level + 1]) / 2) level++;
  return LEVELS[level];
}
