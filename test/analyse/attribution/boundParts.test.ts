import { attributeBound } from "../../../src/analyse/attribution/boundParts";
import { boundErrors } from "../../../src/analyse/errorBounds";
import type { Intervals } from "../../../src/analyse/intervals";
import type { ActivationSource } from "../../../src/analyse/source/activations";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import type { Layer, Network } from "../../../src/network/network";
import { createNetwork } from "../../../src/network/shape";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom } from "../../../src/numeric/random";
import { perturbed, randomDenseNetwork } from "../../network/randomNetwork";
import { NETWORKS } from "./networks";

const boxOf = (size: number): Intervals => ({
  lower: new Float64Array(size).fill(0.2),
  upper: new Float64Array(size).fill(0.7),
});

/** Parts of one end of an output by value and source, in the order of the parts. */
function partsOf(twins: Twins, box: Intervals, output: number, end: "lower" | "upper") {
  const { parts, forms } = attributeBound(twins, box);
  const form = forms(output, end);
  return parts.map(({ value, source, local }) => ({
    value,
    source,
    part: local.lower.reduce(
      (sum, low, at) => sum + low * form[value].lower[at] + local.upper[at] * form[value].upper[at],
      0,
    ),
  }));
}

describe.each(NETWORKS)("attributeBound of a %s network", (_, build) => {
  test.each([1e-3, 0.3])(
    "adds up to both ends of the bound of each output, moved by %d",
    (size) => {
      const network = build(createRandom(1));
      const grid = { step: 2 ** -5, min: -1, max: 2 };
      const source: ActivationSource = { kind: "activations", rounded: [{ value: 1, grid }] };
      const noisy = perturbed(network, size, createRandom(2));
      for (const sources of [[], [source]]) {
        const twins = createTwins(network, noisy, sources);
        const box = boxOf(network.inputSize);
        const { errors } = boundErrors(twins, box);
        const ends = errors[errors.length - 1];
        for (let output = 0; output < network.outputSize; output++) {
          for (const end of ["lower", "upper"] as const) {
            const found = partsOf(twins, box, output, end);
            const sum = found.reduce((total, { part }) => total + part, 0);
            const scale = found.reduce((total, { part }) => total + Math.abs(part), 0);
            expect(Math.abs(sum - ends[end][output])).toBeLessThanOrEqual(1e-12 * scale);
            // What is allowed for rounding is little, and never makes a bound narrower.
            const rounding = found.filter((one) => one.source === "rounding");
            for (const { part } of rounding) expect(Math.abs(part)).toBeLessThan(1e-11 * scale);
          }
        }
      }
    },
  );

  test("gives all but rounding to the one layer that differs", () => {
    const network = build(createRandom(3));
    const noisy = perturbed(network, 0.3, createRandom(4));
    network.layers.forEach((_layer, blamed) => {
      const layers = network.layers.map((one, at) => (at === blamed ? noisy.layers[at] : one));
      const twins = createTwins(network, { ...network, layers });
      for (const { value, source, part } of partsOf(twins, boxOf(network.inputSize), 0, "upper")) {
        if (source === "weights" && value !== blamed + 1) expect(part).toBe(0);
      }
    });
  });
});

test("without activations a part is the bound of the layer alone", () => {
  // N up to a layer and Ñ behind it, against Ñ from that layer on: one layer differs.
  const random = createRandom(6);
  const layersOf = (network: Network): Layer[] =>
    network.layers.filter(({ kind }) => kind === "dense");
  const affine = createNetwork("affine", 3, layersOf(randomDenseNetwork([3, 5, 4, 2], random)));
  const noisy = perturbed(affine, 0.1, random);
  const box = boxOf(3);
  for (const end of ["lower", "upper"] as const) {
    const found = partsOf(createTwins(affine, noisy), box, 1, end);
    affine.layers.forEach((_, layer) => {
      const mixed = (from: number): Network => ({
        ...affine,
        layers: affine.layers.map((one, at) => (at >= from ? noisy.layers[at] : one)),
      });
      const { errors } = boundErrors(createTwins(mixed(layer + 1), mixed(layer)), box);
      const own = found.find(({ value, source }) => value === layer + 1 && source === "weights");
      expect(own?.part).toBeCloseTo(errors[3][end][1], 12);
    });
  }
});

test("a part is split in the share that came through, as worked out by hand", () => {
  // y = R(x₁ + x₂ − 5/2) is 0 on [0, 1]². Ñ has R(5/4 x₁ + x₂ − 7/4) there, and 3 y behind.
  const dense = (weights: number[], bias: number): Layer => ({
    kind: "dense",
    weights: createMatrix(1, weights.length, Float64Array.from(weights)),
    bias: Float64Array.of(bias),
  });
  const relu: Layer = { kind: "relu" };
  const network = createNetwork("n", 2, [dense([1, 1], -2.5), relu, dense([2], 0)]);
  const twin = createNetwork("n~", 2, [dense([1.25, 1], -1.75), relu, dense([3], 0)]);
  const box = { lower: new Float64Array(2), upper: new Float64Array(2).fill(1) };
  // Sums differ by [0.75, 1]; ξ ≤ −0.5, so at most 0.5 of the 1 comes through, three times.
  const parts = partsOf(createTwins(network, twin), box, 0, "upper");
  const own = (value: number) =>
    parts.filter((one) => one.value === value && one.source === "weights").map(({ part }) => part);
  expect(own(1)[0]).toBeCloseTo(1.5, 12);
  // N's y is 0 there: the last weight has nothing to act on.
  expect(own(3)[0]).toBeCloseTo(0, 12);
});
