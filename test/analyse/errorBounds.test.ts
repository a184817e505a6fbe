import { boundErrors } from "../../src/analyse/errorBounds";
import { boundIntervals, type Intervals } from "../../src/analyse/intervalBounds";
import { absoluteError, roundingError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { createMatrix } from "../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import { evaluateInto } from "../../src/network/evaluate";
import { createFlows } from "../../src/network/flows";
import type { Network } from "../../src/network/network";
import { createNetwork } from "../../src/network/shape";
import { largestErrorByEnumeration } from "../reference/enumerateRegions";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
} from "../network/randomNetwork";

const NETWORKS: readonly [string, (seed: number) => Network][] = [
  ["dense", (seed) => randomDenseNetwork([6, 9, 7, 3], createRandom(seed))],
  ["convolutional", (seed) => randomConvolutionalNetwork(createRandom(seed))],
];

/** A box that reaches below zero, where the paper's own (13)–(14) are not sound. */
function randomBox(size: number, random: RandomSource): Intervals {
  const lower = Float64Array.from({ length: size }, () => random.next() - 0.7);
  return { lower, upper: lower.map((value) => value + random.next()) };
}

const pointIn = ({ lower, upper }: Intervals, random: RandomSource): Float64Array =>
  lower.map((value, index) => {
    const share = random.below(4) === 0 ? random.below(2) : random.next();
    return value + share * (upper[index] - value);
  });

const outside = (values: Float64Array, { lower, upper }: Intervals): number =>
  values.filter((value, index) => !(value >= lower[index] && value <= upper[index])).length;

describe.each(NETWORKS)("boundIntervals of a %s network", (_, build) => {
  test("contain everything that flows through it, layer by layer", () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(500 + seed);
      const network = build(seed);
      const box = randomBox(network.inputSize, random);
      const bounds = boundIntervals(network, box);
      const flows = createFlows(network);
      for (let trial = 0; trial < 50; trial++) {
        evaluateInto(network, pointIn(box, random), flows);
        flows.forEach((values, layer) => expect(outside(values, bounds[layer])).toBe(0));
      }
    }
  });
});

describe.each(NETWORKS)("boundErrors of a %s network", (_, build) => {
  test.each(["paper", "exact"] as const)("contain real errors, by the %s rule", (rule) => {
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(600 + seed);
      const network = build(seed);
      const twins = createTwins(network, perturbed(network, 0.05, random));
      const box = randomBox(network.inputSize, random);
      const { errors, total } = boundErrors(twins, box, rule);
      for (let trial = 0; trial < 50; trial++) {
        const x = pointIn(box, random);
        expect(outside(roundingError(twins, x), errors[errors.length - 1])).toBe(0);
        expect(absoluteError(twins, x)).toBeLessThanOrEqual(total);
      }
    }
  });

  test("are never wider by the exact rule than by the paper's", () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(700 + seed);
      const network = build(seed);
      const twins = createTwins(network, perturbed(network, 0.05, random));
      const box = randomBox(network.inputSize, random);
      const exact = boundErrors(twins, box, "exact").total;
      expect(exact).toBeLessThanOrEqual(boundErrors(twins, box, "paper").total * (1 + 1e-12));
    }
  });
});

describe("boundErrors", () => {
  test("lie above the exact largest error over the unit box", () => {
    for (let seed = 0; seed < 4; seed++) {
      const random = createRandom(800 + seed);
      const network = randomDenseNetwork([2, 3, 2], random);
      const twins = createTwins(network, perturbed(network, 0.1, random));
      const box = { lower: new Float64Array(2), upper: new Float64Array(2).fill(1) };
      expect(boundErrors(twins, box).total).toBeGreaterThanOrEqual(
        largestErrorByEnumeration(twins) - 1e-9,
      );
    }
  });

  test("give what a single layer gives by hand", () => {
    // ΔW = (0.5, −0.25), Δb = 0.125 on [−1, 1] × [0, 2]: the error is 0.5 x − 0.25 y + 0.125.
    const layer = (weights: number[], bias: number) =>
      createNetwork("one", 2, [
        {
          kind: "dense",
          weights: createMatrix(1, 2, Float64Array.from(weights)),
          bias: Float64Array.of(bias),
        },
      ]);
    const twins = createTwins(layer([1, 1], 0), layer([1.5, 0.75], 0.125));
    const box = { lower: Float64Array.of(-1, 0), upper: Float64Array.of(1, 2) };
    const { errors, total } = boundErrors(twins, box);
    expect(errors[1].lower[0]).toBeCloseTo(-0.5 - 0.5 + 0.125, 14);
    expect(errors[1].upper[0]).toBeCloseTo(0.5 + 0.125, 14);
    expect(errors[1].lower[0]).toBeLessThanOrEqual(-0.875);
    expect(total).toBeCloseTo(0.875, 14);
  });

  test("are zero for a network against itself", () => {
    const network = randomDenseNetwork([4, 6, 3], createRandom(3));
    const box = { lower: new Float64Array(4), upper: new Float64Array(4).fill(1) };
    // Only the allowance for rounding is left.
    expect(boundErrors(createTwins(network, network), box).total).toBeLessThan(1e-13);
  });

  test("refuse twins of another architecture", () => {
    const random = createRandom(1);
    const one = randomDenseNetwork([4, 6, 3], random);
    const other = randomDenseNetwork([4, 7, 3], random);
    const box = { lower: new Float64Array(4), upper: new Float64Array(4).fill(1) };
    expect(() => boundErrors(createTwins(one, other), box)).toThrow(/one architecture/);
  });
});
