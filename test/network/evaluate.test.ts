import { ShapeError } from "../../src/errors";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { evaluate } from "../../src/network/evaluate";
import { createNetwork } from "../../src/network/shape";
import { patternAt } from "../../src/network/patternAt";
import { randomPoint } from "./randomNetwork";

const weights = (rows: number, columns: number, values: number[]) =>
  createMatrix(rows, columns, Float64Array.from(values));

describe("evaluate", () => {
  test("computes a two-layer network worked by hand", () => {
    // Hidden: R(x0 − x1) and R(x0 + x1 − 1); output: 2·h0 − 3·h1 + 0.5.
    const network = createNetwork("hand", 2, [
      { kind: "dense", weights: weights(2, 2, [1, -1, 1, 1]), bias: Float64Array.of(0, -1) },
      { kind: "relu" },
      { kind: "dense", weights: weights(1, 2, [2, -3]), bias: Float64Array.of(0.5) },
    ]);
    expect([...evaluate(network, Float64Array.of(0.75, 0.5))]).toEqual([2 * 0.25 - 3 * 0.25 + 0.5]);
    expect([...evaluate(network, Float64Array.of(0.25, 0.5))]).toEqual([0.5]);
  });

  test("normalises before the first layer", () => {
    const network = createNetwork("normalised", 1, [
      { kind: "normalise", mean: 0.5, deviation: 0.25 },
      { kind: "dense", weights: weights(1, 1, [3]), bias: Float64Array.of(1) },
    ]);
    expect(evaluate(network, Float64Array.of(1))[0]).toBe(7);
  });

  test("pads a convolution with zeros and takes strides, as a direct sum over pixels does", () => {
    const random = createRandom(5);
    for (const stride of [1, 2]) {
      const kernelWeights = Float64Array.from({ length: 3 * 2 * 9 }, () => random.normal());
      const bias = Float64Array.from({ length: 3 }, () => random.normal());
      const sizes = { inChannels: 2, outChannels: 3, height: 5, width: 4, kernel: 3, padding: 1 };
      const network = createNetwork("convolution", 40, [
        { kind: "conv2d", ...sizes, stride, weights: kernelWeights, bias },
      ]);
      const x = randomPoint(40, random);
      const outWidth = Math.floor((4 + 2 - 3) / stride) + 1;
      const outHeight = Math.floor((5 + 2 - 3) / stride) + 1;
      const found = evaluate(network, x);
      expect(found).toHaveLength(3 * outHeight * outWidth);
      found.forEach((value, index) => {
        const channel = Math.floor(index / (outHeight * outWidth));
        const row = Math.floor(index / outWidth) % outHeight;
        const column = index % outWidth;
        let sum = bias[channel];
        for (let c = 0; c < 2; c++) {
          for (let ky = 0; ky < 3; ky++) {
            for (let kx = 0; kx < 3; kx++) {
              const py = row * stride + ky - 1;
              const px = column * stride + kx - 1;
              if (py < 0 || py >= 5 || px < 0 || px >= 4) continue;
              sum +=
                kernelWeights[((channel * 2 + c) * 3 + ky) * 3 + kx] * x[(c * 5 + py) * 4 + px];
            }
          }
        }
        expect(value).toBeCloseTo(sum, 12);
      });
    }
  });

  test("takes the largest value of each pooling window", () => {
    const network = createNetwork("pool", 8, [
      { kind: "maxPool2d", channels: 1, height: 2, width: 4, window: 2 },
    ]);
    const x = Float64Array.of(1, 2, 0, 7, 4, 3, 9, 5);
    expect([...evaluate(network, x)]).toEqual([4, 9]);
  });

  test("refuses a point of another length, naming both lengths", () => {
    const network = createNetwork("short", 2, [{ kind: "relu" }]);
    expect(() => evaluate(network, new Float64Array(3))).toThrow(ShapeError);
    expect(() => evaluate(network, new Float64Array(3))).toThrow(/takes 2 values.*has 3/);
  });
});

describe("createNetwork", () => {
  test("names the first layer that does not fit and what it was given", () => {
    const first = {
      kind: "dense",
      weights: createMatrix(4, 2),
      bias: new Float64Array(4),
    } as const;
    const second = {
      kind: "dense",
      weights: createMatrix(1, 5),
      bias: new Float64Array(1),
    } as const;
    expect(() => createNetwork("odd", 2, [first, second])).toThrow(
      /layer 2 \(dense\) of network odd takes 5 values, but layer 1 yields 4/,
    );
  });

  test("refuses a layer whose biases do not match its rows", () => {
    const layer = {
      kind: "dense",
      weights: createMatrix(4, 2),
      bias: new Float64Array(3),
    } as const;
    expect(() => createNetwork("odd", 2, [layer])).toThrow(/4 rows of weights, but 3 biases/);
  });

  test("refuses an empty chain", () => {
    expect(() => createNetwork("empty", 2, [])).toThrow(/no layers/);
  });
});

describe("patternAt", () => {
  test("counts a neuron at exactly zero as active, and a negative one as saturated", () => {
    const network = createNetwork("ties", 3, [{ kind: "relu" }]);
    const pattern = patternAt(network, Float64Array.of(-0.5, 0, 0.5));
    expect([...(pattern.switches[0] ?? [])]).toEqual([0, 1, 1]);
  });
});
