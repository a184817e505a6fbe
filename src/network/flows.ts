import type { Network } from "./network";
import { valueSizes } from "./walk";

/**
 * All that flows through a network: `flows[0]` is the input, `flows[l + 1]` what layer l yields.
 * In a chain the pre-activations of a ReLU layer l therefore stand in `flows[l]`.
 */
export type Flows = readonly Float64Array[];

/** Buffers for one evaluation, to be used again and again. */
export function createFlows(network: Network): Flows {
  return valueSizes(network).map((size) => new Float64Array(size));
}
