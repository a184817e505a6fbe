import { assertNever } from "../errors";
import { createMatrix } from "../numeric/matrix";
import type { Layer, Network } from "../network/network";

/**
 * The same network with its parameters in shared memory, so that any number of worker threads read
 * one copy. Values are equal bit for bit.
 */
export function shareNetwork(network: Network): Network {
  const layers = network.layers.map((layer): Layer => {
    switch (layer.kind) {
      case "dense": {
        const { rows, columns, data } = layer.weights;
        return {
          ...layer,
          weights: createMatrix(rows, columns, shareValues(data)),
          bias: shareValues(layer.bias),
        };
      }
      case "conv2d":
        return { ...layer, weights: shareValues(layer.weights), bias: shareValues(layer.bias) };
      case "relu":
      case "normalise":
      case "maxPool2d":
        return layer;
      default:
        return assertNever(layer);
    }
  });
  return { ...network, layers };
}

function shareValues(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
