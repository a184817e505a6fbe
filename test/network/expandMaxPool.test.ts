import * as fc from "fast-check";
import { ArgumentError } from "../../src/errors";
import { evaluate } from "../../src/network/evaluate";
import { expandMaxPool } from "../../src/network/expandMaxPool";
import type { Layer, Network } from "../../src/network/network";
import { createNetwork, layerOutputSize } from "../../src/network/shape";
import { createRandom } from "../../src/numeric/random";
import { FLOAT64_SUMS } from "../../src/numeric/tolerance";
import { randomConvolutionalNetwork, randomPoint } from "./randomNetwork";

const pooling = (channels: number, height: number, width: number, window: number): Network =>
  createNetwork("pooling", channels * height * width, [
    { kind: "relu" },
    { kind: "maxPool2d", channels, height, width, window },
  ]);

/** Sizes after the layers that have weights. */
function sizesOf({ inputSize, layers }: Network): number[] {
  let size = inputSize;
  return layers.flatMap((layer: Layer) => {
    size = layerOutputSize(layer, size);
    return layer.kind === "conv2d" || layer.kind === "dense" ? [size] : [];
  });
}

describe("expandMaxPool", () => {
  test("gives the largest of every window, exactly where differences are exact", () => {
    const x = Float64Array.from([1, 2, 0, 0, 4, 3, 0, -1, 5, 5, 7, 1, 5, 6, 8, 9]);
    expect(evaluate(expandMaxPool(pooling(1, 4, 4, 2)), x)).toEqual(
      Float64Array.from([4, 0, 6, 9]),
    );
  });

  test("equals the pooling up to rounding, for odd sizes, several channels and windows of 4", () => {
    const shapes = [
      [1, 2, 2, 2],
      [3, 5, 7, 2],
      [2, 9, 8, 4],
    ] as const;
    fc.assert(
      fc.property(fc.constantFrom(...shapes), fc.integer({ min: 1, max: 1e6 }), (shape, seed) => {
        const [channels, height, width, window] = shape;
        const network = pooling(channels, height, width, window);
        const random = createRandom(seed);
        const x = Float64Array.from({ length: network.inputSize }, () => random.normal());
        const plain = evaluate(network, x);
        const expanded = evaluate(expandMaxPool(network), x);
        expect(expanded.length).toBe(plain.length);
        plain.forEach((value, index) => {
          expect(Math.abs(expanded[index] - value)).toBeLessThan(FLOAT64_SUMS);
        });
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  test("keeps the logits of a convolutional network", () => {
    const random = createRandom(6);
    const network = randomConvolutionalNetwork(random);
    const x = randomPoint(36, random);
    const expanded = evaluate(expandMaxPool(network), x);
    evaluate(network, x).forEach((value, output) => {
      expect(Math.abs(expanded[output] - value)).toBeLessThan(FLOAT64_SUMS);
    });
  });

  test("has the sizes that the paper gives for Net2", () => {
    const zeros = (count: number): Float64Array => new Float64Array(count);
    const side = { height: 28, width: 28, kernel: 3, stride: 1, padding: 1 };
    const network = createNetwork("shape of Net2", 784, [
      {
        kind: "conv2d",
        inChannels: 1,
        outChannels: 32,
        ...side,
        weights: zeros(288),
        bias: zeros(32),
      },
      { kind: "relu" },
      {
        kind: "conv2d",
        inChannels: 32,
        outChannels: 64,
        ...side,
        weights: zeros(18432),
        bias: zeros(64),
      },
      { kind: "relu" },
      { kind: "maxPool2d", channels: 64, height: 28, width: 28, window: 2 },
    ]);
    expect([784, ...sizesOf(expandMaxPool(network))]).toEqual([
      784, 25088, 50176, 50176, 25088, 25088, 12544,
    ]);
  });

  test("refuses pooling of values that may be negative, and windows that are not made of pairs", () => {
    const pool = { kind: "maxPool2d", channels: 1, height: 6, width: 6 } as const;
    const bare = createNetwork("bare", 36, [{ ...pool, window: 2 }]);
    expect(() => expandMaxPool(bare)).toThrow(ArgumentError);
    expect(() => expandMaxPool(bare)).toThrow(
      /layer 1 \(maxPool2d\) of network bare follows the input/,
    );
    expect(() => expandMaxPool(pooling(1, 6, 6, 3))).toThrow(/windows of 3 × 3; only powers of 2/);
    expect(() => expandMaxPool(pooling(1, 6, 6, 6))).toThrow(/windows of 3 × 3; only powers of 2/);
  });
});
