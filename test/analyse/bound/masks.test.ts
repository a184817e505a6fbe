import type { Bisection } from "../../../src/analyse/bound/bisect";
import { branchTwins, isBranchable } from "../../../src/analyse/bound/masks/branchTwins";
import { boundMethodOf } from "../../../src/analyse/bound/methods";
import type { Intervals } from "../../../src/analyse/intervals";
import { absoluteError } from "../../../src/analyse/roundingError";
import { createTwins, type Twins } from "../../../src/analyse/twin";
import type { Network } from "../../../src/network/network";
import { loadKernels } from "../../../src/numeric/loadKernels";
import { createRandom, type RandomSource } from "../../../src/numeric/random";
import { residualNetwork } from "../../network/randomGraph";
import {
  perturbed,
  randomConvolutionalNetwork,
  randomDenseNetwork,
} from "../../network/randomNetwork";
import { largestErrorByEnumeration } from "../../reference/enumerateRegions";

const kernels = loadKernels();
const symbolic = boundMethodOf("symbolic");

const around = (inputs: number, low: number, high: number): Intervals => ({
  lower: new Float64Array(inputs).fill(low),
  upper: new Float64Array(inputs).fill(high),
});

/** The states up to so many nodes, or until nothing is left to decide. */
function branched(twins: Twins, box: Intervals, most: number): Bisection[] {
  const { upper, lower } = symbolic(twins, box, { kernels }).total;
  const states: Bisection[] = [];
  for (const state of branchTwins(twins, box, upper, lower, { kernels })) {
    states.push(state);
    if (state.boxes >= most) break;
  }
  return states;
}

function twinsOf(build: (random: RandomSource) => Network, seed: number, size: number): Twins {
  const network = build(createRandom(seed));
  return createTwins(network, perturbed(network, size, createRandom(100 + seed)));
}

describe("deciding masks", () => {
  test.each([0.001, 0.01, 0.1, 0.5])(
    "never passes below E on a grid, with weights moved by %d, down to the last decision",
    (noise) => {
      for (let seed = 0; seed < 6; seed++) {
        const twins = twinsOf((random) => randomDenseNetwork([2, 4, 3, 2], random), seed, noise);
        const states = branched(twins, around(2, -1, 1), 400);
        let largest = 0;
        for (let i = 0; i <= 60; i++) {
          for (let j = 0; j <= 60; j++) {
            largest = Math.max(
              largest,
              absoluteError(twins, Float64Array.of(i / 30 - 1, j / 30 - 1)),
            );
          }
        }
        expect(states.length).toBeGreaterThan(0);
        for (const { upper } of states) expect(upper).toBeGreaterThanOrEqual(largest);
      }
    },
  );

  test("ends at or above what enumerating all regions finds, and below where it began", () => {
    let isNarrower = 0;
    for (let seed = 0; seed < 6; seed++) {
      const twins = twinsOf((random) => randomDenseNetwork([3, 3, 3, 2], random), seed, 0.01);
      const states = branched(twins, around(3, 0, 1), 300);
      const exact = largestErrorByEnumeration(twins);
      const { upper } = states[states.length - 1];
      expect(upper).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
      const first = symbolic(twins, around(3, 0, 1), { kernels }).total.upper;
      if (upper - exact < 0.6 * (first - exact)) isNarrower++;
    }
    expect(isNarrower).toBeGreaterThanOrEqual(4);
  });

  test.each([
    ["dense", (random: RandomSource) => randomDenseNetwork([8, 12, 10, 4], random)],
    ["convolutional", randomConvolutionalNetwork],
    ["residual", residualNetwork],
  ] as const)("of a %s network is never passed by points and corners", (_, build) => {
    for (const noise of [0.003, 0.2]) {
      const random = createRandom(3);
      const twins = twinsOf(build, 7, noise);
      const inputs = twins.network.inputSize;
      const box = around(inputs, 0.2, 0.7);
      const states = branched(twins, box, 60);
      const least = Math.min(...states.map(({ upper }) => upper));
      for (let trial = 0; trial < 1500; trial++) {
        const share = (): number => (trial % 2 === 0 ? random.below(2) : random.next());
        const x = box.lower.map((low) => low + share() * 0.5);
        expect(absoluteError(twins, x)).toBeLessThanOrEqual(least);
      }
    }
  });

  test("attains what it says at its witnesses, and narrows step by step", () => {
    const twins = twinsOf((random) => randomDenseNetwork([8, 12, 10, 4], random), 5, 0.01);
    const box = around(8, 0, 1);
    const states = branched(twins, box, 200);
    let before = Infinity;
    for (const { upper, lower, witness } of states) {
      expect(upper).toBeLessThanOrEqual(before);
      expect(lower).toBeLessThanOrEqual(upper);
      before = upper;
      if (witness !== box.lower) expect(absoluteError(twins, witness)).toBe(lower);
    }
    expect(states[states.length - 1].upper).toBeLessThan(states[0].upper);
  });

  test("finds 0 for a network against itself", () => {
    const network = randomDenseNetwork([4, 6, 3], createRandom(1));
    const states = branched(createTwins(network, network), around(4, -1, 1), 10);
    for (const { upper } of states) expect(upper).toBe(0);
  });

  test("is not begun where errors have other sources, or other steps bend", () => {
    const network = randomDenseNetwork([4, 6, 3], createRandom(1));
    const box = around(4, 0, 1);
    const rounded = [{ value: 2, grid: { step: 0.5, min: -1, max: 1 } }];
    const twins = createTwins(network, network, [{ kind: "activations", rounded }]);
    expect(isBranchable(twins, symbolic(twins, box, { kernels }))).toBe(false);
    expect([...branchTwins(twins, box, 1, 0, { kernels })]).toEqual([]);
    const plain = createTwins(network, network);
    expect(isBranchable(plain, symbolic(plain, box, { kernels }))).toBe(true);
  });
});
