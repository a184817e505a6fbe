import type { Flows } from "./flows";
import { switchesOf } from "./layer/applyStep";
import type { Network } from "./network";
import { sourcesOf, stepsOf } from "./walk";

/**
 * Which piece of a piecewise affine network a point lies on: per layer, the piece of each value of
 * an elementwise layer (of a ReLU 1 active, 0 saturated), or the index of each window's winner for
 * a max pooling. Layers that are affine by themselves have none.               (paper, Eq. 20)
 *
 * A neuron is saturated if ξ < 0; at ξ = 0 it counts as active, the paper's U.
 */
export interface ActivationPattern {
  readonly switches: readonly (Uint8Array | Int32Array | undefined)[];
}

/** The pattern of values that `evaluateInto` left behind. */
export function patternOfFlows(network: Network, flows: Flows): ActivationPattern {
  const switches = stepsOf(network).map((step, index) =>
    switchesOf(step, flows[sourcesOf(network, index)[0]]),
  );
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
