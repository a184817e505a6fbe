import fc from "fast-check";
import { createDualSimplexEngine } from "../../src/lp/dualSimplex/engine";
import { createHighsEngine } from "../../src/lp/highs/engine";
import { createInteriorPointEngine } from "../../src/lp/interiorPoint/engine";
import type { BoxProgram, Engine } from "../../src/lp/program";
import { solveCertified } from "../../src/lp/solveCertified";
import { createRandom } from "../../src/numeric/random";
import { PROPERTY_SEED, tiedPrograms } from "../reference/arbitraryPrograms";
import { denseRows, smallProgram } from "../reference/denseRows";
import { framedProgram } from "../reference/framedPrograms";

/** An engine that notes which programs it is given. */
function watched(engine: Engine): Engine & { readonly seen: BoxProgram[] } {
  const seen: BoxProgram[] = [];
  return {
    ...engine,
    seen,
    solve(program, options) {
      seen.push(program);
      return engine.solve(program, options);
    },
  };
}

const isOpen = ({ lower, upper }: BoxProgram): boolean =>
  lower.every((low, column) => low < upper[column]);

/** A program with some variables fixed where its feasible point has them. */
function fixAt(program: BoxProgram, isFixed: (column: number) => boolean): BoxProgram {
  const { feasible } = program;
  if (feasible === undefined) throw new Error("the program has no feasible point");
  const fix = (ends: Readonly<Float64Array>): Float64Array =>
    Float64Array.from(ends, (end, column) => (isFixed(column) ? feasible[column] : end));
  return { ...program, lower: fix(program.lower), upper: fix(program.upper) };
}

let highs: Engine;
beforeAll(async () => {
  highs = await createHighsEngine();
});

describe("solveCertified with fixed variables", () => {
  const picture = { height: 6, width: 7, channels: 2 };
  const shapes = [{ height: 3, width: 3 }];
  const parts = { picture, shapes, perPlace: 3, denseCount: 4, farthest: 0.8 };

  test.each([
    ["every third", 1, (column: number) => column % 3 === 0],
    ["a border", 2, (column: number) => column % 7 < 2],
    ["a whole channel", 3, (column: number) => column < 42],
    ["all but one", 4, (column: number) => column !== 40],
    ["at random", 5, (column: number) => createRandom(column).next() < 0.7],
  ])("the interior point engine finds HiGHS's maximum, %s", (_, seed, isFixed) => {
    const program = fixAt(framedProgram({ ...parts, seed }), isFixed);
    const engine = watched(createInteriorPointEngine());
    const found = solveCertified([engine], program);
    if (found.kind !== "certified") throw new Error(JSON.stringify(found.attempts));
    expect(found.engine).toBe("interior");
    expect(engine.seen.every(isOpen)).toBe(true);
    // HiGHS by itself, on the program as it is.
    const expected = highs.solve(program);
    if (expected.kind !== "optimal") throw new Error(expected.kind);
    expect(Math.abs(found.value - expected.value)).toBeLessThan(1e-9);
    found.point.forEach((value, column) => {
      if (isFixed(column)) expect(value).toBe(program.lower[column]);
    });
  });

  test("rows whose every free coefficient is 0 are no concern of the engine's", () => {
    // One frame's pixels are all fixed, and rows pass through the feasible point itself.
    const program = fixAt(
      framedProgram({ ...parts, tied: 20, seed: 8 }),
      (column) => column % 42 < 28,
    );
    const found = solveCertified([createInteriorPointEngine()], program);
    const expected = highs.solve(program);
    if (found.kind !== "certified" || expected.kind !== "optimal") throw new Error(found.kind);
    expect(Math.abs(found.value - expected.value)).toBeLessThan(1e-9);
  });

  test("both general engines agree with HiGHS alone, infeasible programs included", () => {
    let fixed = 0;
    fc.assert(
      fc.property(tiedPrograms(), ({ cost, rows, bounds, lower, upper }) => {
        const program = smallProgram({ cost, rows, bounds, lower, upper });
        if (!isOpen(program)) fixed++;
        const expected = highs.solve(program);
        for (const engine of [createDualSimplexEngine(), highs].map(watched)) {
          const found = solveCertified([engine], program);
          expect(engine.seen.every(isOpen)).toBe(true);
          if (expected.kind === "infeasible") {
            expect(found.kind).toBe("infeasible");
          } else if (found.kind === "certified" && expected.kind === "optimal") {
            expect(Math.abs(found.value - expected.value)).toBeLessThan(1e-9);
          } else {
            throw new Error(`${found.kind} where HiGHS says ${expected.kind}`);
          }
        }
      }),
      { seed: PROPERTY_SEED, numRuns: 300 },
    );
    expect(fixed).toBeGreaterThan(100);
  });

  test("rows by their entries are freed as whole ones are", () => {
    const rows = [
      [1, 1, 0],
      [0, -1, 1],
    ];
    const bounds = [1.5, 0.25];
    const entries = (index: number) => {
      const columns = [0, 1, 2].filter((column) => rows[index][column] !== 0);
      return {
        columns: Int32Array.from(columns),
        values: Float64Array.from(columns, (column) => rows[index][column]),
        count: columns.length,
        bound: bounds[index],
      };
    };
    const program = {
      ...smallProgram({ cost: [2, 3, 1], lower: [0, 0.5, 0], upper: [1, 0.5, 1] }),
      rows: { ...denseRows(rows, bounds), entries },
    };
    const found = solveCertified([highs], program);
    if (found.kind !== "certified") throw new Error(found.kind);
    // y₁ = 1/2, so y₀ ≤ 1 and y₂ ≤ 3/4.
    expect(Array.from(found.point)).toEqual([1, 0.5, 0.75]);
    expect(found.value).toBeCloseTo(4.25, 12);
  });

  test("where all are fixed no engine is asked, and the point is the maximum", () => {
    const engine = watched(highs);
    const parts = { cost: [3, 2], rows: [[1, 1]], lower: [1, 0.5], upper: [1, 0.5] };
    const found = solveCertified([engine], smallProgram({ ...parts, bounds: [1.5] }));
    expect(found).toMatchObject({ kind: "certified", engine: "none", value: 4, multipliers: [] });
    const empty = solveCertified([engine], smallProgram({ ...parts, bounds: [1.4] }));
    expect(empty).toMatchObject({ kind: "infeasible", multipliers: [{ row: 0, value: 1 }] });
    expect(engine.seen).toEqual([]);
  });

  test("a program without fixed variables reaches engines as it is", () => {
    const engine = watched(highs);
    const program = smallProgram({ cost: [3, 2], rows: [[1, 1]], bounds: [1.5] });
    solveCertified([engine], program);
    expect(engine.seen).toHaveLength(1);
    expect(engine.seen[0]).toBe(program);
  });
});
