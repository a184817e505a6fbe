import { boundMethodOf } from "../../../src/analyse/bound/methods";
import { shiftedNorm } from "../../../src/analyse/bound/norm/shiftedNorm";
import type { Intervals } from "../../../src/analyse/intervals";
import { absoluteError, roundingError } from "../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import { ArgumentError } from "../../../src/errors";
import { createGemm } from "../../../src/numeric/gemm";
import { loadKernels } from "../../../src/numeric/loadKernels";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
} from "../../network/randomNetwork";

const kernels = loadKernels();
const bound = (name: string, twins: Twins, box: Intervals) =>
  boundMethodOf(name)(twins, box, { kernels });
const unit = (size: number): Intervals => ({
  lower: new Float64Array(size),
  upper: new Float64Array(size).fill(1),
});
const randomTwins = (sizes: readonly number[], noise: number, random: RandomSource): Twins => {
  const network = randomDenseNetwork(sizes, random, [
    { kind: "normalise", mean: 0.3, deviation: 0.5 },
  ]);
  return createTwins(network, perturbed(network, noise, random));
};

describe("bounds by norms", () => {
  test.each([[[3, 5, 2]], [[3, 6, 6, 2]], [[4, 8, 8, 8, 3]]])(
    "are never passed by points and corners of the box: %j",
    (sizes) => {
      for (const noise of [0.001, 0.1, 2]) {
        const random = createRandom(sizes.length + noise);
        const twins = randomTwins(sizes, noise, random);
        const found = bound("norm", twins, unit(sizes[0]));
        const { lower, upper } = found.differences[found.differences.length - 1];
        let passed = 0;
        for (let trial = 0; trial < 1000; trial++) {
          const share = (): number => (trial % 2 === 0 ? random.below(2) : random.next());
          const x = Float64Array.from({ length: sizes[0] }, share);
          const error = roundingError(twins, x);
          const isOut = error.some((value, k) => !(value >= lower[k] && value <= upper[k]));
          if (isOut || !(absoluteError(twins, x) <= found.total.upper)) passed++;
        }
        expect(passed).toBe(0);
      }
    },
  );

  test("are narrower than forms where wide layers may be on any side, and tightest knows", () => {
    const random = createRandom(3);
    const twins = randomTwins([30, 60, 60, 3], 0.01, random);
    const box = { lower: new Float64Array(30).fill(-2), upper: new Float64Array(30).fill(2) };
    const [norm, symbolic, tightest] = ["norm", "symbolic", "tightest"].map(
      (name) => bound(name, twins, box).total.upper,
    );
    expect(norm).toBeLessThan(symbolic);
    expect(tightest).toBeLessThanOrEqual(norm);
  });

  test("of a network against itself are 0", () => {
    const { network } = randomTwins([3, 6, 6, 2], 0.1, createRandom(1));
    expect(bound("norm", createTwins(network, network), unit(3)).total.upper).toBe(0);
  });

  test("refuse what is no dense chain, by its layer; tightest does without them", () => {
    const network = randomConvolutionalNetwork(createRandom(2));
    const twins = createTwins(network, perturbed(network, 0.01, createRandom(3)));
    expect(() => bound("norm", twins, unit(36))).toThrow(ArgumentError);
    expect(() => bound("norm", twins, unit(36))).toThrow(/layer 2 is a conv2d/);
    expect(bound("tightest", twins, unit(36)).method).toBe("tightest");
  });
});

test("a direction that is negative throughout is shifted away", () => {
  expect(
    shiftedNorm(createGemm(kernels), createMatrix(1, 2, Float64Array.of(-1, -1))),
  ).toBeLessThan(1e-6);
});
