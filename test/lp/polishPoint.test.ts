import { measureViolation } from "../../src/lp/certificate";
import { polishPoint } from "../../src/lp/polishPoint";
import { createRandom } from "../../src/numeric/random";
import { smallProgram } from "../reference/denseRows";

describe("polishPoint", () => {
  const triangle = smallProgram({ cost: [1, 1], rows: [[2, 1]], bounds: [1.5] });

  test("moves a point onto its tight row by the shortest way", () => {
    const moved = polishPoint(triangle, Float64Array.of(0.5, 0.6), [{ row: 0, value: 1 }]);
    // The row overshoots by 0.1 and has squared norm 5: y moves by −0.02 · (2, 1).
    expect(moved[0]).toBeCloseTo(0.46, 15);
    expect(moved[1]).toBeCloseTo(0.58, 15);
  });

  test("leaves variables at their bounds where they are", () => {
    const moved = polishPoint(triangle, Float64Array.of(0.3, 1), [{ row: 0, value: 1 }]);
    expect(moved[1]).toBe(1);
    expect(moved[0]).toBeCloseTo(0.25, 15);
  });

  test("changes nothing where no row is tight or violated", () => {
    const point = Float64Array.of(0.1, 0.2);
    expect(polishPoint(triangle, point, [])).toEqual(point);
  });

  test("repairs a violated row that has no multiplier", () => {
    const moved = polishPoint(triangle, Float64Array.of(0.5, 0.6), []);
    expect(measureViolation(triangle, moved).row).toBeLessThan(1e-15);
  });

  test("asks for every row whether to stop, and then returns the point as it came", () => {
    const rows = [
      [2, 1],
      [1, 2],
      [1, 1],
    ];
    const program = smallProgram({ cost: [1, 1], rows, bounds: [1.5, 1.5, 1] });
    const tight = [0, 1, 2].map((row) => ({ row, value: 1 }));
    const point = Float64Array.of(0.5, 0.6);
    for (let answer = 0; answer < 3; answer++) {
      let asked = 0;
      expect(polishPoint(program, point, tight, () => asked++ === answer)).toEqual(point);
      expect(asked).toBe(answer + 1);
    }
    expect(polishPoint(program, point, tight, () => false)).not.toEqual(point);
  });

  test("passes over a row that says the same as another, and repairs nearly parallel ones", () => {
    const rows = [
      [2, 1],
      [4, 2],
      [2, 1 + 1e-5],
    ];
    const twins = smallProgram({ cost: [1, 1], rows, bounds: [1.5, 3, 1.5] });
    const tight = [0, 1, 2].map((row) => ({ row, value: 1 }));
    const moved = polishPoint(twins, Float64Array.of(0.75 + 1e-9, 1e-10), tight);
    expect(measureViolation(twins, moved).row).toBeLessThan(1e-15);
  });

  test("brings vertices of random programs from 1e-8 to rounding noise", () => {
    const random = createRandom(77);
    for (let trial = 0; trial < 20; trial++) {
      const size = 12;
      const target = Array.from({ length: size }, () => 0.2 + 0.6 * random.next());
      const rows = Array.from({ length: 8 }, () => target.map(() => random.normal()));
      const bounds = rows.map((row) => row.reduce((sum, value, j) => sum + value * target[j], 0));
      const program = smallProgram({ cost: target, rows, bounds });
      const off = Float64Array.from(target, (value) => value + 1e-8 * random.normal());
      const moved = polishPoint(
        program,
        off,
        rows.map((_, row) => ({ row, value: 1 })),
      );
      expect(measureViolation(program, off).row).toBeGreaterThan(1e-10);
      expect(measureViolation(program, moved).row).toBeLessThan(1e-14);
    }
  });
});
