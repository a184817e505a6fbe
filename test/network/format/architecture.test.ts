import { createRandom } from "../../../src/numeric/random";
import type { Layer } from "../../../src/network/network";
import { plainEvaluate } from "../../reference/plainEvaluate";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FormatError, ShapeError } from "../../../src/errors";
import {
  parseArchitecture,
  type ArchitectureInput,
} from "../../../src/network/format/architecture";
import { evaluate } from "../../../src/network/evaluate";
import { networkFromTensors } from "../../../src/network/format/tensors";
import { loadNetwork } from "../../../src/network/load";
import type { Tensor } from "../../../src/network/format/safetensors";
import { packageRoot } from "../../../src/packageRoot";
import { inDirectory } from "../../dataset/temporary";
import { onnxTensors } from "./onnxTensors";
import { tensorsBytes } from "./safetensorsBytes";

const real = join(packageRoot(), "..", "shared", "networks");
/** Needs the real networks beside the project; where they are not, the test is skipped. */
const withReal = existsSync(real) ? test : test.skip;

const strided: ArchitectureInput = {
  version: 1,
  image: { height: 32, width: 32 },
  normalisation: "none",
  layers: [
    { kind: "conv2d", tensor: "0", stride: 2, padding: 1 },
    { kind: "relu" },
    { kind: "conv2d", tensor: "2", stride: 1, padding: 1 },
    { kind: "relu" },
    { kind: "conv2d", tensor: "4", stride: 1, padding: 1 },
    { kind: "relu" },
    { kind: "conv2d", tensor: "6", stride: 2, padding: 1 },
    { kind: "relu" },
    { kind: "flatten" },
    { kind: "dense", tensor: "9" },
    { kind: "relu" },
    { kind: "dense", tensor: "11" },
  ],
};

const pooled: ArchitectureInput = {
  version: 1,
  image: { height: 28, width: 28 },
  normalisation: "none",
  layers: [
    { kind: "conv2d", tensor: "conv1.0", stride: 1, padding: 0 },
    { kind: "relu" },
    { kind: "maxPool2d", window: 4 },
    { kind: "flatten" },
    { kind: "dense", tensor: "out" },
  ],
};

/** x_i = (i mod 7) / 7 in binary32, the input of the stated outputs. */
const statedInput = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, index) => Math.fround((index % 7) / 7));

describe("an architecture beside real weights", () => {
  withReal.each([
    ["onnx/vnncomp21_oval_cifar_deep_kw.onnx", "strides of 2 and even kernels", strided],
    ["onnx/vnncomp21_Convnet_maxpool.onnx", "windows of 4 that leave a rest", pooled],
  ])("gives the outputs that others compute: %s (%s)", async (file, _, architecture) => {
    const stored = JSON.parse(readFileSync(join(real, "expected.json"), "utf8")) as Record<
      string,
      { numpy: number[] }
    >;
    const bytes = tensorsBytes(onnxTensors(readFileSync(join(real, file))));
    await inDirectory({ "weights.safetensors": bytes }, async (directory) => {
      const path = join(directory, "weights.safetensors");
      const network = await loadNetwork(path, { architecture });
      const logits = evaluate(network, statedInput(network.inputSize));
      stored[file].numpy.forEach((value, output) => expect(logits[output]).toBeCloseTo(value, 9));
      expect(network.assumptions).toBeUndefined();
      // Before, such a file came out as another function: strides of 1 and one pooling.
      await expect(loadNetwork(path, { normalisation: "none" })).rejects.toThrow(
        /a convolution, whose stride and padding, and the pooling behind it, the file does not say/,
      );
    });
  });
});

function tensor(name: string, ...shape: readonly number[]): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return { name, shape, values: new Float64Array(count).fill(0.5) };
}

