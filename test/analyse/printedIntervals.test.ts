import { approximate } from "../../src/approximate/approximate";
import { boundErrors } from "../../src/analyse/errorBounds";
import { printedErrorIntervals } from "../../src/analyse/printedIntervals";
import { roundingError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom } from "../../src/numeric/random";
import { createNetwork } from "../../src/network/shape";
import { randomConvolutionalNetwork, randomDenseNetwork } from "../network/randomNetwork";

const layer = (weights: number[], bias: number) =>
  ({
    kind: "dense",
    weights: createMatrix(1, weights.length, Float64Array.from(weights)),
    bias: Float64Array.of(bias),
  }) as const;

describe("printedErrorIntervals", () => {
  test("takes the error of the moved bias, worked by hand with rounding to whole numbers", () => {
    // ξ = 1.4 x + 0.3 on [2, 3]: the moved bias is 3.1, its rounded self 3, so δ = −0.1; ΔW = −0.4
    // on [0, 1].
    const network = createNetwork("hand", 1, [layer([1.4], 0.3), { kind: "relu" }, layer([1], 0)]);
    const rounded = createNetwork("hand", 1, [layer([1], 0), { kind: "relu" }, layer([1], 0)]);
    const box = { lower: Float64Array.of(2), upper: Float64Array.of(3) };
    const [first] = printedErrorIntervals(createTwins(network, rounded), box, Math.round);
    expect(first.lower[0]).toBeCloseTo(-0.1 - 0.4, 12);
    expect(first.upper[0]).toBe(0);
  });

  test("is no bound: the rounded network leaves it, but never the sound intervals", () => {
    let outside = 0;
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed);
      const network = randomDenseNetwork([5, 1], random);
      const twin = approximate(network, { kind: "affine", bits: 3, behaviour: "corrected" });
      const twins = createTwins(network, twin);
      const box = { lower: new Float64Array(5).fill(0.5), upper: new Float64Array(5).fill(1) };
      const [printed] = printedErrorIntervals(twins, box, Math.fround);
      const sound = boundErrors(twins, box).errors[1];
      const [error] = roundingError(twins, box.lower);
      if (error < printed.lower[0] || error > printed.upper[0]) outside++;
      expect(error).toBeGreaterThanOrEqual(sound.lower[0]);
      expect(error).toBeLessThanOrEqual(sound.upper[0]);
    }
    expect(outside).toBeGreaterThan(5);
  });

  test("refuses a convolutional network", () => {
    const network = randomConvolutionalNetwork(createRandom(1));
    const box = { lower: new Float64Array(36), upper: new Float64Array(36).fill(1) };
    expect(() => printedErrorIntervals(createTwins(network, network), box, Math.fround)).toThrow(
      /dense networks only/,
    );
  });
});
