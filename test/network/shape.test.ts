import { ArgumentError, ShapeError } from "../../src/errors";
import type { SquareConvolution } from "../../src/network/layer/conv2d";
import type { Layer, MaxPool2dLayer } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { createMatrix } from "../../src/numeric/matrix";

function convolution(changed: Partial<SquareConvolution>): SquareConvolution {
  const sizes = {
    inChannels: 1,
    outChannels: 2,
    height: 4,
    width: 6,
    kernel: 3,
    stride: 1,
    padding: 0,
  };
  const { outChannels, inChannels, kernel } = { ...sizes, ...changed };
  const weights = new Float64Array(Math.max(0, outChannels * inChannels * kernel * kernel));
  return { kind: "conv2d", ...sizes, weights, bias: new Float64Array(outChannels), ...changed };
}

const pool = (changed: Partial<MaxPool2dLayer>): MaxPool2dLayer => ({
  kind: "maxPool2d",
  channels: 1,
  height: 4,
  width: 6,
  window: 2,
  ...changed,
});

const build =
  (layer: Layer, inputSize = 24) =>
  () =>
    createNetwork("odd", inputSize, [layer]);

describe("createNetwork", () => {
  test.each<[string, Layer, RegExp]>([
    [
      "a kernel larger than its image",
      convolution({ kernel: 5 }),
      /a kernel of 5 × 5, larger than its image of 4 × 6/,
    ],
    [
      "a window larger than its image",
      pool({ window: 5 }),
      /windows of 5 × 5, larger than its image of 4 × 6/,
    ],
    [
      "a convolution without outputs",
      convolution({ outChannels: 0 }),
      /outChannels must be a whole number >= 1, found 0/,
    ],
    [
      "a stride of nothing",
      convolution({ stride: 0 }),
      /stride must be a whole number >= 1, found 0/,
    ],
    [
      "half a stride",
      convolution({ stride: 0.5 }),
      /stride must be a whole number >= 1, found 0.5/,
    ],
    [
      "a negative padding",
      convolution({ padding: -1 }),
      /padding must be a whole number >= 0, found -1/,
    ],
    [
      "a pooling without windows",
      pool({ window: 0 }),
      /window must be a whole number >= 1, found 0/,
    ],
    [
      "a dense layer without outputs",
      {
        kind: "dense",
        weights: { rows: 0, columns: 24, data: new Float64Array(0) },
        bias: new Float64Array(0),
      },
      /rows must be a whole number >= 1, found 0/,
    ],
    [
      "a matrix of another size than it says",
      {
        kind: "dense",
        weights: { rows: 1, columns: 24, data: new Float64Array(23) },
        bias: new Float64Array(1),
      },
      /of 1 × 24 needs 24 weights, found 23/,
    ],
  ])("refuses %s", (_, layer, message) => {
    expect(build(layer)).toThrow(ShapeError);
    expect(build(layer)).toThrow(message);
  });

  test("takes a kernel that fits its image with the padding alone", () => {
    const layer = convolution({ height: 1, width: 1, kernel: 3, padding: 1 });
    expect(build(layer, 1)().outputSize).toBe(2);
  });

  test.each<[string, Layer, RegExp]>([
    [
      "a bias",
      { kind: "dense", weights: createMatrix(2, 24), bias: Float64Array.of(0, Infinity) },
      /biases of layer 1 \(dense\) of network odd hold Infinity at \[1\]/,
    ],
    [
      "a convolution's weight",
      convolution({ weights: new Float64Array(18).fill(NaN, 12, 13) }),
      /weights of layer 1 \(conv2d\) of network odd hold NaN at \[1, 0, 1, 0\]/,
    ],
    [
      "a deviation",
      { kind: "normalise", mean: 0, deviation: 0 },
      /a finite deviation > 0, found 0 and 0/,
    ],
    ["a mean", { kind: "normalise", mean: NaN, deviation: 1 }, /found NaN and 1/],
  ])("refuses %s that is no number, naming where it stands", (_, layer, message) => {
    expect(build(layer)).toThrow(ArgumentError);
    expect(build(layer)).toThrow(message);
  });

  test("refuses an input of no values, and a network without layers", () => {
    expect(build({ kind: "relu" }, 0)).toThrow(/inputSize must be a whole number >= 1, found 0/);
    expect(() => createNetwork("none", 3, [])).toThrow(/network none has no layers/);
  });

  test("shows a name from outside without its escape sequences", () => {
    expect(() => createNetwork("\u001b[2Jx", 3, [])).toThrow('network "\\u{1b}[2Jx" has no layers');
  });
});
