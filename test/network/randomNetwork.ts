import { createMatrix } from "../../src/numeric/matrix";
import type { RandomSource } from "../../src/numeric/random";
import { rulesOf } from "../../src/network/layer/layer";
import type { Layer, Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";

/** A chain of dense layers with ReLUs between, of normal weights: small nets for property tests. */
export function randomDenseNetwork(
  sizes: readonly number[],
  random: RandomSource,
  first: readonly Layer[] = [],
): Network {
  const layers: Layer[] = [...first];
  for (let index = 1; index < sizes.length; index++) {
    if (index > 1) layers.push({ kind: "relu" });
    layers.push(randomDense(sizes[index - 1], sizes[index], random));
  }
  return createNetwork("random", sizes[0], layers);
}

/** A small convolutional network: convolution, ReLU, pooling, dense. */
export function randomConvolutionalNetwork(random: RandomSource): Network {
  const values = (count: number): Float64Array =>
    Float64Array.from({ length: count }, () => random.normal());
  return createNetwork("random convolutional", 36, [
    { kind: "normalise", mean: 0.25, deviation: 0.5 },
    {
      kind: "conv2d",
      inChannels: 1,
      outChannels: 2,
      height: 6,
      width: 6,
      kernel: 3,
      stride: 1,
      padding: 1,
      weights: values(18),
      bias: values(2),
    },
    { kind: "relu" },
    { kind: "maxPool2d", channels: 2, height: 6, width: 6, window: 2 },
    randomDense(18, 5, random),
    { kind: "relu" },
    randomDense(5, 3, random),
  ]);
}

function randomDense(inputs: number, outputs: number, random: RandomSource): Layer {
  const scale = 1 / Math.sqrt(inputs);
  const weights = Float64Array.from({ length: inputs * outputs }, () => random.normal() * scale);
  const bias = Float64Array.from({ length: outputs }, () => 0.3 * random.normal());
  return { kind: "dense", weights: createMatrix(outputs, inputs, weights), bias };
}

/** A twin whose weights and biases are moved by normal noise of the given size. */
export function perturbed(network: Network, size: number, random: RandomSource): Network {
  const move = (values: Float64Array): Float64Array =>
    values.map((value) => value + size * random.normal());
  const layers = network.layers.map((layer) =>
    rulesOf(layer).withParameters(layer, ({ values, role }) =>
      role === "rounded" ? move(values) : values,
    ),
  );
  return { ...network, name: `${network.name} (perturbed)`, layers };
}

/** A uniform point of [0, 1]^size. */
export function randomPoint(size: number, random: RandomSource): Float64Array {
  return Float64Array.from({ length: size }, () => random.next());
}
