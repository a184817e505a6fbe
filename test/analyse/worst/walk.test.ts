import { createPolytopeWorkspace } from "../../../src/analyse/polytope";
import { absoluteError } from "../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import { createAttained } from "../../../src/analyse/worst/attained";
import { pastFacets } from "../../../src/analyse/worst/facets";
import { goalProgram } from "../../../src/analyse/worst/goalProgram";
import { walk, type WalkStep } from "../../../src/analyse/worst/walk";
import { createDualSimplexEngine } from "../../../src/lp/dualSimplex/engine";
import { solveCertified } from "../../../src/lp/solveCertified";
import type { Network } from "../../../src/network/network";
import { isSamePattern } from "../../../src/network/activationPattern";
import { patternAt } from "../../../src/network/patternAt";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { residualNetwork, TINY_GRAPHS } from "../../network/randomGraph";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
  randomPoint,
} from "../../network/randomNetwork";
import { largestErrorAt, largestErrorByEnumeration } from "../../reference/enumerateRegions";

function twinsOf(build: (random: RandomSource) => Network, seed: number, size = 0.1): Twins {
  const network = build(createRandom(seed));
  return createTwins(network, perturbed(network, size, createRandom(100 + seed)));
}

function partsOf(twins: Twins) {
  const workspace = createPolytopeWorkspace(twins);
  const { inputSize } = twins.network;
  const box = { lower: new Float64Array(inputSize), upper: new Float64Array(inputSize).fill(1) };
  const goal = { kind: "error" } as const;
  const attained = createAttained(twins, goal, workspace.sides);
  return { workspace, engines: [createDualSimplexEngine()], goal, box, attained };
}

function walked(twins: Twins, start: Float64Array): WalkStep[] {
  return [...walk(start, { ...partsOf(twins), shouldStop: () => false })];
}

const SMALL: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["dense", (random) => randomDenseNetwork([5, 7, 6, 3], random)],
  ["convolutional", randomConvolutionalNetwork],
  ["residual", residualNetwork],
];

describe("walk(start)", () => {
  test.each(SMALL)("attains at every polytope of %s twins what it says", (_, build) => {
    const twins = twinsOf(build, 1);
    const start = randomPoint(twins.network.inputSize, createRandom(2));
    const steps = walked(twins, start);
    expect(steps[0].value).toBeGreaterThanOrEqual(absoluteError(twins, start));
    for (const { point, value } of steps) expect(absoluteError(twins, point)).toBe(value);
    expect(Math.max(...steps.map(({ value }) => value))).toBeGreaterThan(steps[0].value);
  });

  test("begins with what is largest on the polytope of its start, whatever signs turn there", () => {
    for (let seed = 0; seed < 4; seed++) {
      const twins = twinsOf((random) => randomDenseNetwork([2, 3, 2, 2], random), seed);
      const start = randomPoint(2, createRandom(40 + seed));
      const [first] = walked(twins, start);
      const here = largestErrorAt(twins, Array.from(start));
      expect(first.value).toBeGreaterThanOrEqual(here * (1 - 1e-9));
      expect(first.value).toBeLessThanOrEqual(largestErrorByEnumeration(twins) * (1 + 1e-9));
    }
  });

  test("from a few points of tiny twins leads to the exact maximum in most", () => {
    const builds = [
      (random: RandomSource) => randomDenseNetwork([2, 3, 2, 2], random),
      ...TINY_GRAPHS.map(([, build]) => build),
    ];
    const shares = builds.flatMap((build) =>
      [0, 1, 2, 3].map((seed) => {
        const twins = twinsOf(build, seed);
        const values = [1, 2, 3].flatMap((k) =>
          walked(twins, randomPoint(2, createRandom(60 + k))).map(({ value }) => value),
        );
        return Math.max(...values) / largestErrorByEnumeration(twins);
      }),
    );
    expect(Math.max(...shares)).toBeLessThanOrEqual(1 + 1e-9);
    expect(shares.filter((share) => share > 1 - 1e-7).length).toBeGreaterThanOrEqual(9);
  });

  test("solves no polytope twice, and none once it is told to stop", () => {
    const twins = twinsOf((random) => randomDenseNetwork([3, 5, 2], random), 3);
    const start = randomPoint(3, createRandom(4));
    let solved = 0;
    const steps = [...walk(start, { ...partsOf(twins), shouldStop: () => solved++ >= 2 })];
    expect(steps.length).toBeLessThanOrEqual(2);
  });
});

describe("pastFacets(program, ending)", () => {
  test("steps past one facet after another with both networks' neuron, and past no other", () => {
    const twins = twinsOf((random) => randomDenseNetwork([5, 7, 6, 3], random), 1, 0.001);
    const { workspace, engines, goal, box } = partsOf(twins);
    const start = randomPoint(5, createRandom(2));
    const { program } = goalProgram(workspace, goal, start, box);
    const outcome = solveCertified(engines, program);
    if (outcome.kind !== "certified") throw new Error("the program is solved");
    const { point, multipliers, basis } = outcome;
    const past = pastFacets(program, { point, multipliers, basis });
    expect(past.length).toBeGreaterThan(0);
    const switched = (network: Network, x: Float64Array): string[] => {
      const [before, after] = [start, x].map((at) => patternAt(network, at).switches);
      return before.flatMap((flags, layer) =>
        Array.from(flags ?? []).flatMap((flag, neuron) =>
          flag === after[layer]?.[neuron] ? [] : [`${layer}:${neuron}`],
        ),
      );
    };
    for (const x of past) {
      const own = switched(twins.network, x);
      expect(own).toHaveLength(1);
      expect(switched(twins.approximated, x)).toEqual(own);
      const isSame = isSamePattern(patternAt(twins.network, start), patternAt(twins.network, x));
      expect(isSame).toBe(false);
    }
  });
});
