import { createMatrix } from "../../src/numeric/matrix";
import { createNetwork } from "../../src/network/shape";
import type { DenseLayer, Network } from "../../src/network/network";

/** A dense layer from rows of weights. */
export function dense(
  weights: readonly (readonly number[])[],
  bias: readonly number[],
): DenseLayer {
  const columns = weights[0]?.length ?? 0;
  return {
    kind: "dense",
    weights: createMatrix(weights.length, columns, Float64Array.from(weights.flat())),
    bias: Float64Array.from(bias),
  };
}

/** 2 – 2 – 1 with a normalise layer in front. */
export function tinyDense(): Network {
  return createNetwork("tiny", 2, [
    { kind: "normalise", mean: 0.1307, deviation: 0.3081 },
    dense(
      [
        [0.1, -0.2],
        [1.5, 0.30001],
      ],
      [0.3, -0.4],
    ),
    { kind: "relu" },
    dense([[0.7, -1]], [2]),
  ]);
}

/** 1 channel of 2 × 2, a 3 × 3 convolution to 2 channels, pooling, a dense layer. */
export function tinyConvolution(): Network {
  return createNetwork("tiny-conv", 4, [
    {
      kind: "conv2d",
      inChannels: 1,
      outChannels: 2,
      height: 2,
      width: 2,
      kernel: 3,
      stride: 1,
      padding: 1,
      weights: Float64Array.from({ length: 18 }, (_, index) => (index - 9) / 7),
      bias: Float64Array.of(0.1, -0.1),
    },
    { kind: "relu" },
    { kind: "maxPool2d", channels: 2, height: 2, width: 2, window: 2 },
    dense([[1, 1 / 3]], [0.2]),
  ]);
}
