import { boundErrors } from "../../../src/analyse/errorBounds";
import type { Intervals } from "../../../src/analyse/intervals";
import { createPolytopeWorkspace } from "../../../src/analyse/polytope";
import { absoluteError, roundingError } from "../../../src/analyse/roundingError";
import type { ActivationSource } from "../../../src/analyse/source/activations";
import { evaluateApproximated } from "../../../src/analyse/source/evaluateApproximated";
import { gridError, roundToGrid, type Grid } from "../../../src/analyse/source/grid";
import { createTwins } from "../../../src/analyse/twin";
import { ArgumentError } from "../../../src/errors";
import type { Network } from "../../../src/network/network";
import { createNetwork } from "../../../src/network/shape";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { GRAPHS } from "../../network/randomGraph";
import { perturbed, randomDenseNetwork } from "../../network/randomNetwork";

const COARSE: Grid = { step: 0.25, min: -1, max: 1.5 };
/** 0.1 is no number of binary64: nor are its multiples. */
const TENTHS: Grid = { step: 0.1, min: -0.5, max: 0.1 * 12 };

describe("a grid", () => {
  test("rounds to the nearest, halves to even, and clips", () => {
    const round = (value: number): number => roundToGrid(COARSE, value);
    expect([0.1, 0.125, 0.375, -0.126, 9, -9].map(round)).toEqual([0, 0, 0.5, -0.25, 1.5, -1]);
  });

  test.each([COARSE, TENTHS])("moves values within what gridError encloses: %p", (grid) => {
    const random = createRandom(4);
    for (let trial = 0; trial < 2000; trial++) {
      const from = 6 * random.next() - 3;
      const to = from + random.next() ** 4 * 3;
      const { lower, upper } = gridError(grid, {
        lower: Float64Array.of(from),
        upper: Float64Array.of(to),
      });
      for (const share of [0, 1, random.next(), random.next(), random.next()]) {
        const value = Math.min(to, from + share * (to - from));
        const moved = roundToGrid(grid, value) - value;
        expect(moved).toBeGreaterThanOrEqual(lower[0]);
        expect(moved).toBeLessThanOrEqual(upper[0]);
      }
    }
  });

  test("encloses a value that is known, and one far outside, to its last bits", () => {
    const ends = gridError(COARSE, {
      lower: Float64Array.of(0.3, 5),
      upper: Float64Array.of(0.3, 6),
    });
    [-0.05, -4.5].forEach((value, at) => expect(ends.lower[at]).toBeCloseTo(value, 12));
    [-0.05, -3.5].forEach((value, at) => expect(ends.upper[at]).toBeCloseTo(value, 12));
  });
});

const boxOf = (size: number, random: RandomSource): Intervals => {
  const lower = Float64Array.from({ length: size }, () => random.next() - 0.7);
  return { lower, upper: lower.map((value) => value + random.next()) };
};

const NETWORKS: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["dense", (random) => randomDenseNetwork([4, 6, 5, 3], random)],
  ...GRAPHS,
];

describe.each(NETWORKS)("activations of a %s network, rounded to a grid", (_, build) => {
  test("move its outputs within the bound at every input that is tried", () => {
    for (let seed = 0; seed < 6; seed++) {
      const random = createRandom(40 + seed);
      const network = build(random);
      const grid = seed % 2 === 0 ? COARSE : TENTHS;
      // Every second twin has weights of its own too; of every third all values are rounded.
      const approximated = seed % 2 === 0 ? network : perturbed(network, 0.05, random);
      const values = network.layers.flatMap(({ kind }, layer) =>
        seed % 3 === 0 || kind === "relu" ? [layer + 1] : [],
      );
      const rounded = [0, ...values].map((value) => ({ value, grid }));
      const twins = createTwins(network, approximated, [{ kind: "activations", rounded }]);
      const box = boxOf(network.inputSize, random);
      const { errors, total } = boundErrors(twins, box);
      const { lower, upper } = errors[errors.length - 1];
      for (let trial = 0; trial < 100; trial++) {
        const x = box.lower.map((low, at) => low + random.next() * (box.upper[at] - low));
        roundingError(twins, x).forEach((moved, output) => {
          expect(moved).toBeGreaterThanOrEqual(lower[output]);
          expect(moved).toBeLessThanOrEqual(upper[output]);
        });
        expect(absoluteError(twins, x)).toBeLessThanOrEqual(total);
      }
    }
  });
});

test("rounded activations of a chain of two numbers do what is worked out by hand", () => {
  // y = R(x − 0.3), rounded to quarters up to 0.5; output 2 y.
  const one = (weight: number, bias: number) =>
    ({
      kind: "dense",
      weights: createMatrix(1, 1, Float64Array.of(weight)),
      bias: Float64Array.of(bias),
    }) as const;
  const network = createNetwork("n", 1, [one(1, -0.3), { kind: "relu" }, one(2, 0)]);
  const source: ActivationSource = {
    kind: "activations",
    rounded: [{ value: 2, grid: { step: 0.25, min: 0, max: 0.5 } }],
  };
  const twins = createTwins(network, network, [source]);
  // 0.7 − 0.3 = 0.4 → 0.5; 1 − 0.3 = 0.7 → 0.5 (clipped); 0.2 → 0.
  expect([0.7, 1, 0.2].map((x) => evaluateApproximated(twins, Float64Array.of(x))[0])).toEqual([
    1, 1, 0,
  ]);
  // y ∈ [0, 0.7]: half a step up at most, clipping by 0.2 down: 2 · [−0.2, 0.125].
  const { errors } = boundErrors(twins, {
    lower: Float64Array.of(0),
    upper: Float64Array.of(1),
  });
  expect(errors[3].lower[0]).toBeCloseTo(-0.4, 12);
  expect(errors[3].upper[0]).toBeCloseTo(0.25, 12);
  // The largest error on a fine mesh is what the bound says, here: it is attained at both ends.
  const mesh = Array.from({ length: 100_001 }, (_, k) =>
    roundingError(twins, Float64Array.of(k / 100_000)),
  ).map(([value]) => value);
  expect(Math.min(...mesh)).toBeCloseTo(-0.4, 4);
  expect(Math.max(...mesh)).toBeCloseTo(0.25, 4);
});

describe("twins whose activations are rounded", () => {
  const network = randomDenseNetwork([3, 4, 2], createRandom(8));
  const sourceAt = (value: number, grid = COARSE): ActivationSource => ({
    kind: "activations",
    rounded: [{ value, grid }],
  });

  test("are refused by AppMax, which names the source", () => {
    const twins = createTwins(network, network, [sourceAt(2)]);
    expect(() => createPolytopeWorkspace(twins)).toThrow(
      /needs twins that are affine piece by piece, but random has activations rounded to a grid/,
    );
  });

  test("need a grid, one for each value, of values that there are", () => {
    const make = (source: ActivationSource) => () => createTwins(network, network, [source]);
    expect(make(sourceAt(4))).toThrow(/no value 4 to round; 0 is the input, 1 to 3 what/);
    expect(make(sourceAt(1, { step: 0.3, min: 0, max: 1 }))).toThrow(ArgumentError);
    expect(make(sourceAt(1, { step: 0, min: 0, max: 1 }))).toThrow(/no grid of step 0 from 0 to 1/);
    const twice = [...sourceAt(1).rounded, ...sourceAt(1).rounded];
    expect(make({ kind: "activations", rounded: twice })).toThrow(/given two grids/);
  });
});
