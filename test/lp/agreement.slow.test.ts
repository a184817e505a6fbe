import fc from "fast-check";
import { createHighsEngine } from "../../src/lp/highs/engine";
import type { Engine } from "../../src/lp/program";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { solveCertified } from "../../src/lp/solveCertified";
import { loadKernels } from "../../src/numeric/loadKernels";
import { PROPERTY_SEED, pointPrograms, tiedPrograms } from "../reference/arbitraryPrograms";
import { smallProgram } from "../reference/denseRows";

const RUNS = 1500;

/** The tests elsewhere use other seeds' programs; these are for the two engines only. */
const SEED = PROPERTY_SEED + 1;

describe("createDualSimplexEngine and createHighsEngine", () => {
  const simplex = createDualSimplexEngine(loadKernels());
  const bland = createDualSimplexEngine(loadKernels(), { stallAllowance: -1e9 });
  let highs: Engine;
  beforeAll(async () => {
    highs = await createHighsEngine();
  });

  test("meet on programs full of ties, and both prove what they say", () => {
    fc.assert(
      fc.property(tiedPrograms(), (plain) => {
        const program = smallProgram(plain);
        const ours = solveCertified([simplex], program, { absoluteGap: 1e-9 });
        const theirs = solveCertified([highs], program, { absoluteGap: 1e-8 });
        expect(ours.kind).toBe(theirs.kind);
        expect(ours.kind).not.toBe("uncertified");
        if (ours.kind === "certified" && theirs.kind === "certified") {
          expect(Math.abs(ours.value - theirs.value)).toBeLessThan(1e-8);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("meet on programs that look like those of a data point", () => {
    fc.assert(
      fc.property(pointPrograms(), (plain) => {
        const program = smallProgram(plain);
        const ours = solveCertified([simplex], program, { absoluteGap: 1e-9 });
        const theirs = solveCertified([highs], program, { absoluteGap: 1e-8 });
        if (ours.kind !== "certified") throw new Error(JSON.stringify(ours.attempts));
        if (theirs.kind !== "certified") throw new Error(JSON.stringify(theirs.attempts));
        expect(Math.abs(ours.value - theirs.value)).toBeLessThan(1e-8);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("meet under Bland's rule as well, which cannot cycle", () => {
    fc.assert(
      fc.property(tiedPrograms(), (plain) => {
        const program = smallProgram(plain);
        const ours = bland.solve(program);
        const theirs = simplex.solve(program);
        expect(ours.kind).toBe(theirs.kind);
        if (ours.kind === "optimal" && theirs.kind === "optimal") {
          expect(Math.abs(ours.value - theirs.value)).toBeLessThan(1e-9);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
