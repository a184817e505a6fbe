import { createTwins, type Twins } from "../../src/analyse/twin";
import { loadScipy, type FoundScipy } from "../../src/experiment/loadScipy";
import { benchmarkSolvers, median } from "../../src/experiment/solverBenchmark";
import type { Network } from "../../src/network/network";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom, type RandomSource } from "../../src/numeric/random";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../network/randomNetwork";

const POINTS = 20;

const NETWORKS: readonly [string, (random: RandomSource) => Network][] = [
  ["dense", (random) => randomDenseNetwork([40, 60, 30, 5], random)],
  ["convolutional", randomConvolutionalNetwork],
];

/**
 * SciPy is no dependency: where python3 lacks it, what depends on it says so and is passed over.
 */
let found: FoundScipy;

beforeAll(async () => {
  found = await loadScipy();
  if (found.kind === "missing") console.warn(`SciPy is not compared with: ${found.reason}`);
});

async function compare(twins: Twins, random: RandomSource): Promise<void> {
  let clock = 0;
  const result = await benchmarkSolvers({
    twins,
    approximation: "perturbed",
    points: Array.from({ length: POINTS }, (_, index) => ({
      index,
      x: randomPoint(twins.network.inputSize, random),
    })),
    createKernels: loadKernels,
    scipy: found.kind === "found" ? found.scipy : undefined,
    scipyMissing: found.kind === "found" ? "" : found.reason,
    now: () => clock++,
  });
  expect(result.perPoint).toHaveLength(POINTS);
  expect(result.perPoint.every(({ status }) => status === "certified")).toBe(true);
  // SciPy's own tolerance of 1e-7 is on programs scaled to order one.
  expect(result.maxRelativeDifference).toBeLessThan(found.kind === "found" ? 1e-6 : 1e-9);
  expect(result.scipy === null).toBe(found.kind === "missing");
  expect(result.scipyMissing === "").toBe(found.kind === "found");
  // Every question to this clock takes one tick.
  expect(result.ours.medianMs).toBe(1);
  expect(result.ratioToHighsLazy).toBe(1);
}

describe.each(NETWORKS)("benchmarkSolvers, on a %s network", (_, build) => {
  test("finds our engine, HiGHS and SciPy to agree on 20 points", async () => {
    const random = createRandom(404);
    const network = build(random);
    await compare(createTwins(network, perturbed(network, 0.05, random)), random);
  }, 120_000);
});

describe("median", () => {
  test("is the middle value, or the mean of the two in the middle", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});
