import { affine, convolve } from "../numeric/layerKernels";
import type { Conv2dLayer, DenseLayer } from "../network/network";
import { convolutionSizes, layerInputSize, layerOutputSize } from "../network/shape";

/** A layer with weights: y = W x + b, dense or convolutional. */
export type WeightedLayer = DenseLayer | Conv2dLayer;

export function weightsOf(layer: WeightedLayer): Float64Array {
  return layer.kind === "dense" ? layer.weights.data : layer.weights;
}

/** How many products one output value sums, at most. */
export function termCount(layer: WeightedLayer): number {
  return layer.kind === "dense"
    ? layer.weights.columns
    : layer.inChannels * layer.kernel * layer.kernel;
}

/** The values of W x for other weights W in the layer's form, without a bias. */
export function applyWeights(
  layer: WeightedLayer,
  weights: Readonly<Float64Array>,
  x: Readonly<Float64Array>,
): Float64Array {
  const out = new Float64Array(layerOutputSize(layer, layerInputSize(layer) ?? 0));
  if (layer.kind === "dense") {
    affine(
      weights,
      new Float64Array(out.length),
      layer.weights.rows,
      layer.weights.columns,
      x,
      out,
    );
  } else {
    convolve(convolutionSizes(layer), weights, new Float64Array(layer.outChannels), x, out);
  }
  return out;
}

/** One bias per output value: a convolution's biases spread over its pixels. */
export function spreadBias(layer: WeightedLayer, bias: Readonly<Float64Array>): Float64Array {
  if (layer.kind === "dense") return Float64Array.from(bias);
  const size = layerOutputSize(layer, layerInputSize(layer) ?? 0);
  const perChannel = size / layer.outChannels;
  return Float64Array.from({ length: size }, (_, index) => bias[Math.floor(index / perChannel)]);
}
