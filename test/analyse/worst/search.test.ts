import { createPolytopeWorkspace } from "../../../src/analyse/polytope";
import { absoluteError } from "../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import type { Box } from "../../../src/analyse/box";
import { goalOf } from "../../../src/analyse/worst/goal";
import {
  searchWorst,
  type WorstMeans,
  type WorstSearch,
  type WorstState,
} from "../../../src/analyse/worst/search";
import { createDualSimplexEngine } from "../../../src/lp/dualSimplex/engine";
import type { Network } from "../../../src/network/network";
import { createNetwork } from "../../../src/network/shape";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { createMatrix } from "../../../src/numeric/matrix";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { TINY_GRAPHS } from "../../network/randomGraph";
import { perturbed, randomDenseNetwork, randomPoint } from "../../network/randomNetwork";
import { largestErrorByEnumeration } from "../../reference/enumerateRegions";

function boxOf({ network: { inputSize } }: Twins): Box {
  return { lower: new Float64Array(inputSize), upper: new Float64Array(inputSize).fill(1) };
}

function meansFor(twins: Twins, clock = (): number => 0): WorstMeans {
  const kernels = createPlainKernels();
  const workspace = createPolytopeWorkspace(twins, kernels);
  const programs = { workspace, engines: [createDualSimplexEngine()] };
  return { kernels, sides: workspace.sides, programs, clock };
}

/** The last state of a search, which begins as `changes` say. */
function searched(twins: Twins, changes: Partial<WorstSearch> = {}): WorstState {
  const search: WorstSearch = {
    twins,
    box: boxOf(twins),
    goal: { kind: "error" },
    method: "smooth",
    starts: 16,
    points: [],
    seed: 1,
    rounds: 1,
    polytopes: 20,
    ...changes,
  };
  let last: WorstState | undefined;
  for (const state of searchWorst(search, meansFor(search.twins))) {
    last = state;
  }
  if (last === undefined) throw new Error("the search made no step");
  return last;
}

function twinsOf(build: (random: RandomSource) => Network, seed: number, size = 0.1): Twins {
  const network = build(createRandom(seed));
  return createTwins(network, perturbed(network, size, createRandom(100 + seed)));
}

const TINY: readonly (readonly [string, (random: RandomSource) => Network])[] = [
  ["dense", (random) => randomDenseNetwork([2, 3, 2, 2], random)],
  ...TINY_GRAPHS,
];

