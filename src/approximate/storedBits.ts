import { rulesOf } from "../network/layer/layer";
import type { Network } from "../network/network";
import { approximationRules, type Approximation } from "./approximation";

/**
 * How many bits a network's parameters take when they are stored as an approximation has them: an
 * estimate, for files and hardware pack in ways of their own. What no approximation touches, such
 * as a normalisation, is not counted.
 *
 * @returns bits, layer by layer
 */
export function storedBits(network: Network, approximation: Approximation): number[] {
  const bitsOf = approximationRules(approximation).storedBits(network, approximation);
  return network.layers.map((layer, index) =>
    rulesOf(layer)
      .parameters(layer)
      .filter(({ role }) => role === "rounded")
      .reduce((sum, parameter) => sum + bitsOf(parameter, index), 0),
  );
}
