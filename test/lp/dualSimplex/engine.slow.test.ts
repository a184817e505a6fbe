import fc from "fast-check";
import { dualBound } from "../../../src/lp/certificate";
import type { Basis, SolveOutcome } from "../../../src/lp/program";
import { createDualSimplexEngine } from "../../../src/lp/dualSimplex/engine";
import { createPlainKernels } from "../../../src/numeric/kernels";
import { loadKernels } from "../../../src/numeric/loadKernels";
import { createRandom } from "../../../src/numeric/random";
import { PROPERTY_SEED, pointPrograms, tiedPrograms } from "../../reference/arbitraryPrograms";
import { smallProgram } from "../../reference/denseRows";
import { testEngine } from "../../reference/engineContract";

/**
 * A program of the shape of a data point's: many rows, a feasible point, some rows in nearly equal
 * pairs.
 */
function largerProgram(seed: number, size = 40, count = 150) {
  const random = createRandom(seed);
  const rows: number[][] = [];
  const bounds: number[] = [];
  const feasible = Array.from({ length: size }, () => (random.next() < 0.6 ? 0 : random.next()));
  for (let index = 0; index < count; index++) {
    const row = Array.from({ length: size }, () => random.normal());
    const twin = row.map((value) => value * (1 + 1e-5 * random.normal()));
    for (const each of [row, twin]) {
      rows.push(each);
      bounds.push(each.reduce((sum, value, k) => sum + value * feasible[k], random.next() * 0.5));
    }
  }
  const cost = Array.from({ length: size }, () => random.normal() * 1e-3);
  return smallProgram({ cost, rows, bounds, feasible });
}

function optimum(outcome: SolveOutcome): Extract<SolveOutcome, { kind: "optimal" }> {
  if (outcome.kind !== "optimal") throw new Error(`expected an optimum, found ${outcome.kind}`);
  return outcome;
}

describe("createDualSimplexEngine", () => {
  testEngine(async () => createDualSimplexEngine(), 1000);

  test("agrees with itself bit for bit, in whichever kernels and after whatever other solves", () => {
    const used = createDualSimplexEngine(loadKernels());
    for (let seed = 1; seed <= 5; seed++) {
      const program = largerProgram(seed);
      const fresh = optimum(createDualSimplexEngine(createPlainKernels()).solve(program));
      used.solve(largerProgram(100 + seed, 17, 30));
      const again = optimum(used.solve(program));
      expect(Array.from(again.point)).toEqual(Array.from(fresh.point));
      expect(again.multipliers).toEqual(fresh.multipliers);
      expect(again.iterations).toBe(fresh.iterations);
    }
  });

  test("proves optima of larger programs to rounding", () => {
    const engine = createDualSimplexEngine();
    for (let seed = 1; seed <= 10; seed++) {
      const program = largerProgram(seed);
      const { value, multipliers, rowsGenerated } = optimum(engine.solve(program));
      const gap = dualBound(program, multipliers) - value;
      expect(Math.abs(gap)).toBeLessThan(1e-12 * Math.abs(value) + 1e-15);
      expect(rowsGenerated).toBeLessThan(program.rows.rowCount);
    }
  });

  test("rows that are alike move no optimum, and fewer of them are generated", () => {
    let [generated, generatedOfAlike] = [0, 0];
    for (let seed = 1; seed <= 10; seed++) {
      const program = largerProgram(seed);
      // Rows come in pairs.
      const rows = { ...program.rows, alike: (row: number) => row ^ 1 };
      const before = optimum(createDualSimplexEngine().solve(program));
      const first = { method: 1 as const };
      const old = optimum(createDualSimplexEngine(undefined, first).solve({ ...program, rows }));
      const now = optimum(createDualSimplexEngine().solve({ ...program, rows }));
      // The first method knows nothing of them; without them both are one.
      expect(old).toEqual(before);
      expect(now.value).toBeCloseTo(before.value, 14);
      generated += before.rowsGenerated;
      generatedOfAlike += now.rowsGenerated;
    }
    expect(generatedOfAlike).toBeLessThan(generated);
  });

  describe("with a start", () => {
    const engine = createDualSimplexEngine();

    test("takes no iteration from its own basis", () => {
      for (let seed = 1; seed <= 5; seed++) {
        const program = largerProgram(seed);
        const { basis, value } = optimum(engine.solve(program));
        const again = optimum(engine.solve(program, { start: basis }));
        expect(again.iterations).toBe(0);
        expect(again.value).toBeCloseTo(value, 14);
      }
    });

    test("finds the optimum of other costs from any basis", () => {
      const property = fc.property(pointPrograms(), fc.integer(), (plain, seed) => {
        const random = createRandom(seed);
        const program = smallProgram(plain);
        const other = { ...program, cost: program.cost.map(() => random.normal()) };
        const { basis } = optimum(engine.solve(other));
        const cold = optimum(engine.solve(program));
        const warm = optimum(engine.solve(program, { start: basis }));
        expect(Math.abs(warm.value - cold.value)).toBeLessThan(1e-9);
      });
      fc.assert(property, { seed: PROPERTY_SEED, numRuns: 300 });
    });

    test("is not misled by a basis that does not fit or is singular", () => {
      const property = fc.property(tiedPrograms(), fc.integer(), (plain, seed) => {
        const random = createRandom(seed);
        const program = smallProgram(plain);
        const count = Math.min(program.size, program.rows.rowCount);
        const start: Basis = {
          tightRows: Array.from({ length: count }, (_, k) => k + random.below(2)),
          freeVariables: Array.from({ length: count - random.below(2) }, (_, k) => k),
        };
        const cold = engine.solve(program);
        const warm = engine.solve(program, { start });
        expect(warm.kind).toBe(cold.kind);
        if (warm.kind === "optimal" && cold.kind === "optimal") {
          expect(Math.abs(warm.value - cold.value)).toBeLessThan(1e-9);
        }
      });
      fc.assert(property, { seed: PROPERTY_SEED, numRuns: 500 });
    });
  });
});