describe("searchWorst(search)", () => {
  test.each(TINY)(
    "never lies above the exact maximum of a small %s network, and reaches it in most",
    (_, build) => {
      const shares = Array.from({ length: 6 }, (__, seed) => {
        const twins = twinsOf(build, seed);
        const most = largestErrorByEnumeration(twins);
        const { value } = searched(twins, { rounds: 4, starts: 8 });
        expect(value).toBeLessThanOrEqual(most * (1 + 1e-9));
        return value / most;
      });
      expect(shares.filter((share) => share > 1 - 1e-7).length).toBeGreaterThanOrEqual(5);
    },
  );

  test("attains what it says at an input of the box, to the last bit, at every step", () => {
    const twins = twinsOf((random) => randomDenseNetwork([6, 9, 7, 3], random), 1);
    const box = boxOf(twins);
    const search: WorstSearch = {
      twins,
      box,
      goal: { kind: "error" },
      method: "smooth",
      starts: 5,
      points: [randomPoint(6, createRandom(9))],
      seed: 0,
      rounds: 2,
      polytopes: 20,
    };
    let before = 0;
    for (const { value, witness } of searchWorst(search, meansFor(twins))) {
      expect(absoluteError(twins, witness)).toBe(value);
      witness.forEach((x, input) => {
        expect(x).toBeGreaterThanOrEqual(box.lower[input]);
        expect(x).toBeLessThanOrEqual(box.upper[input]);
      });
      expect(value).toBeGreaterThanOrEqual(before);
      before = value;
    }
  });

  test("finds exactly 0 between a network and itself", () => {
    for (const [, build] of TINY) {
      const network = build(createRandom(7));
      expect(searched(createTwins(network, network)).value).toBe(0);
    }
  });

  test("is the same when it is made again, and another with another seed", () => {
    const twins = twinsOf((random) => randomDenseNetwork([6, 9, 7, 3], random), 2);
    const [one, again, other] = [1, 1, 2].map((seed) => searched(twins, { seed, starts: 2 }));
    expect(again.path).toEqual(one.path);
    expect(again.witness).toEqual(one.witness);
    expect(other.path).not.toEqual(one.path);
  });

  test("leaves inputs alone whose ends meet, and starts from points brought into the box", () => {
    const twins = twinsOf((random) => randomDenseNetwork([4, 6, 3], random), 3);
    const box = { lower: Float64Array.of(0.3, 0, 0.7, 0), upper: Float64Array.of(0.3, 1, 0.7, 1) };
    const { witness, path } = searched(twins, { box, points: [Float64Array.of(9, 9, 9, -9)] });
    expect([witness[0], witness[2]]).toEqual([0.3, 0.7]);
    const inBox = Float64Array.of(0.3, 1, 0.7, 0);
    expect(path[path.length - 1].value).toBeGreaterThanOrEqual(absoluteError(twins, inBox));
  });

  test("climbs the goal it was given: one output, or Ñ's liking for another class", () => {
    const twins = twinsOf((random) => randomDenseNetwork([4, 8, 3], random), 4, 0.3);
    const all = searched(twins, { goal: goalOf("output", 3) });
    const each = [0, 1, 2].map((output) => searched(twins, { goal: goalOf("output", 3, output) }));
    expect(all.value).toBeGreaterThan(0.95 * Math.max(...each.map(({ value }) => value)));
    const preference = searched(twins, { goal: goalOf("class", 3) });
    expect(preference.path.length).toBeGreaterThan(1);
    expect(preference.value).toBeGreaterThan(preference.path[0].value);
  });

  test("smooth switches see what the goal's own gradient does not: a neuron to be turned on", () => {
    // E is 0 up to x = 0.4 and 0.1 from x = 0.5 on.
    const twins = createTwins(hinge(-0.5), hinge(-0.4));
    const box = { lower: Float64Array.of(0), upper: Float64Array.of(0.6) };
    const points = [Float64Array.of(0.05)];
    const common = { box, points, starts: 1 };
    expect(searched(twins, { ...common, method: "plain" }).value).toBe(0);
    expect(searched(twins, common).value).toBeCloseTo(0.1, 12);
  });

  test("takes twins of two architectures", () => {
    const twins = createTwins(
      randomDenseNetwork([3, 5, 2], createRandom(5)),
      randomDenseNetwork([3, 4, 4, 2], createRandom(6)),
    );
    const { value, path } = searched(twins);
    expect(value).toBeGreaterThan(path[0].value);
  });

  test("tells its time to a clock and ends when that is over, with what it has", () => {
    const twins = twinsOf((random) => randomDenseNetwork([4, 6, 3], random), 5);
    let seconds = 0;
    const search: WorstSearch = {
      twins,
      box: boxOf(twins),
      goal: { kind: "error" },
      method: "smooth",
      starts: 4,
      points: [],
      seed: 0,
      rounds: Infinity,
      polytopes: 20,
      time: 100,
    };
    const states = [
      ...searchWorst(
        search,
        meansFor(twins, () => seconds++),
      ),
    ];
    expect(seconds).toBeLessThan(110);
    expect(states[states.length - 1].value).toBeGreaterThan(0);
  });
});

/** x ↦ R(x + bias). */
function hinge(bias: number): Network {
  const dense = (shift: number) => ({
    kind: "dense" as const,
    weights: createMatrix(1, 1, Float64Array.of(1)),
    bias: Float64Array.of(shift),
  });
  return createNetwork("hinge", 1, [dense(bias), { kind: "relu" }, dense(0)]);
}
