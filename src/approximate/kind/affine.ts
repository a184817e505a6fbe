import { ArgumentError } from "../../errors";
import { rulesOf } from "../../network/layer/layer";
import type { Network } from "../../network/network";
import {
  AFFINE_BITS,
  createAffineQuantiser,
  quantise,
  type AffineApproximation,
  type AffineQuantiser,
} from "../affineQuantiser";
import { bitsInWords, bitsWithin } from "./bits";
import { roundEach } from "./roundWeights";
import type { ApproximationRules } from "./rules";

const NAME = /^(paper-|corrected-)?(\d{1,3})$/;

export const affineRules: ApproximationRules<AffineApproximation> = {
  forms: [
    {
      text: "paper-BITS or just BITS (the paper's quantiser, one grid for the whole network, such as 8)",
      names: (bits) => [`paper-${bits}`, bits],
    },
    {
      text: "corrected-BITS (the same, errors within half a step)",
      names: (bits) => [`corrected-${bits}`],
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    const bits = bitsWithin(found[2], AFFINE_BITS, typed);
    return { kind: "affine", bits, behaviour: found[1] === "corrected-" ? "corrected" : "paper" };
  },
  name: ({ behaviour, bits }) => `${behaviour}-${bits}`,
  describe({ behaviour, bits }) {
    const grid = `one grid of ${bitsInWords(bits)} for the whole network`;
    return behaviour === "paper"
      ? `weights and biases by the paper's quantiser, ${grid}`
      : `weights and biases on ${grid}, errors within half a step`;
  },
  rounding(network, approximation) {
    const quantiser = affineQuantiserOf(network, approximation);
    return roundEach((value) => quantise(value, quantiser));
  },
  spacing(network, approximation) {
    const { scale } = affineQuantiserOf(network, approximation);
    return ({ values }) => new Float64Array(values.length).fill(scale);
  },
  storedBits:
    (_, { bits }) =>
    ({ values }) =>
      bits * values.length,
};

/**
 * The one grid that an affine approximation puts all parameters of a network on, biases included.
 *
 * @throws ArgumentError if the network has no parameters, or a parameter is not finite
 */
export function affineQuantiserOf(
  network: Network,
  approximation: AffineApproximation,
): AffineQuantiser {
  let lower = Infinity;
  let upper = -Infinity;
  for (const layer of network.layers) {
    for (const { values, role } of rulesOf(layer).parameters(layer)) {
      if (role === "exact") continue;
      for (let index = 0; index < values.length; index++) {
        const value = values[index];
        if (!Number.isFinite(value)) {
          throw new ArgumentError(
            `network ${network.name} has a parameter ${value}; nothing to round`,
          );
        }
        if (value < lower) lower = value;
        if (value > upper) upper = value;
      }
    }
  }
  if (lower > upper) {
    throw new ArgumentError(`network ${network.name} has no weights to put on a grid`);
  }
  return createAffineQuantiser(lower, upper, approximation);
}
