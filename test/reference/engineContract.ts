import fc from "fast-check";
import { dualBound, measureViolation, verifyFarkas } from "../../src/lp/certificate";
import type { BoxProgram, Engine } from "../../src/lp/program";
import { createRandom } from "../../src/numeric/random";
import { PROPERTY_SEED, pointPrograms, tiedPrograms, type PlainProgram } from "./arbitraryPrograms";
import { smallProgram } from "./denseRows";
import { textbookSimplex } from "./textbookSimplex";
import { INFEASIBLE_PROGRAMS, WORKED_PROGRAMS } from "./workedPrograms";

const CLOSE = 9;

/** What every engine promises, as tests; call it inside a `describe`. */
export function testEngine(create: () => Promise<Engine>, runs: number): void {
  let engine: Engine;
  beforeAll(async () => {
    engine = await create();
  });

  test.each(WORKED_PROGRAMS)("solves $name, worked by hand", (worked) => {
    const program = smallProgram(worked);
    const outcome = engine.solve(program);
    if (outcome.kind !== "optimal") throw new Error(`expected an optimum, found ${outcome.kind}`);
    expect(outcome.value).toBeCloseTo(worked.value, CLOSE);
    expect(measureViolation(program, outcome.point).row).toBeLessThan(1e-9);
    expect(Math.abs(dualBound(program, outcome.multipliers) - worked.value)).toBeLessThan(
      1e-9 * Math.max(Math.abs(worked.value), 1e-6),
    );
    worked.point?.forEach((value, column) => {
      expect(outcome.point[column]).toBeCloseTo(value, CLOSE);
    });
    worked.multipliers?.forEach((value, row) => {
      const found = outcome.multipliers.find((multiplier) => multiplier.row === row)?.value ?? 0;
      expect(found).toBeCloseTo(value, 12);
    });
  });

  test.each(INFEASIBLE_PROGRAMS)("proves that $name has no solution", (worked) => {
    const program = smallProgram(worked);
    const outcome = engine.solve(program);
    expect(outcome.kind).toBe("infeasible");
    expect(verifyFarkas(program, outcome.multipliers)).toBe(true);
  });

  test("agrees with the textbook method on small programs full of ties", () => {
    let infeasibleCount = 0;
    fc.assert(
      fc.property(tiedPrograms(), (plain) => {
        if (agree(engine, plain, smallProgram(plain)) === "infeasible") infeasibleCount++;
      }),
      { seed: PROPERTY_SEED, numRuns: runs },
    );
    // The property means little unless both kinds of program occur.
    expect(infeasibleCount).toBeGreaterThan(runs / 50);
    expect(infeasibleCount).toBeLessThan(runs / 2);
  });

  test("agrees with the textbook method on programs that look like those of a data point", () => {
    fc.assert(
      fc.property(pointPrograms(), (plain) => {
        agree(engine, plain, smallProgram(plain));
      }),
      { seed: PROPERTY_SEED, numRuns: runs },
    );
  });

  test("stops at the limit of iterations and says so", () => {
    const outcome = engine.solve(smallProgram(WORKED_PROGRAMS[2]), { iterationLimit: 0 });
    if (outcome.kind !== "stopped") throw new Error(`expected a stop, found ${outcome.kind}`);
    expect(outcome.reason).toContain("0 iterations");
  });

  test("stops when asked to, and what it knows still bounds the maximum", () => {
    const program = smallProgram(WORKED_PROGRAMS[2]);
    const outcome = engine.solve(program, { shouldStop: () => true });
    expect(outcome.kind).toBe("stopped");
    expect(dualBound(program, outcome.multipliers)).toBeGreaterThanOrEqual(4 / 3);
  });

  test("stops at any question, on programs full of ties, with a bound", () => {
    let stopCount = 0;
    fc.assert(
      fc.property(tiedPrograms(), fc.nat({ max: 12 }), (plain, answer) => {
        const program = smallProgram(plain);
        let asked = 0;
        const outcome = engine.solve(program, { shouldStop: () => asked++ === answer });
        if (outcome.kind !== "stopped") return;
        stopCount++;
        expect(outcome.reason).toBe("stopped on request");
        const { cost, rows, bounds, lower, upper } = plain;
        const reference = textbookSimplex(cost, rows, bounds, lower, upper);
        if (reference.kind !== "optimal") return;
        expect(dualBound(program, outcome.multipliers)).toBeGreaterThanOrEqual(
          reference.value - 1e-9,
        );
      }),
      { seed: PROPERTY_SEED, numRuns: runs },
    );
    expect(stopCount).toBeGreaterThan(runs / 20);
  });

  test("whenever it is stopped, what it knows bounds the maximum, in the end better than the box", () => {
    const program = manyRows();
    const optimum = engine.solve(program);
    if (optimum.kind !== "optimal") throw new Error(`expected an optimum, found ${optimum.kind}`);
    let bound = Infinity;
    for (let answer = 0; ; answer++) {
      let asked = 0;
      const outcome = engine.solve(program, { shouldStop: () => asked++ === answer });
      if (outcome.kind === "optimal") {
        expect(answer).toBeGreaterThan(0);
        expect(bound).toBeLessThan(dualBound(program, []));
        return;
      }
      expect(outcome.kind).toBe("stopped");
      bound = Math.min(bound, dualBound(program, outcome.multipliers));
      expect(bound).toBeGreaterThanOrEqual(optimum.value);
    }
  });
}

/** More rows than any engine takes in at once, around a ball in the middle of the box. */
function manyRows(): BoxProgram {
  const random = createRandom(5);
  const size = 8;
  const normals = (): number[] => Array.from({ length: size }, () => random.normal());
  const rows = Array.from({ length: 200 }, normals);
  const bounds = rows.map(
    (row) => row.reduce((sum, value) => sum + value / 2, 0) + Math.hypot(...row) / 4,
  );
  return smallProgram({ cost: normals(), rows, bounds });
}

/** Throws unless the engine's answer is that of the reference and is proved. */
function agree(engine: Engine, plain: PlainProgram, program: BoxProgram): string {
  const { cost, rows, bounds, lower, upper } = plain;
  const reference = textbookSimplex(cost, rows, bounds, lower, upper);
  const outcome = engine.solve(program);
  expect(outcome.kind).toBe(reference.kind);
  if (outcome.kind === "optimal" && reference.kind === "optimal") {
    const scale = Math.max(...upper.map((value, column) => value - lower[column]), 1e-12);
    expect(Math.abs(outcome.value - reference.value)).toBeLessThan(1e-7 * scale + 1e-9);
    const violation = measureViolation(program, outcome.point);
    expect(violation.box).toBeLessThanOrEqual(0);
    expect(violation.row).toBeLessThan(1e-9);
    const gap = dualBound(program, outcome.multipliers) - outcome.value;
    expect(Math.abs(gap)).toBeLessThan(1e-8);
  } else {
    expect(verifyFarkas(program, outcome.multipliers)).toBe(true);
  }
  return outcome.kind;
}
