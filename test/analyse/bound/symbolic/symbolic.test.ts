import type { Bound, BoundMethod } from "../../../../src/analyse/bound/bound";
import { boundMethodOf } from "../../../../src/analyse/bound/methods";
import { rectifierChord } from "../../../../src/analyse/bound/symbolic/planes";
import type { Intervals } from "../../../../src/analyse/intervals";
import { absoluteError, roundingError } from "../../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../../src/analyse/twin";
import type { Layer, Network } from "../../../../src/network/network";
import { createNetwork } from "../../../../src/network/shape";
import { loadKernels } from "../../../../src/numeric/loadKernels";
import { createMatrix } from "../../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../../src/numeric/random";
import { GRAPHS } from "../../../network/randomGraph";
import { perturbed, randomDenseNetwork } from "../../../network/randomNetwork";

const kernels = loadKernels();
const symbolic: BoundMethod = (twins, box) => boundMethodOf("symbolic")(twins, box, { kernels });
const outputs = ({ differences }: Bound): Intervals => differences[differences.length - 1];

function dense(rows: readonly (readonly number[])[], bias: readonly number[]): Layer {
  const weights = createMatrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
  return { kind: "dense", weights, bias: Float64Array.from(bias) };
}

const chain = (inputs: number, ...layers: Layer[]): Network =>
  createNetwork("by hand", inputs, layers);
const around = (inputs: number, reach: number): Intervals => ({
  lower: new Float64Array(inputs).fill(-reach),
  upper: new Float64Array(inputs).fill(reach),
});

describe("worked by hand", () => {
  const last = dense([[1, 1]], [0]);
  const twins = createTwins(
    chain(1, dense([[1], [-1]], [0, 0.5]), { kind: "relu" }, last),
    chain(1, dense([[1.1], [-1]], [0, 0.4]), { kind: "relu" }, last),
  );

  test("two neurons of one input: forms give −2/15 where intervals do, and 0.1 above", () => {
    const { lower, upper } = outputs(symbolic(twins, around(1, 1)));
    // The true range is [−0.1, 0.1]; Δ_1 + Δ_2 ≥ 0.05 x − 0.05 − 0.1 at x = −1.
    expect(lower[0]).toBeCloseTo(-0.2, 12);
    expect(upper[0]).toBeCloseTo(0.1, 12);
  });

  test("outputs that move against each other are summed by their signs", () => {
    // δ = (z, 1 − z) with z in [−1, 2]: by ends 4, by chords 3, by signs 3, which is attained.
    const ours = chain(1, dense([[0], [0]], [0, 0]));
    const theirs = chain(1, dense([[1], [-1]], [0, 1]));
    const box = { lower: Float64Array.of(-1), upper: Float64Array.of(2) };
    const { total } = symbolic(createTwins(ours, theirs), box);
    expect(total.upper).toBeCloseTo(3, 12);
    expect(total.proof).toBe("real");
  });
});

const boxes = (size: number, random: RandomSource): Intervals => {
  const lower = Float64Array.from({ length: size }, () => random.next() - 0.7);
  return { lower, upper: lower.map((value) => value + random.next()) };
};

/** A uniform point of a box, or with `corners` one of its corners. */
function pointIn(
  { lower, upper }: Intervals,
  random: RandomSource,
  corners: boolean,
): Float64Array {
  const share = (): number => (corners ? random.below(2) : random.next());
  return lower.map((low, input) => low + share() * (upper[input] - low));
}

const randomTwins = (sizes: readonly number[], noise: number, random: RandomSource): Twins => {
  const network = randomDenseNetwork(sizes, random);
  return createTwins(network, perturbed(network, noise, random));
};

