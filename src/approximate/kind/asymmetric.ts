import { createAffineQuantiser, quantise, type AffineQuantiser } from "../affineQuantiser";
import { SYMMETRIC_BITS } from "../symmetricQuantiser";
import type { Parameter } from "../../network/layer/layerRules";
import { bitsInWords, bitsWithin } from "./bits";
import { GRANULARITY, oneForEach, readGranularity, runsOf, type Granularity } from "./granularity";
import { scaledBits } from "./scaledBits";
import { roundWeights } from "./roundWeights";
import { WHOLE, type ApproximationRules } from "./rules";

/**
 * Weights on grids of 2^bits values from the smallest to the largest of those that share one, with
 * a zero point, so that 0 stays 0: what the field calls affine or asymmetric; biases stay.
 */
export interface AsymmetricApproximation {
  readonly kind: "asymmetric";
  readonly bits: number;
  readonly granularity: Granularity;
}

const NAME = new RegExp(`^int(\\d{1,3}):(${GRANULARITY}):affine$`);

export const asymmetricRules: ApproximationRules<AsymmetricApproximation> = {
  forms: [
    {
      text: "intBITS:tensor:affine (with a zero point each; likewise :channel:affine, :blockN:affine)",
      names: (bits) =>
        ["tensor", "channel", "block32"].map((granularity) => `int${bits}:${granularity}:affine`),
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    const bits = bitsWithin(found[1], SYMMETRIC_BITS, typed);
    return { kind: "asymmetric", bits, granularity: readGranularity(found[2], typed) };
  },
  name: ({ bits, granularity }) => `int${bits}:${granularity}:affine`,
  describe: ({ bits, granularity }) =>
    `weights on grids of ${bitsInWords(bits)} with a zero point, ${oneForEach(granularity)}; biases kept`,
  rounding: (_, approximation) =>
    roundWeights((parameter) => byGrid(parameter, approximation, quantise)),
  spacing: (_, approximation) => (parameter) =>
    parameter.name === "bias"
      ? undefined
      : byGrid(parameter, approximation, (_value, { scale }) => scale),
  storedBits: (_, { bits, granularity }) => scaledBits(bits, granularity, 2 * WHOLE),
};

/** What `change` makes of each weight and its grid. */
function byGrid(
  { values, channels }: Parameter,
  { bits, granularity }: AsymmetricApproximation,
  change: (value: number, grid: AffineQuantiser) => number,
): Float64Array {
  const changed = new Float64Array(values.length);
  for (const { start, end } of runsOf(values.length, channels, granularity)) {
    const run = values.subarray(start, end);
    const [lower, upper] = run.reduce(
      ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
      [Infinity, -Infinity],
    );
    const grid = createAffineQuantiser(lower, upper, {
      kind: "affine",
      bits,
      behaviour: "corrected",
    });
    for (let index = start; index < end; index++) changed[index] = change(values[index], grid);
  }
  return changed;
}