const weights = [
  tensor("conv1.weight", 2, 1, 3, 3),
  tensor("conv1.bias", 2),
  tensor("fc1.weight", 4, 2 * 2 * 2),
];
const small: ArchitectureInput = {
  version: 1,
  image: { height: 6, width: 6 },
  normalisation: { mean: 0.5, deviation: 0.25 },
  layers: [
    { kind: "conv2d", tensor: "conv1", stride: 1, padding: 0 },
    { kind: "relu" },
    { kind: "maxPool2d", window: 2 },
    { kind: "dense", tensor: "fc1" },
  ],
};
const read = (architecture: unknown, imageSize?: { height: number; width: number }) =>
  networkFromTensors(
    { tensors: weights, metadata: {} },
    { name: "n", architecture: parseArchitecture(architecture, "a.json"), imageSize },
  );

describe("an architecture", () => {
  test("takes its sizes from the tensors, and no bias for zero", () => {
    const network = read(small);
    expect(network).toMatchObject({ inputSize: 36, outputSize: 4 });
    expect(network.layers.map(({ kind }) => kind).join(" ")).toBe(
      "normalise conv2d relu maxPool2d dense",
    );
    expect(network.layers[4]).toMatchObject({ bias: new Float64Array(4) });
  });

  test("may leave the image to an option, but not say another", () => {
    const { image, ...rest } = small;
    expect(read(rest, image)).toEqual(read(small));
    expect(() => read(rest)).toThrow(/how large are the images that conv1 takes\?.*--image HxW/);
    expect(() => read(small, { height: 5, width: 6 })).toThrow(
      /6 × 6 by the architecture, but 5 × 6 by the option/,
    );
  });

  const withLayer = (layer: object, at = 1): unknown => ({
    ...small,
    layers: small.layers.map((old, index) => (index === at ? layer : old)),
  });

  test.each([
    ["tanh", withLayer({ kind: "tanh" }), /layer 2: tanh is no layer here; it is not piecewise/],
    [
      "average pooling by another name",
      withLayer({ kind: "avgPool2d", window: 2 }, 2),
      /avgPool2d is no layer here; it is called averagePool2d; there are dense, .* and flatten/,
    ],
    [
      "batch normalisation by another",
      withLayer({ kind: "batchNorm2d" }),
      /it is called batchNorm/,
    ],
    [
      "a batch norm without its epsilon",
      withLayer({ kind: "batchNorm", tensor: "bn" }),
      /"epsilon"/,
    ],
    [
      "a kind of its own",
      withLayer({ kind: "__proto__" }),
      /layer 2: __proto__ is no layer here; /,
    ],
    [
      "a convolution without a stride",
      withLayer({ kind: "conv2d", tensor: "conv1", padding: 0 }, 0),
      /layer 1: "stride" must be a whole number >= 1, found nothing/,
    ],
    [
      "a convolution without a padding",
      withLayer({ kind: "conv2d", tensor: "conv1", stride: 1 }, 0),
      /layer 1: "padding" must be a whole number >= 0, found nothing/,
    ],
    [
      "a padding of two sides",
      withLayer({ kind: "conv2d", tensor: "conv1", stride: 1, padding: [1, 1] }, 0),
      /"padding" must be a whole number >= 0 or four, top, left, bottom and right, found \[1,1\]/,
    ],
    [
      "an activation in a field that nobody reads",
      withLayer({ kind: "dense", tensor: "fc1", activation: "tanh" }, 3),
      /layer 4: unknown field activation; there are kind, tensor/,
    ],
    ["another version", { ...small, version: 2 }, /expected version 1, found 2/],
    ["no layers", { ...small, layers: [] }, /an architecture needs a layer/],
  ])("refuses what is no part of it, by name: %s", (_, architecture, message) => {
    expect(() => read(architecture)).toThrow(FormatError);
    expect(() => read(architecture)).toThrow(message);
  });

  test.each([
    [
      "another pooling",
      withLayer({ kind: "maxPool2d", window: 4 }, 2),
      /fc1.weight takes 8, but what comes before it yields 2 × 1 × 1 values; are image size/,
    ],
    [
      "a second source of a ReLU",
      withLayer({ kind: "relu", from: [0, 1] }),
      /only add and concat read/,
    ],
    ["a source from behind", withLayer({ kind: "relu", from: [2] }), /reads from 2; expected 0/],
    [
      "a sum of unlike images",
      withLayer({ kind: "add", from: [0, 1] }),
      /adds 1 × 6 × 6 values and 2/,
    ],
    [
      "a window larger than its image",
      withLayer({ kind: "maxPool2d", window: 9 }, 2),
      /nothing would/,
    ],
    [
      "an image smaller than the kernel",
      { ...small, image: { height: 2, width: 6 } },
      /windows of 3 × 3 are larger than the image of 2 × 6/,
    ],
    [
      "a dense layer where a convolution is",
      withLayer({ kind: "dense", tensor: "conv1" }, 0),
      /conv1.weight has shape \[2, 1, 3, 3\], expected 2 dimensions/,
    ],
  ])("refuses sizes that do not fit, naming the layer: %s", (_, architecture, message) => {
    expect(() => read(architecture)).toThrow(ShapeError);
    expect(() => read(architecture)).toThrow(message);
  });

  test("names a tensor that is missing with those there are, and one that is left over", () => {
    expect(() => read(withLayer({ kind: "dense", tensor: "fc9" }, 3))).toThrow(
      /fc9.weight is missing; the file has conv1.weight, fc1.weight/,
    );
    const shorter = { ...small, layers: small.layers.slice(0, 3) };
    expect(() => read(shorter)).toThrow(
      /tensor fc1.weight belongs to no layer of the architecture/,
    );
  });

  test("makes a residual network of a file: strides, groups, averages, batch norms and a skip", () => {
    const random = createRandom(8);
    const drawn = (name: string, ...shape: number[]): Tensor => {
      const { values } = tensor(name, ...shape);
      return { name, shape, values: values.map(() => random.next() + 0.1) };
    };
    const tensors = [
      drawn("stem.weight", 4, 1, 3, 3),
      ...["weight", "bias", "running_mean", "running_var"].map((part) => drawn(`bn.${part}`, 4)),
      drawn("body.weight", 4, 2, 1, 3),
      drawn("body.bias", 4),
      drawn("act.weight", 4),
      drawn("fc.weight", 3, 4),
    ];
    const architecture = parseArchitecture(
      {
        version: 1,
        image: { height: 8, width: 8 },
        normalisation: { mean: 0.5, deviation: 0.25 },
        layers: [
          { kind: "conv2d", tensor: "stem", stride: 2, padding: [1, 1, 0, 0] },
          { kind: "batchNorm", tensor: "bn", epsilon: 1e-5 },
          { kind: "clip", lower: 0, upper: 6 },
          { kind: "conv2d", tensor: "body", stride: 1, padding: [0, 1, 0, 1], groups: 2 },
          { kind: "add", from: [3, 4] },
          { kind: "prelu", tensor: "act" },
          { kind: "globalAveragePool2d" },
          { kind: "flatten" },
          { kind: "dense", tensor: "fc" },
        ],
      },
      "a.json",
    );
    const network = networkFromTensors({ tensors, metadata: {} }, { name: "n", architecture });
    expect(network.layers.map(({ kind }) => kind).join(" ")).toBe(
      "normalise conv2d scale clip conv2d add prelu averagePool2d dense",
    );
    // The normalisation stands in front of all, so that everything is read from one further on.
    expect(network.from?.[5]).toEqual([4, 5]);
    const [gamma, beta, mean, variance] = tensors.slice(1, 5).map(({ values }) => values);
    const factor = gamma[1] / Math.sqrt(variance[1] + 1e-5);
    expect(network.layers[2]).toMatchObject({ channels: 4, pixels: 16, role: "rounded" });
    const scale = network.layers[2] as Extract<Layer, { kind: "scale" }>;
    expect(scale.weights[1]).toBe(factor);
    expect(scale.bias[1]).toBe(beta[1] - factor * mean[1]);
    const x = Array.from({ length: 64 }, () => random.next());
    const expected = plainEvaluate(network, x);
    evaluate(network, Float64Array.from(x)).forEach((value, output) =>
      expect(value).toBeCloseTo(expected[expected.length - 1][output], 10),
    );
  });
});
