import { createRandom } from "../../src/numeric/random";
import { rowOf } from "../../src/numeric/matrix";
import { absoluteError } from "../../src/analyse/roundingError";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { shortcutWeights } from "../../src/analyse/shortcutWeights";
import { createTwins } from "../../src/analyse/twin";
import { isSamePattern } from "../../src/network/activationPattern";
import { evaluate } from "../../src/network/evaluate";
import { patternAt } from "../../src/network/patternAt";
import type { Network } from "../../src/network/network";
import { GRAPHS } from "../network/randomGraph";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

const NETWORKS: readonly [string, (seed: number) => Network][] = [
  ["dense", (seed) => randomDenseNetwork([6, 9, 7, 3], createRandom(seed))],
  [
    "normalised dense",
    (seed) =>
      randomDenseNetwork([6, 9, 3], createRandom(seed), [
        { kind: "normalise", mean: 0.13, deviation: 0.31 },
      ]),
  ],
  ["convolutional", (seed) => randomConvolutionalNetwork(createRandom(seed))],
  ...GRAPHS.map(([name, build]): [string, (seed: number) => Network] => [
    name,
    (seed) => build(createRandom(seed)),
  ]),
];

const dot = (a: Readonly<Float64Array>, b: Readonly<Float64Array>): number =>
  a.reduce((sum, value, index) => sum + value * b[index], 0);

describe.each(NETWORKS)("polytopeAt on a %s network", (_, build) => {
  test("has every row hold at the point itself", () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(1000 + seed);
      const network = build(seed);
      const twins = createTwins(network, perturbed(network, 0.05, random));
      const x = randomPoint(network.inputSize, random);
      const { rows } = polytopeAt(createPolytopeWorkspace(twins), x);
      const slacks = new Float64Array(rows.rowCount);
      rows.slacks(x, slacks);
      expect(Math.min(...slacks)).toBeGreaterThanOrEqual(0);
    }
  });

  test("generates rows that agree with the slacks at any input", () => {
    for (let seed = 0; seed < 5; seed++) {
      const random = createRandom(2000 + seed);
      const network = build(seed);
      const twins = createTwins(network, perturbed(network, 0.05, random));
      const x = randomPoint(network.inputSize, random);
      const { rows } = polytopeAt(createPolytopeWorkspace(twins), x);
      const y = randomPoint(network.inputSize, random);
      const slacks = new Float64Array(rows.rowCount);
      rows.slacks(y, slacks);
      const coefficients = new Float64Array(network.inputSize);
      for (let index = 0; index < rows.rowCount; index++) {
        const bound = rows.row(index, coefficients);
        expect(bound - dot(coefficients, y)).toBeCloseTo(slacks[index], 11);
      }
    }
  });

  test("has an objective that equals E wherever the rows hold, and rows that hold only there", () => {
    let inside = 0;
    let outside = 0;
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(3000 + seed);
      const network = build(seed);
      const twins = createTwins(network, perturbed(network, 0.05, random));
      const x = randomPoint(network.inputSize, random);
      const polytope = polytopeAt(createPolytopeWorkspace(twins), x);
      const slacks = new Float64Array(polytope.rows.rowCount);
      for (let trial = 0; trial < 20; trial++) {
        const step = Math.pow(2, -trial / 2);
        const target = randomPoint(network.inputSize, random);
        const y = x.map((value, index) => value + step * (target[index] - value));
        polytope.rows.slacks(y, slacks);
        const holds = Math.min(...slacks) >= 0;
        const samePatterns =
          isSamePattern(patternAt(twins.network, y), polytope.patterns[0]) &&
          isSamePattern(patternAt(twins.approximated, y), polytope.patterns[1]);
        if (holds) {
          inside++;
          expect(samePatterns).toBe(true);
          expect(dot(polytope.cost, y) + polytope.constant).toBeCloseTo(
            absoluteError(twins, y),
            11,
          );
        } else {
          outside++;
          const exact = evaluate(twins.network, y);
          const altered = evaluate(twins.approximated, y);
          const signsHold = polytope.signs.every((sign, k) => sign * (exact[k] - altered[k]) >= 0);
          expect(samePatterns && signsHold).toBe(false);
        }
      }
    }
    // Both branches must have been tried, or the test says nothing.
    expect(inside).toBeGreaterThan(20);
    expect(outside).toBeGreaterThan(20);
  });
});

describe.each(NETWORKS)("shortcutWeights of a %s network", (_, build) => {
  test("give the network's own output on the polytope", () => {
    for (let seed = 0; seed < 10; seed++) {
      const random = createRandom(4000 + seed);
      const network = build(seed);
      const x = randomPoint(network.inputSize, random);
      const { weights, bias } = shortcutWeights(network, patternAt(network, x));
      evaluate(network, x).forEach((value, row) => {
        expect(dot(rowOf(weights, row), x) + bias[row]).toBeCloseTo(value, 12);
      });
    }
  });
});

describe("shortcutWeights", () => {
  test("refuse a pattern of another architecture", () => {
    const small = randomDenseNetwork([3, 4, 2], createRandom(1));
    const large = randomDenseNetwork([3, 5, 2], createRandom(1));
    const pattern = patternAt(large, new Float64Array(3));
    expect(() => shortcutWeights(small, pattern)).toThrow(/needs 4 switches, the pattern has 5/);
  });
});

describe("createTwins", () => {
  test("refuses networks with other numbers of outputs or inputs", () => {
    const network = randomDenseNetwork([3, 4, 2], createRandom(1));
    expect(() => createTwins(network, randomDenseNetwork([3, 4, 1], createRandom(1)))).toThrow(
      /yields 2 outputs, but its twin random yields 1/,
    );
    expect(() => createTwins(network, randomDenseNetwork([4, 4, 2], createRandom(1)))).toThrow(
      /takes 3 inputs, but its twin random takes 4/,
    );
  });
});
