import { ArgumentError } from "../errors";
import { rulesOf } from "../network/layer/layer";
import type { Network } from "../network/network";
import { checkNetwork } from "../network/shape";

/** What `mapWeights` does beside the weights. */
export interface MapWeightsOptions {
  /** What the new network is called; by default its own name with "(mapped)". */
  readonly name?: string;
  /** The new value of a bias; by default biases are kept. */
  readonly biases?: (bias: number, layer: number) => number;
}

/**
 * A network of the same architecture, chain or graph, whose weights are changed one by one: a
 * rounding scheme of one's own. What approximations do not round either, such as a normalisation,
 * is kept.
 *
 * @param change  the new value of a weight; `layer` is its layer's place in `network.layers`
 * @throws ArgumentError naming a weight that becomes no finite number
 * @example
 * const coarse = rl.mapWeights(net1, (w) => Math.round(64 * w) / 64, { name: "net1 (1/64)" });
 */
export function mapWeights(
  network: Network,
  change: (weight: number, layer: number) => number,
  { name, biases = (bias) => bias }: MapWeightsOptions = {},
): Network {
  checkNetwork(network);
  const layers = network.layers.map((layer, index) =>
    rulesOf(layer).withParameters(layer, ({ name: what, values, role }) => {
      if (role === "exact") return values;
      const changed = values.map((value) => (what === "bias" ? biases : change)(value, index));
      const odd = changed.findIndex((value) => !Number.isFinite(value));
      if (odd === -1) return changed;
      throw new ArgumentError(
        `layer ${index + 1} (${layer.kind}) of ${network.name}: the map makes ${changed[odd]} of ` +
          `${values[odd]} (${what}, value ${odd}), expected a finite number`,
      );
    }),
  );
  // The twin's name of an approximation would no longer be true of these weights.
  return { ...network, name: name ?? `${network.name} (mapped)`, approximation: undefined, layers };
}
