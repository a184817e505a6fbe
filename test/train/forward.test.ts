import type { Rank, Scalar, Tensor, Tensor4D } from "@tensorflow/tfjs-node";
import { pointOf } from "../../src/dataset/dataset";
import { evaluate } from "../../src/network/evaluate";
import { createRandom } from "../../src/numeric/random";
import { FLOAT32_RELATIVE } from "../../src/numeric/tolerance";
import { normalisedInputs, oneHotLabels } from "../../src/train/batches";
import { forward } from "../../src/train/forward";
import { initialParameters, type Parameter } from "../../src/train/parameters";
import type { Recipe } from "../../src/train/recipe";
import type { TensorFlow } from "../../src/train/tensorflow/tensorflowApi";
import { toNetwork } from "../../src/train/toNetwork";
import { inputShapeOf } from "../../src/train/trainingSet";
import { CONVOLUTIONAL_RECIPE, DENSE_RECIPE, IMAGES, onPlainBackend, wasm } from "./tinyTraining";

let tf: TensorFlow;
beforeAll(async () => {
  tf = await wasm();
});

const INDICES = [0, 1, 2, 3, 17];

function batch(recipe: Recipe): Tensor4D {
  const pixels = normalisedInputs(IMAGES, INDICES, recipe.mean, recipe.deviation);
  return tf.tensor4d(pixels, [INDICES.length, IMAGES.rows, IMAGES.columns, 1]);
}

function tensors(parameters: readonly Parameter[]): Tensor[] {
  return parameters.map(({ values, shape }) => tf.tensor(values, [...shape]));
}

function parametersOf(recipe: Recipe): Parameter[] {
  return initialParameters(recipe, inputShapeOf(IMAGES), createRandom(13));
}

describe.each([DENSE_RECIPE, CONVOLUTIONAL_RECIPE])("forward of $name", (recipe) => {
  const parameters = parametersOf(recipe);

  test("and the network made of its parameters yield the same logits", () => {
    const logits = tf.tidy(() =>
      forward(tf, recipe, batch(recipe), tensors(parameters), []).arraySync(),
    );
    const network = toNetwork(recipe, parameters, inputShapeOf(IMAGES));
    INDICES.forEach((index, row) => {
      const exact = evaluate(network, pointOf(IMAGES, index));
      expect(logits[row]).toHaveLength(exact.length);
      exact.forEach((value, output) => {
        // At most 100 terms in each of four layers, of order one.
        expect(Math.abs(logits[row][output] - value)).toBeLessThan(400 * FLOAT32_RELATIVE);
      });
    });
    // Different images, different logits: the comparison above is not one of constants.
    expect(logits[0]).not.toEqual(logits[1]);
  });

  test("is differentiated as TensorFlow's own kernels and finite differences say", async () => {
    const labels = oneHotLabels(IMAGES, INDICES, IMAGES.classCount);
    const loss = (...values: Tensor[]): Scalar => {
      const logits = forward(tf, recipe, batch(recipe), values, []);
      const expected = tf.tensor2d(labels, [INDICES.length, IMAGES.classCount]);
      return tf.losses.softmaxCrossEntropy<typeof logits, Scalar>(expected, logits);
    };
    const gradients = (): Float32Array[] =>
      tf.tidy(() =>
        tf
          .grads(loss)(tensors(parameters))
          .map((g) => g.dataSync() as Float32Array),
      );
    const mine = gradients();
    const plain = await onPlainBackend(tf, gradients);
    mine.forEach((gradient, index) => {
      expect(Math.max(...plain[index].map(Math.abs))).toBeGreaterThan(1e-3);
      gradient.forEach((slope, place) => {
        expect(Math.abs(slope - plain[index][place])).toBeLessThan(1000 * FLOAT32_RELATIVE);
      });
    });
    // Along a random direction, where rounding of the loss (about 2⁻²⁴) over the step 2⁻⁷ is 2⁻¹⁷.
    const random = createRandom(17);
    const direction = parameters.map(({ values }) =>
      values.map(() => (random.next() < 0.5 ? -1 : 1) / Math.sqrt(values.length)),
    );
    const along = (step: number): number =>
      tf.tidy(() => {
        const moved = parameters.map((parameter, index) => ({
          ...parameter,
          values: parameter.values.map((value, place) => value + step * direction[index][place]),
        }));
        return loss(...tensors(moved)).dataSync()[0];
      });
    const step = 2 ** -7;
    const difference = (along(step) - along(-step)) / (2 * step);
    const slope = mine.reduce(
      (sum, gradient, index) =>
        sum + gradient.reduce((inner, g, place) => inner + g * direction[index][place], 0),
      0,
    );
    expect(Math.abs(slope)).toBeGreaterThan(0.01);
    // ReLU and pooling kinks within the step, and the loss's third derivative, remain.
    expect(Math.abs(difference - slope)).toBeLessThan(0.02 * Math.abs(slope) + 2 ** -15);
  });

  test("drops what the masks drop", () => {
    const dropping = recipe.layers.flatMap((layer) =>
      layer.kind === "dense" && layer.dropRate > 0 ? [layer.outputs] : [],
    );
    const dropAll = tf.tidy(() => {
      const masks = dropping.map((outputs) => tf.zeros<Rank.R2>([INDICES.length, outputs]));
      return forward(tf, recipe, batch(recipe), tensors(parameters), masks).dataSync();
    });
    const [lastBias] = parameters.slice(-1);
    dropAll.forEach((value, place) => expect(value).toBe(lastBias.values[place % 4]));
  });
});

describe("toNetwork", () => {
  test("puts PyTorch's layouts: outputs × inputs, out × in × height × width", () => {
    const parameters = parametersOf(CONVOLUTIONAL_RECIPE);
    const network = toNetwork(CONVOLUTIONAL_RECIPE, parameters, inputShapeOf(IMAGES));
    expect(network.layers.map(({ kind }) => kind)).toEqual([
      "normalise",
      "conv2d",
      "relu",
      "conv2d",
      "relu",
      "maxPool2d",
      "dense",
      "relu",
      "dense",
    ]);
    const second = network.layers[3];
    const dense = network.layers[8];
    if (second.kind !== "conv2d" || dense.kind !== "dense") throw new Error("wrong layers");
    // Height 2, width 1, input channel 2, output channel 4 of 3 × 3 × 3 × 5.
    expect(second.weights[((4 * 3 + 2) * 3 + 2) * 3 + 1]).toBe(
      parameters[2].values[((2 * 3 + 1) * 3 + 2) * 5 + 4],
    );
    // Input 6, output 3 of 9 × 4.
    expect(dense.weights.data[3 * 9 + 6]).toBe(parameters[6].values[6 * 4 + 3]);
  });
});
