import { appMax } from "../../src/analyse/appMax";
import { createPatternPasses } from "../../src/analyse/choosePasses";
import { boundErrors } from "../../src/analyse/errorBounds";
import { boundIntervals } from "../../src/analyse/intervalBounds";
import { createPlainPasses } from "../../src/analyse/patternPasses";
import { createPolytopeWorkspace } from "../../src/analyse/polytope";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { createHighsEngine } from "../../src/lp/highs/engine";
import { evaluateInto } from "../../src/network/evaluate";
import { createFlows } from "../../src/network/flows";
import type { Network } from "../../src/network/network";
import { patternAt } from "../../src/network/patternAt";
import { createPlainKernels } from "../../src/numeric/kernels";
import { createRandom } from "../../src/numeric/random";
import { GRAPHS, randomSmallGraph, TINY_GRAPHS } from "../network/randomGraph";
import { perturbed, randomPoint } from "../network/randomNetwork";
import { largestErrorAt, largestErrorByEnumeration } from "../reference/enumerateRegions";

/** A twin whose slopes and numbers lie a little off. */
function twinsOf(build: (random: ReturnType<typeof createRandom>) => Network, seed: number) {
  const network = build(createRandom(seed));
  return createTwins(network, perturbed(network, 0.05, createRandom(500 + seed)));
}

describe.each(GRAPHS)("on a %s network", (_, build) => {
  test("real values lie inside every interval, and real errors inside every error interval", () => {
    for (let seed = 0; seed < 4; seed++) {
      const twins = twinsOf(build, seed);
      const { network, approximated } = twins;
      const random = createRandom(700 + seed);
      const middle = randomPoint(network.inputSize, random);
      const box = { lower: middle.map((v) => v - 0.1), upper: middle.map((v) => v + 0.1) };
      const intervals = boundIntervals(network, box);
      const rules = ["exact", "paper"] as const;
      const bounds = rules.map((rule) => boundErrors(twins, box, rule));
      const [ours, theirs] = [createFlows(network), createFlows(approximated)];
      for (let trial = 0; trial < 16; trial++) {
        // Corners as well: that is where intervals are attained.
        const y = middle.map(
          (v) => v + 0.1 * (trial % 2 === 0 ? random.next() * 2 - 1 : random.next() < 0.5 ? -1 : 1),
        );
        evaluateInto(network, y, ours);
        evaluateInto(approximated, y, theirs);
        for (let value = 1; value < ours.length; value++) {
          const off = theirs[value].map((number, at) => number - ours[value][at]);
          expect(excess(ours[value], intervals[value])).toBeLessThanOrEqual(0);
          for (const { errors } of bounds) {
            // Both networks are evaluated in binary64 here.
            expect(excess(off, errors[value])).toBeLessThanOrEqual(1e-14);
          }
        }
        for (const { total } of bounds) expect(absoluteError(twins, y)).toBeLessThanOrEqual(total);
      }
    }
  });

  test("passes in the kernels' memory are those in plain code", () => {
    const network = build(createRandom(11));
    const x = randomPoint(network.inputSize, createRandom(12));
    const [fast] = createPatternPasses([network], createPlainKernels());
    const plain = createPlainPasses(network);
    const pattern = patternAt(network, x);
    for (const passes of [fast, plain]) passes.forward(x, pattern);
    fast.flows.forEach((values, value) =>
      expect(distance(values, plain.flows[value])).toBeLessThan(1e-12),
    );
    const last = network.layers.length;
    for (let value = 0; value <= last; value++) {
      const form = { places: [0, fast.flows[value].length - 1], factors: [1, -2] };
      const single = fast.flows[value].length === 1 ? { places: [0], factors: [3] } : form;
      const found = Float64Array.from(fast.pullBack(pattern, value, single));
      const expected = plain.pullBack(pattern, value, single);
      expect(distance(found, expected)).toBeLessThan(1e-12);
    }
  });

  test("AppMax is certified by both engines, which agree", async () => {
    const highs = await createHighsEngine();
    for (let seed = 0; seed < 3; seed++) {
      const twins = twinsOf(build, 20 + seed);
      const x = randomPoint(twins.network.inputSize, createRandom(30 + seed));
      const workspace = createPolytopeWorkspace(twins, createPlainKernels());
      const simplex = appMax(workspace, x, [createDualSimplexEngine()], { proof: "real" });
      const interior = appMax(workspace, x, [highs], { proof: "real" });
      for (const found of [simplex, interior]) {
        expect(found.status).toBe("certified");
        expect(absoluteError(twins, found.witness)).toBe(found.maximum);
      }
      expect(simplex.maximum).toBeCloseTo(interior.maximum, 7);
    }
  });
});

describe.each(TINY_GRAPHS)("on a graph of %s", (_, build) => {
  test("AppMax, point after point uphill, is the largest error that enumeration finds, and never more", () => {
    for (let seed = 0; seed < 3; seed++) {
      const network = build(createRandom(40 + seed));
      const twins = createTwins(network, perturbed(network, 0.1, createRandom(60 + seed)));
      const workspace = createPolytopeWorkspace(twins);
      const engines = [createDualSimplexEngine()];
      const random = createRandom(80 + seed);
      let best = 0;
      // From random points uphill: a witness lies on its polytope's edge, and beyond it the next.
      for (let start = 0; start < 20; start++) {
        let x: Float64Array = randomPoint(2, random);
        for (let step = 0; step < 6; step++) {
          const { maximum, status, witness } = appMax(workspace, x, engines);
          expect(status).toBe("certified");
          best = Math.max(best, maximum);
          x = witness.map((value) => Math.min(1, Math.max(0, value + 1e-4 * random.normal())));
        }
      }
      expect(best).toBeCloseTo(largestErrorByEnumeration(twins), 8);
    }
  });
});

describe("AppMax on small graphs of random architecture", () => {
  test.each(Array.from({ length: 12 }, (_, seed) => seed))(
    "is at every point the largest error that enumeration of its patterns finds (%d)",
    (seed) => {
      const network = randomSmallGraph(createRandom(900 + seed));
      const twins = createTwins(network, perturbed(network, 0.1, createRandom(950 + seed)));
      const workspace = createPolytopeWorkspace(twins);
      const random = createRandom(980 + seed);
      const overall = largestErrorByEnumeration(twins);
      for (let trial = 0; trial < 8; trial++) {
        const x = randomPoint(2, random);
        const { status, maximum, error } = appMax(workspace, x, [createDualSimplexEngine()]);
        const expected = largestErrorAt(twins, [...x]);
        expect(status).toBe("certified");
        expect(Math.abs(maximum - expected)).toBeLessThan(1e-8);
        expect(maximum).toBeLessThanOrEqual(overall + 1e-8);
        expect(error).toBeLessThanOrEqual(maximum);
      }
    },
  );
});

/** The largest difference of two vectors. */
function distance(one: Readonly<Float64Array>, other: Readonly<Float64Array>): number {
  return one.reduce((most, value, at) => Math.max(most, Math.abs(value - other[at])), 0);
}

/** How far values stick out of their intervals at most: ≤ 0 where none does. */
function excess(
  values: Readonly<Float64Array>,
  { lower, upper }: { readonly lower: Float64Array; readonly upper: Float64Array },
): number {
  return values.reduce((most, v, at) => Math.max(most, lower[at] - v, v - upper[at]), -Infinity);
}
