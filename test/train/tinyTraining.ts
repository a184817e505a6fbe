import { syntheticImages } from "../../src/dataset/synthetic";
import type { Dataset } from "../../src/dataset/dataset";
import type { LayerRecipe, Recipe } from "../../src/train/recipe";
import { loadTensorflow } from "../../src/train/tensorflow/tensorflow";
import type { TensorFlow } from "../../src/train/tensorflow/tensorflowApi";

/** Images of 6 × 7 pixels, not square, so that exchanged axes show. */
export const IMAGES: Dataset = syntheticImages({ seed: 5, count: 48, rows: 6, columns: 7 });
export const TEST_IMAGES: Dataset = syntheticImages({ seed: 6, count: 20, rows: 6, columns: 7 });

const BASE = {
  mean: 0.25,
  deviation: 0.5,
  epochs: 3,
  batchSize: 10,
  learningRate: 0.01,
  seed: 7,
} as const;

function recipe(name: string, layers: readonly LayerRecipe[]): Recipe {
  return { name, layers, ...BASE };
}

/** 42-12-8-4 with dropout after both hidden layers. */
export const DENSE_RECIPE = recipe("tiny-dense", [
  { kind: "dense", outputs: 12, dropRate: 0.5 },
  { kind: "dense", outputs: 8, dropRate: 0.25 },
  { kind: "dense", outputs: 4, dropRate: 0 },
]);

/** Two convolutions, max pooling, two dense layers: Net2 in small. */
export const CONVOLUTIONAL_RECIPE = recipe("tiny-convolutional", [
  { kind: "conv2d", channels: 3, kernel: 3 },
  { kind: "conv2d", channels: 5, kernel: 3 },
  { kind: "maxPool2d", window: 2 },
  { kind: "dense", outputs: 9, dropRate: 0.5 },
  { kind: "dense", outputs: 4, dropRate: 0 },
]);

/** TensorFlow.js on WebAssembly, whatever else this machine has. */
export async function wasm(): Promise<TensorFlow> {
  const { tf } = await loadTensorflow("wasm");
  await tf.setBackend("wasm");
  return tf;
}

/**
 * Runs the same on plain JavaScript, whose kernels are TensorFlow's own, and goes back to
 * WebAssembly.
 */
export async function onPlainBackend<T>(tf: TensorFlow, work: () => T): Promise<T> {
  const silence = jest.spyOn(console, "warn").mockImplementation(() => undefined);
  await tf.setBackend("cpu");
  try {
    return work();
  } finally {
    await tf.setBackend("wasm");
    silence.mockRestore();
  }
}