describe("a bound over dense chains", () => {
  test.each([0.001, 0.03, 0.3, 3])(
    "is never passed by 6,000 points and corners, with weights moved by %d",
    (noise) => {
      const random = createRandom(noise * 1000);
      for (const sizes of [
        [2, 4, 3, 2],
        [3, 6, 6, 6, 3],
        [5, 9, 4],
      ]) {
        const twins = randomTwins(sizes, noise, random);
        const box = boxes(sizes[0], random);
        const found = symbolic(twins, box);
        const { lower, upper } = outputs(found);
        let passed = 0;
        for (let trial = 0; trial < 2_000; trial++) {
          const x = pointIn(box, random, trial % 2 === 0);
          const error = roundingError(twins, x);
          const isOut = error.some((value, k) => !(value >= lower[k] && value <= upper[k]));
          if (isOut || !(absoluteError(twins, x) <= found.total.upper)) passed++;
        }
        expect(passed).toBe(0);
      }
    },
  );

  test("is never wider than what differences alone prove, at any layer", () => {
    const random = createRandom(8);
    for (let trial = 0; trial < 20; trial++) {
      const twins = randomTwins([4, 8, 8, 3], 0.05, random);
      const box = boxes(4, random);
      const [found, plain] = [symbolic, boundMethodOf("differential")].map((run) =>
        run(twins, box),
      );
      const rounding = 1e-12;
      found.differences.forEach(({ lower, upper }, value) => {
        const wide = plain.differences[value];
        lower.forEach((low, at) => expect(low).toBeGreaterThanOrEqual(wide.lower[at] - rounding));
        upper.forEach((high, at) => expect(high).toBeLessThanOrEqual(wide.upper[at] + rounding));
      });
      expect(found.total.upper).toBeLessThanOrEqual(plain.total.upper * (1 + rounding));
    }
  });

  test("of a network against itself is 0 everywhere, to the bit", () => {
    const random = createRandom(5);
    for (const [, build] of GRAPHS) {
      const network = build(random);
      const found = symbolic(createTwins(network, network), boxes(network.inputSize, random));
      expect(found.total.upper).toBe(0);
      for (const { lower, upper } of found.differences) {
        expect([...lower, ...upper].every((end) => end === 0)).toBe(true);
      }
    }
  });

  test("of networks exchanged is that of the others with its ends exchanged, nearly", () => {
    const random = createRandom(6);
    for (let trial = 0; trial < 5; trial++) {
      const { network, approximated } = randomTwins([3, 6, 2], 0.02, random);
      const box = boxes(3, random);
      const one = outputs(symbolic(createTwins(network, approximated), box));
      const other = outputs(symbolic(createTwins(approximated, network), box));
      // Which planes are taken depends on which network is N.
      const width = (k: number): number => one.upper[k] - one.lower[k];
      one.upper.forEach((high, k) => {
        expect(Math.abs(high + other.lower[k])).toBeLessThanOrEqual(0.25 * width(k));
        expect(Math.abs(one.lower[k] + other.upper[k])).toBeLessThanOrEqual(0.25 * width(k));
      });
    }
  });

  test("over a single point is the difference there", () => {
    const random = createRandom(7);
    const twins = randomTwins([6, 12, 12, 4], 0.05, random);
    const x = pointIn(around(6, 1), random, false);
    const { differences, total } = symbolic(twins, { lower: x, upper: x });
    const error = roundingError(twins, x);
    const { lower, upper } = differences[differences.length - 1];
    error.forEach((value, k) => {
      expect(upper[k] - value).toBeLessThan(1e-12);
      expect(value - lower[k]).toBeLessThan(1e-12);
    });
    expect(total.upper - absoluteError(twins, x)).toBeLessThan(1e-12);
  });

  test("shrinks with its box", () => {
    const random = createRandom(12);
    const twins = randomTwins([5, 10, 10, 3], 0.05, random);
    const totals = [1, 0.5, 0.25, 0.1].map(
      (reach) => symbolic(twins, around(5, reach)).total.upper,
    );
    totals.slice(1).forEach((total, at) => expect(total).toBeLessThan(totals[at]));
  });

  test("of many outputs is found by deciding signs best first", () => {
    const random = createRandom(13);
    const twins = randomTwins([3, 8, 16], 0.05, random);
    const box = boxes(3, random);
    const found = symbolic(twins, box);
    const { lower, upper } = outputs(found);
    const sum = lower.reduce((all, low, k) => all + Math.max(-low, upper[k]), 0);
    expect(found.total.upper).toBeLessThan(sum);
    for (let trial = 0; trial < 5_000; trial++) {
      const x = pointIn(box, random, trial % 2 === 0);
      expect(absoluteError(twins, x)).toBeLessThanOrEqual(found.total.upper);
    }
  });
});

test("a chord of R lies over its ends", () => {
  const random = createRandom(3);
  for (let trial = 0; trial < 1000; trial++) {
    const [a, b] = [-random.next() * 10 ** random.below(8), random.next()];
    const { slope, constant } = rectifierChord(a, b);
    expect(slope * a + constant).toBeGreaterThanOrEqual(0);
    expect(slope * b + constant).toBeGreaterThanOrEqual(b);
  }
});
