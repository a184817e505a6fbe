import { classifyRegion } from "./classifyRegion";
import { largestIndex } from "../../src/analyse/accuracy";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { createHighsEngine } from "../../src/lp/highs/engine";
import type { Engine } from "../../src/lp/program";
import { isSamePattern } from "../../src/network/activationPattern";
import { evaluate } from "../../src/network/evaluate";
import { patternAt } from "../../src/network/patternAt";
import { createRandom } from "../../src/numeric/random";
import { perturbed, randomDenseNetwork, randomPoint } from "../network/randomNetwork";

let engines: Engine[];

beforeAll(async () => {
  engines = [await createHighsEngine()];
});

function setting(seed: number, noise: number) {
  const random = createRandom(seed);
  const network = randomDenseNetwork([5, 9, 4], random);
  const twins = createTwins(network, perturbed(network, noise, random));
  const x = randomPoint(5, random);
  return { twins, x, random, workspace: createPolytopeWorkspace(twins) };
}

describe("classifyRegion", () => {
  test("attains its margin at the witness, and bounds it from above, every program certified", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { twins, x, workspace } = setting(seed, 0.05);
      const result = classifyRegion(workspace, x, engines);
      expect(result.exactClass).toBe(largestIndex(evaluate(twins.network, x)));
      const logits = evaluate(twins.approximated, result.witness);
      expect(result.margin).toBe(logits[result.rivalClass] - logits[result.exactClass]);
      expect(result.margin).toBeLessThanOrEqual(result.marginBound);
      expect(result.marginBound - result.margin).toBeLessThan(1e-8);
      expect([result.certified, result.programs]).toEqual([3, 3]);
      // (37): N keeps its class at the witness, up to the tie that a closed region allows.
      const exact = evaluate(twins.network, result.witness);
      expect(Math.max(...exact) - exact[result.exactClass]).toBeLessThan(1e-8);
    }
  });

  test("proves agreement only where no input of the region disagrees", () => {
    let agreements = 0;
    let disagreements = 0;
    for (let seed = 0; seed < 30; seed++) {
      const { twins, x, random, workspace } = setting(100 + seed, 0.02);
      const { verdict, exactClass, marginBound } = classifyRegion(workspace, x, engines);
      if (verdict === "disagrees") disagreements++;
      else agreements++;
      const { patterns } = polytopeAt(workspace, x);
      for (let trial = 0; trial < 200; trial++) {
        const target = randomPoint(5, random);
        const step = random.next();
        const y = x.map((value, i) => value + step * (target[i] - value));
        const isInside =
          isSamePattern(patternAt(twins.network, y), patterns[0]) &&
          isSamePattern(patternAt(twins.approximated, y), patterns[1]) &&
          largestIndex(evaluate(twins.network, y)) === exactClass;
        if (!isInside) continue;
        const logits = evaluate(twins.approximated, y);
        const margins = [...logits].map((value, k) =>
          k === exactClass ? -Infinity : value - logits[exactClass],
        );
        expect(Math.max(...margins)).toBeLessThanOrEqual(marginBound + 1e-12);
      }
    }
    expect(agreements).toBeGreaterThan(2);
    expect(disagreements).toBeGreaterThan(2);
  });

  test("gives probabilities of both classes, equal for both networks where these are one", () => {
    const { twins, x } = setting(1, 0);
    const workspace = createPolytopeWorkspace(createTwins(twins.network, twins.network));
    const { rounded, original } = classifyRegion(workspace, x, engines);
    expect(rounded).toEqual(original);
    expect(rounded.c + rounded.g).toBeLessThanOrEqual(1 + 1e-12);
    expect(rounded.c).toBeGreaterThan(0);
  });
});
