import { ArgumentError, assertNever } from "../errors";
import { BFLOAT16 } from "../numeric/bfloat16";
import { createRounder, largestValue, type BinaryFormat } from "../numeric/binaryFormat";
import { BINARY16 } from "../numeric/half";
import { rulesOf } from "../network/layer/layer";
import type { Network } from "../network/network";
import { checkNetwork } from "../network/shape";
import { createAffineQuantiser, quantise, type AffineQuantiser } from "./affineQuantiser";
import type { AffineApproximation, Approximation } from "./approximation";
import { approximationName } from "./parseApproximation";
import { pruneSmallest } from "./pruneSmallest";
import { quantiseSymmetrically } from "./symmetricQuantiser";
import { mapValues } from "../numeric/mapValues";

/**
 * New values for some parameters of a layer that has `channels` outputs; `where` names them for
 * messages.
 */
type Change = (values: Float64Array, where: string, channels: number) => Float64Array;

/**
 * The twin Ñ of a network: equal in shape, its weights and biases approximated (paper, Eq. 4). Only
 * parameters whose role is `rounded` change; what is exact, such as a normalisation, is the same in
 * both networks, and so is the arithmetic. The twin carries the approximation's name, which runs
 * note and check against its weights.
 *
 * @throws ArgumentError if a parameter is not finite or lies beyond the format's largest value, or
 *   an option makes no sense
 */
export function approximate(network: Network, approximation: Approximation): Network {
  checkNetwork(network);
  const { weights, biases } = changesOf(network, approximation);
  return {
    ...network,
    name: `${network.name} (${approximationName(approximation)})`,
    approximation: approximationName(approximation),
    layers: network.layers.map((layer, index) => {
      const where = `layer ${index + 1} (${layer.kind}) of ${network.name}`;
      return rulesOf(layer).withParameters(layer, ({ name, values, channels, role }) => {
        if (role === "exact") return values;
        return name === "bias"
          ? biases(values, `biases of ${where}`, channels)
          : weights(values, `weights of ${where}`, channels);
      });
    }),
  };
}

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

function changesOf(
  network: Network,
  approximation: Approximation,
): { weights: Change; biases: Change } {
  switch (approximation.kind) {
    case "none":
      return both((values) => values.slice());
    case "half":
      return both(rounding(BINARY16));
    case "bfloat16":
      return both(rounding(BFLOAT16));
    case "affine": {
      const quantiser = affineQuantiserOf(network, approximation);
      return both((values) => mapValues(values, (value) => quantise(value, quantiser)));
    }
    case "symmetric":
      return {
        weights: (values, _, channels) => quantiseSymmetrically(values, channels, approximation),
        biases: (values) => values.slice(),
      };
    case "prune": {
      const { percent } = approximation;
      if (!(percent >= 0 && percent <= 100)) {
        throw new ArgumentError(`pruning takes 0 to 100 per cent of the weights, found ${percent}`);
      }
      return {
        weights: (values) => pruneSmallest(values, percent),
        biases: (values) => values.slice(),
      };
    }
    default:
      return assertNever(approximation);
  }
}

function both(change: Change): { weights: Change; biases: Change } {
  return { weights: change, biases: change };
}

/**
 * Rounds to a format and refuses what would become infinite: the twin would have no finite output.
 */
function rounding(format: BinaryFormat): Change {
  const round = createRounder(format);
  return (values, where) => {
    const rounded = new Float64Array(values.length);
    // A plain loop: a callback for each of ten million weights costs more than their rounding.
    for (let index = 0; index < values.length; index++) {
      rounded[index] = round(values[index]);
      if (!Number.isFinite(rounded[index])) {
        throw new ArgumentError(
          `${where}, value ${index}: ${values[index]} cannot be rounded to ${format.name}, whose largest value is ` +
            `${largestValue(format)}; scale the network or choose a format with a wider range`,
        );
      }
    }
    return rounded;
  };
}
