import { assertNever } from "../errors";
import { addTransposedConvolution, addTransposedProduct } from "../numeric/layerKernels";
import type { ActivationPattern } from "../network/activationPattern";
import type { Flows } from "../network/flows";
import type { Layer, Network } from "../network/network";
import { convolutionSizes } from "../network/shape";

/**
 * Carries a linear form on the values `flows[layerCount]` back to the input, along a fixed pattern:
 * the row vector gᵀ W^L D^{L−1} W^{L−1} … D¹ W¹ of shortcut weights, for one g. (paper, Eqs. 23–25)
 *
 * Work is done only where the form is not zero, so a convolutional neuron costs its receptive
 * field.
 *
 * @param layerCount  how many leading layers lie between the input and the values
 * @param gradients   buffers as `createFlows` makes them; gradients[layerCount] holds g and is kept
 * @returns gradients[0], one coefficient per input
 */
export function pullBack(
  network: Network,
  pattern: ActivationPattern,
  layerCount: number,
  gradients: Flows,
): Float64Array {
  for (let index = layerCount - 1; index >= 0; index--) {
    const target = gradients[index];
    target.fill(0);
    pullBackLayer(network.layers[index], pattern.switches[index], gradients[index + 1], target);
  }
  return gradients[0];
}

function pullBackLayer(
  layer: Layer,
  switches: Uint8Array | Int32Array | undefined,
  gradient: Float64Array,
  out: Float64Array,
): void {
  switch (layer.kind) {
    case "dense": {
      const { data, rows, columns } = layer.weights;
      addTransposedProduct(data, rows, columns, gradient, out);
      break;
    }
    case "conv2d":
      addTransposedConvolution(convolutionSizes(layer), layer.weights, gradient, out);
      break;
    case "normalise":
      for (let index = 0; index < out.length; index++)
        out[index] = gradient[index] / layer.deviation;
      break;
    case "relu":
      for (let index = 0; index < out.length; index++) {
        if (switches?.[index] === 1) out[index] = gradient[index];
      }
      break;
    case "maxPool2d":
      for (let index = 0; index < gradient.length; index++) {
        if (switches !== undefined) out[switches[index]] += gradient[index];
      }
      break;
    default:
      assertNever(layer);
  }
}
