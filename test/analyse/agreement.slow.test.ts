import { decideAgreement } from "../../src/analyse/agreement";
import { classifyRegion } from "../reference/classifyRegion";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { createHighsEngine } from "../../src/lp/highs/engine";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import type { Engine } from "../../src/lp/program";
import { isSamePattern } from "../../src/network/activationPattern";
import { evaluate } from "../../src/network/evaluate";
import { patternAt } from "../../src/network/patternAt";
import { createRandom } from "../../src/numeric/random";
import { TIE } from "../../src/numeric/tolerance";
import { perturbed, randomDenseNetwork, randomPoint } from "../network/randomNetwork";

let highs: Engine;
const region = createDualSimplexEngine();

beforeAll(async () => {
  highs = await createHighsEngine();
});

function setting(seed: number, noise: number) {
  const random = createRandom(seed);
  const network = randomDenseNetwork([5, 9, 4], random);
  const twins = createTwins(network, perturbed(network, noise, random));
  const x = randomPoint(5, random);
  return { twins, x, random, workspace: createPolytopeWorkspace(twins) };
}

describe("decideAgreement", () => {
  // Noise of 0.001 makes twins so close that margins are looked for where N is tied, 0.05 does not.
  test.each([0.001, 0.05])("finds what maximising all margins finds, noise %d", (noise) => {
    const verdicts = { agrees: 0, disagrees: 0, undecided: 0 };
    for (let seed = 0; seed < 60; seed++) {
      const { x, workspace } = setting(1000 + seed, noise);
      const result = decideAgreement(workspace, x, region);
      const whole = classifyRegion(workspace, x, [highs]);
      verdicts[result.verdict]++;
      expect(result.exactClass).toBe(whole.exactClass);
      // Margins at the limit of what binary64 tells apart from 0 may be decided either way.
      if (Math.abs(whole.margin) > 1e-8) expect(result.verdict).toBe(whole.verdict);
      expect(result.margin).toBeLessThanOrEqual(result.marginBound);
      if (result.verdict === "agrees") {
        expect(result.marginBound).toBeLessThanOrEqual(0);
        // What is stored of it excludes a tie, however agreement was proved.
        expect(result.exclusionBound).toBeLessThan(0);
        expect(result.exclusionBound).toBeGreaterThanOrEqual(whole.margin - 1e-9);
      } else expect(result.exclusionBound).toBeUndefined();
      expect(result.margin).toBeLessThanOrEqual(whole.marginBound + 1e-9);
      expect(result.marginBound).toBeGreaterThanOrEqual(whole.margin - 1e-9);
      expect(result.decided).toBe(result.programs);
      if (result.verdict === "disagrees") expect(result.margin).toBeCloseTo(whole.margin, 7);
    }
    expect(verdicts.undecided).toBe(0);
    expect(Math.min(verdicts.agrees, verdicts.disagrees)).toBeGreaterThan(2);
  });

  test("agrees where the largest drift of a disagreement is negative, with no other program", () => {
    let found = 0;
    for (let seed = 0; seed < 60; seed++) {
      const { x, workspace } = setting(1000 + seed, 0.001);
      const limits = { turns: 0, turn: 0, largest: 0 };
      const { verdict, exclusionBound } = decideAgreement(workspace, x, region, { limits });
      if (verdict !== "agrees") continue;
      found++;
      const whole = classifyRegion(workspace, x, [highs]);
      expect(whole.verdict).toBe("agrees");
      expect(exclusionBound).toBeLessThan(0);
      expect(exclusionBound).toBeGreaterThanOrEqual(whole.margin - 1e-9);
    }
    expect(found).toBeGreaterThan(2);
  });

  test("attains its margin at a witness that N takes for its class", () => {
    for (let seed = 0; seed < 20; seed++) {
      const { twins, x, workspace } = setting(seed, 0.05);
      const result = decideAgreement(workspace, x, region);
      const logits = evaluate(twins.approximated, result.witness);
      const attained = logits[result.rivalClass] - logits[result.exactClass];
      expect(result.margin).toBeCloseTo(attained, 12);
      const exact = evaluate(twins.network, result.witness);
      expect(Math.max(...exact) - exact[result.exactClass]).toBeLessThan(1e-8);
      if (result.verdict === "disagrees") expect(attained).toBeGreaterThanOrEqual(-TIE);
      else expect(result.distance).toBeUndefined();
    }
  });

  test("finds the distance to the nearest disagreement of the region, and proves it", () => {
    let found = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { twins, x, random, workspace } = setting(2000 + seed, 0.05);
      const { exactClass, distance, distanceBound } = decideAgreement(workspace, x, region);
      if (distance === undefined) expect(distanceBound).toBe(Infinity);
      else expect(distance).toBeCloseTo(distanceBound, 7);
      const { patterns } = polytopeAt(workspace, x);
      for (let trial = 0; trial < 300; trial++) {
        const target = randomPoint(5, random);
        const y = x.map((value, i) => value + random.next() * (target[i] - value));
        const logits = evaluate(twins.approximated, y);
        const exact = evaluate(twins.network, y);
        const disagrees =
          isSamePattern(patternAt(twins.network, y), patterns[0]) &&
          isSamePattern(patternAt(twins.approximated, y), patterns[1]) &&
          exact[exactClass] >= Math.max(...exact) &&
          logits[exactClass] < Math.max(...logits);
        if (!disagrees) continue;
        found++;
        const far = y.reduce((sum, value, i) => sum + Math.abs(value - x[i]), 0);
        expect(far).toBeGreaterThanOrEqual(distanceBound - 1e-12);
      }
    }
    expect(found).toBeGreaterThan(5);
  });

  test("says undecided, with an interval that holds, where its limits end it", () => {
    let open = 0;
    for (let seed = 0; seed < 30; seed++) {
      const { x, workspace } = setting(3000 + seed, 0.05);
      const result = decideAgreement(workspace, x, region, { limits: { point: 1 } });
      if (result.verdict !== "undecided") continue;
      open++;
      const { margin, marginBound } = classifyRegion(workspace, x, [highs]);
      expect(result.decided).toBeLessThan(result.programs);
      expect(result.margin).toBeLessThanOrEqual(marginBound + 1e-9);
      expect(result.marginBound).toBeGreaterThanOrEqual(margin - 1e-9);
    }
    expect(open).toBeGreaterThan(5);
  });

  test("ends at once when it is told to stop", () => {
    const { x, workspace } = setting(1003, 0.05);
    const { iterations, verdict } = decideAgreement(workspace, x, region, {
      shouldStop: () => true,
    });
    expect(iterations).toBe(0);
    expect(verdict).not.toBe("agrees");
  });
});
