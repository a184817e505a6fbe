import { appMax } from "../../src/analyse/appMax";
import { boundErrors } from "../../src/analyse/errorBounds";
import { boundIntervals } from "../../src/analyse/intervalBounds";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { ArgumentError, ShapeError } from "../../src/errors";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { evaluate } from "../../src/network/evaluate";
import { createEvaluator } from "../../src/network/evaluateMany";
import type { Layer, Network } from "../../src/network/network";
import { patternAt } from "../../src/network/patternAt";
import { createNetwork } from "../../src/network/shape";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { perturbed, randomConvolutionalNetwork, randomDenseNetwork } from "./randomNetwork";

const random = createRandom(11);
const dense = randomDenseNetwork([16, 20, 12, 3], random);
const convolutional = randomConvolutionalNetwork(random);

/**
 * Two dense layers whose hidden value is 1e308 · (1, 1) · x − 1e308 · x: it overflows at (2, 2).
 */
function overflowing(): Network {
  return createNetwork("large", 2, [
    {
      kind: "dense",
      weights: createMatrix(1, 2, Float64Array.of(1e308, -1e308)),
      bias: new Float64Array(1),
    },
    { kind: "dense", weights: createMatrix(1, 1, Float64Array.of(10)), bias: new Float64Array(1) },
    { kind: "relu" },
    {
      kind: "dense",
      weights: createMatrix(2, 1, Float64Array.of(1, 2)),
      bias: new Float64Array(2),
    },
  ]);
}

describe("an input that is no number", () => {
  const spoil = (size: number, index: number, value: number): Float64Array => {
    const x = new Float64Array(size).fill(0.5);
    x[index] = value;
    return x;
  };
  const doors: readonly [string, (network: Network, x: Float64Array) => unknown][] = [
    ["evaluate", evaluate],
    ["createEvaluator", (network, x) => createEvaluator(network)(x)],
    ["absoluteError", (network, x) => absoluteError(createTwins(network, network), x)],
    ["patternAt", patternAt],
    [
      "polytopeAt",
      (network, x) => polytopeAt(createPolytopeWorkspace(createTwins(network, network)), x),
    ],
    [
      "appMax",
      (network, x) => {
        const workspace = createPolytopeWorkspace(createTwins(network, network));
        return appMax(workspace, x, [createDualSimplexEngine(loadKernels())]);
      },
    ],
  ];
  describe.each(doors)("is refused by %s", (_, open) => {
    test.each([NaN, Infinity, -Infinity])("if it is %p, naming where it stands", (value) => {
      for (const network of [dense, convolutional]) {
        const x = spoil(network.inputSize, 7, value);
        expect(() => open(network, x)).toThrow(ArgumentError);
        expect(() => open(network, x)).toThrow(`value 7 of the point is ${value}`);
      }
    });

    test("as one of another length is", () => {
      expect(() => open(dense, new Float64Array(15))).toThrow(/16 values, the point has 15/);
    });
  });
});

describe("a sum that overflows", () => {
  test.each([
    ["evaluate", evaluate],
    ["createEvaluator", (network: Network, x: Float64Array) => createEvaluator(network)(x)],
    ["patternAt", patternAt],
    [
      "a workspace in plain code",
      (network: Network, x: Float64Array) =>
        polytopeAt(createPolytopeWorkspace(createTwins(network, network)), x),
    ],
    [
      "a workspace in kernels",
      (network: Network, x: Float64Array) =>
        polytopeAt(createPolytopeWorkspace(createTwins(network, network), loadKernels()), x),
    ],
  ])("is refused by %s, though the logits behind it would be finite", (_, open) => {
    // 1e308 · 0.5 is a number, 10 times −5e307 · … is not: −∞ before the ReLU, 0 behind it.
    const x = Float64Array.of(0, 0.5);
    expect(() => open(overflowing(), x)).toThrow(ArgumentError);
    expect(() => open(overflowing(), x)).toThrow(
      /value 0 of layer 2 \(dense\) of network large is -Infinity: a sum overflowed/,
    );
    expect(() => open(overflowing(), Float64Array.of(0, 0.1))).not.toThrow();
  });

  test("is refused as an output, never taken for class 0", () => {
    const network = createNetwork("logits", 1, [
      {
        kind: "dense",
        weights: createMatrix(2, 1, Float64Array.of(1, 1e308)),
        bias: Float64Array.of(0, 1e308),
      },
    ]);
    expect(() => evaluate(network, Float64Array.of(1))).toThrow(
      /output 1 \(dense\) of network logits is Infinity/,
    );
  });

  test("proves nothing: error intervals that are no numbers are refused", () => {
    const twins = createTwins(overflowing(), perturbed(overflowing(), 1e300, createRandom(1)));
    const box = { lower: new Float64Array(2), upper: Float64Array.of(1e300, 1e300) };
    expect(() => boundErrors(twins, box)).toThrow(/overflow binary64, so that nothing is proved/);
  });
});

describe("a box that is none", () => {
  test.each([
    ["NaN", Float64Array.of(0, NaN), /input 1 of the box has ends 0 and NaN/],
    ["Infinity", Float64Array.of(Infinity, 1), /input 0 of the box has ends 0 and Infinity/],
    [
      "an upper end below the lower",
      Float64Array.of(1, -1),
      /input 1 of the box has ends 0 and -1/,
    ],
  ])("is refused wherever a bound is asked for: %s", (_, upper, message) => {
    const network = overflowing();
    const box = { lower: new Float64Array(2), upper };
    expect(() => boundIntervals(network, box)).toThrow(message);
    expect(() => boundErrors(createTwins(network, network), box)).toThrow(message);
  });

  test("as one of another size is", () => {
    const box = { lower: new Float64Array(3), upper: new Float64Array(3) };
    expect(() => boundIntervals(overflowing(), box)).toThrow(ShapeError);
  });
});

describe("a network put together by hand", () => {
  const spoilt = (): Network => ({
    ...dense,
    layers: dense.layers.map((layer, index): Layer => {
      if (layer.kind !== "dense" || index !== 2) return layer;
      const data = layer.weights.data.slice();
      data[23] = NaN;
      return { ...layer, weights: { ...layer.weights, data } };
    }),
  });

  test.each([
    ["createTwins", (network: Network) => createTwins(dense, network)],
    ["createEvaluator", createEvaluator],
    ["approximate", (network: Network) => approximate(network, { kind: "half" })],
    [
      "createNetwork",
      ({ name, inputSize, layers }: Network) => createNetwork(name, inputSize, layers),
    ],
  ])("is refused by %s with a weight that is no number, named by layer and place", (_, open) => {
    expect(() => open(spoilt())).toThrow(ArgumentError);
    expect(() => open(spoilt())).toThrow(
      /weights of layer 3 \(dense\) of network random hold NaN at \[1, 3\]/,
    );
  });
});
