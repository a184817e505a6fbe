import { absoluteError } from "../../../src/analyse/roundingError";
import { createTwins } from "../../../src/analyse/twin";
import { segmentError } from "../../../src/analyse/worst/segmentError";
import type { Network } from "../../../src/network/network";
import { createNetwork } from "../../../src/network/shape";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { GRAPHS } from "../../network/randomGraph";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../../network/randomNetwork";

const kernels = createPlainKernels();

/** x ↦ R(x + bias). */
function hinge(bias: number): Network {
  const dense = (shift: number) => ({
    kind: "dense" as const,
    weights: createMatrix(1, 1, Float64Array.of(1)),
    bias: Float64Array.of(shift),
  });
  return createNetwork("hinge", 1, [dense(bias), { kind: "relu" }, dense(0)]);
}

describe("segmentError(twins, from, to)", () => {
  test("finds what a person does: E rises from 0 to 1/4 between two switches", () => {
    const twins = createTwins(hinge(-0.5), hinge(-0.25));
    const found = segmentError(twins, kernels, Float64Array.of(0), Float64Array.of(1));
    // 0 up to 1/4, then up to 1/4 at 1/2, then 1/4 to the end.
    expect(found).toMatchObject({ value: 0.25, at: 0.5, pieces: 3 });
    expect(found.mean).toBeCloseTo(0.125 * 0.25 + 0.5 * 0.25, 14);
  });

  const networks: readonly (readonly [string, (random: RandomSource) => Network])[] = [
    ["dense", (random) => randomDenseNetwork([5, 9, 8, 3], random)],
    ["convolutional", randomConvolutionalNetwork],
    ...GRAPHS,
  ];

  test.each(networks)("is on %s twins what a fine mesh comes to, and nowhere less", (_, build) => {
    for (const seed of [0, 1]) {
      const network = build(createRandom(seed));
      const twins = createTwins(network, perturbed(network, 0.1, createRandom(50 + seed)));
      const [from, to] = [1, 2].map((k) =>
        randomPoint(network.inputSize, createRandom(10 * seed + k)).map((value) => 3 * value - 1),
      );
      const found = segmentError(twins, kernels, from, to);
      expect(absoluteError(twins, found.witness)).toBe(found.value);
      const count = 600;
      const mesh = Array.from({ length: count + 1 }, (__, k) =>
        absoluteError(
          twins,
          from.map((value, i) => value + (k / count) * (to[i] - value)),
        ),
      );
      const most = Math.max(...mesh);
      expect(found.value).toBeGreaterThanOrEqual(most * (1 - 1e-12));
      expect(found.value).toBeLessThan(most * 1.02);
      const mean = mesh.reduce((sum, value) => sum + value, 0) / mesh.length;
      expect(found.mean / mean).toBeCloseTo(1, 2);
      expect(found.pieces).toBeGreaterThan(1);
    }
  });

  test("is exactly 0 between a network and itself, and E where the way has no length", () => {
    const network = randomDenseNetwork([4, 6, 2], createRandom(1));
    const [x, y] = [2, 3].map((seed) => randomPoint(4, createRandom(seed)));
    expect(segmentError(createTwins(network, network), kernels, x, y)).toMatchObject({
      value: 0,
      mean: 0,
    });
    const twins = createTwins(network, perturbed(network, 0.1, createRandom(4)));
    const found = segmentError(twins, kernels, x, x);
    expect(found.value).toBe(absoluteError(twins, x));
    expect(found.mean).toBeCloseTo(found.value, 12);
  });
});
