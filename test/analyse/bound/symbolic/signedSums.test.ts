import { buildModel } from "../../../../src/analyse/bound/symbolic/buildModel";
import { linearOutputs } from "../../../../src/analyse/bound/symbolic/linearRows";
import type { Model } from "../../../../src/analyse/bound/symbolic/model";
import { refineValue } from "../../../../src/analyse/bound/symbolic/refine";
import { boundSignedSums } from "../../../../src/analyse/bound/symbolic/signedSums";
import { boundTotal } from "../../../../src/analyse/bound/symbolic/signs";
import type { Intervals } from "../../../../src/analyse/intervals";
import { roundingError } from "../../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../../src/analyse/twin";
import { createGemm } from "../../../../src/numeric/gemm";
import { loadKernels } from "../../../../src/numeric/loadKernels";
import { createMatrix } from "../../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../../src/numeric/random";
import { GRAPHS } from "../../../network/randomGraph";
import { perturbed, randomDenseNetwork } from "../../../network/randomNetwork";

const gemm = createGemm(loadKernels());
const modelOf = (twins: Twins, box: Intervals): Model => buildModel(twins, box, gemm, refineValue);

function boxOf(size: number, random: RandomSource): Intervals {
  const lower = Float64Array.from({ length: size }, () => random.next() - 0.7);
  return { lower, upper: lower.map((value) => value + random.next()) };
}

/** All outputs open, and what each of their σ · δ is at most. */
function allSums(model: Model): Float64Array {
  const outputs = model.differences[model.differences.length - 1].lower.length;
  const open = Array.from({ length: outputs }, (_, output) => output);
  return boundSignedSums(linearOutputs(model), { open, known: new Int8Array(outputs) });
}

const signed = (error: Float64Array, bits: number): number =>
  error.reduce((sum, value, output) => sum + ((bits >> output) & 1 ? value : -value), 0);

function countPassed(twins: Twins, box: Intervals, random: RandomSource, trials: number): number {
  const sums = allSums(modelOf(twins, box));
  let passed = 0;
  for (let trial = 0; trial < trials; trial++) {
    const share = (): number => (trial % 2 === 0 ? random.below(2) : random.next());
    const x = box.lower.map((low, at) => low + share() * (box.upper[at] - low));
    const error = roundingError(twins, x);
    sums.forEach((most, bits) => (passed += signed(error, bits) <= most ? 0 : 1));
  }
  return passed;
}

describe.each(GRAPHS)("sums of the outputs of a %s network with all signs", (_, build) => {
  test("are never passed by points and corners", () => {
    for (let seed = 0; seed < 4; seed++) {
      const random = createRandom(40 + seed);
      const network = build(random);
      const twins = createTwins(network, perturbed(network, seed === 3 ? 0.5 : 0.02, random));
      expect(countPassed(twins, boxOf(network.inputSize, random), random, 200)).toBe(0);
    }
  });

  test("are 0 for a network against itself, and so is E", () => {
    const random = createRandom(9);
    const network = build(random);
    const model = modelOf(createTwins(network, network), boxOf(network.inputSize, random));
    expect(allSums(model).every((sum) => sum === 0)).toBe(true);
    expect(boundTotal(model)).toBe(0);
  });
});

test("sums hold where activations are rounded too", () => {
  const random = createRandom(31);
  const network = randomDenseNetwork([3, 8, 6, 3], random);
  const rounded = [0, 2].map((value) => ({ value, grid: { step: 0.5, min: -1, max: 1 } }));
  const twins = createTwins(network, perturbed(network, 0.01, random), [
    { kind: "activations", rounded },
  ]);
  expect(countPassed(twins, boxOf(3, random), random, 500)).toBe(0);
});

describe("all signs at once", () => {
  const coefficients = createMatrix(3, 4, Float64Array.of(1, -2, 0.5, 3, 0, 1, 1, -1, 2, 2, 0, 1));
  const rows = {
    constant: Float64Array.of(1, -0.5, 2),
    error: new Float64Array(3),
    parts: [{ coefficients, spread: Float64Array.of(1, 0.5, 0, 2) }],
  };
  const bySum = (signs: readonly number[]): number => {
    const sum = (at: number): number =>
      signs.reduce((all, sign, row) => all + sign * coefficients.data[row * 4 + at], 0);
    const middle = signs.reduce((all, sign, row) => all + sign * rows.constant[row], 0);
    return rows.parts[0].spread.reduce((all, size, at) => all + Math.abs(sum(at)) * size, middle);
  };

  test("are what each gives by itself, with no sign known", () => {
    const found = boundSignedSums(rows, { open: [0, 1, 2], known: new Int8Array(3) });
    expect(found).toHaveLength(8);
    found.forEach((bound, bits) => {
      const signs = [0, 1, 2].map((row) => ((bits >> row) & 1 ? 1 : -1));
      expect(bound).toBeCloseTo(bySum(signs), 12);
    });
  });

  test("are what each gives by itself, with one sign known", () => {
    const found = boundSignedSums(rows, { open: [0, 2], known: Int8Array.of(0, -1, 0) });
    expect(found).toHaveLength(4);
    found.forEach((bound, bits) =>
      expect(bound).toBeCloseTo(bySum([bits & 1 ? 1 : -1, -1, bits & 2 ? 1 : -1]), 12),
    );
  });

  test("are one sum with all signs known", () => {
    const found = boundSignedSums(rows, { open: [], known: Int8Array.of(1, -1, 1) });
    expect(Array.from(found)).toEqual([expect.closeTo(bySum([1, -1, 1]), 12)]);
  });
});
