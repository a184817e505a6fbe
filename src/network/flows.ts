import type { Network } from "./network";
import { layerOutputSize } from "./shape";

/**
 * All that flows through a network: `flows[0]` is the input, `flows[l + 1]` what layer l yields.
 * The pre-activations of a ReLU layer l therefore stand in `flows[l]`.
 */
export type Flows = readonly Float64Array[];

/** Buffers for one evaluation, to be used again and again. */
export function createFlows(network: Network): Flows {
  const flows = [new Float64Array(network.inputSize)];
  let size = network.inputSize;
  for (const layer of network.layers) {
    size = layerOutputSize(layer, size);
    flows.push(new Float64Array(size));
  }
  return flows;
}
