import { rulesOf } from "../network/layer/layer";
import type { Network } from "../network/network";
import { checkNetwork } from "../network/shape";
import { approximationRules, type Approximation } from "./approximation";
import { approximationName } from "./parseApproximation";

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
  const round = approximationRules(approximation).rounding(network, approximation);
  return {
    ...network,
    name: `${network.name} (${approximationName(approximation)})`,
    approximation: approximationName(approximation),
    layers: network.layers.map((layer, index) => {
      const where = `layer ${index + 1} (${layer.kind}) of ${network.name}`;
      return rulesOf(layer).withParameters(layer, (parameter) => {
        const { name, values, role } = parameter;
        if (role === "exact") return values;
        const what = name === "bias" ? "biases" : "weights";
        return round(parameter, { layer: index, where: `${what} of ${where}` });
      });
    }),
  };
}
