import { assertNever } from "../errors";
import type { Flows } from "./flows";
import { poolWinners } from "./maxPool";
import type { Network } from "./network";

/**
 * Which piece of a piecewise affine network a point lies on: per layer, a flag for each neuron of a
 * ReLU layer (1 active, 0 saturated), or the index of each window's winner for a max pooling.
 * Layers that are affine by themselves have none.                               (paper, Eq. 20)
 *
 * A neuron is saturated if ξ < 0; at ξ = 0 it counts as active, the paper's U.
 */
export interface ActivationPattern {
  readonly switches: readonly (Uint8Array | Int32Array | undefined)[];
}

/** The pattern of values that `evaluateInto` left behind. */
export function patternOfFlows(network: Network, flows: Flows): ActivationPattern {
  const switches = network.layers.map((layer, index) => {
    switch (layer.kind) {
      case "maxPool2d":
        return poolWinners(layer, flows[index]);
      case "relu":
        return Uint8Array.from(flows[index], (value) => (value < 0 ? 0 : 1));
      case "dense":
      case "conv2d":
      case "normalise":
        return undefined;
      default:
        return assertNever(layer);
    }
  });
  return { switches };
}

/** Whether two patterns of one network are the same. */
export function isSamePattern(one: ActivationPattern, other: ActivationPattern): boolean {
  return one.switches.every((switches, layer) => {
    const others = other.switches[layer];
    if (switches === undefined || others === undefined) return switches === others;
    return switches.length === others.length && switches.every((flag, i) => flag === others[i]);
  });
}
