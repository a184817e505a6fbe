import fc from "fast-check";
import { dualBound, farkasMargin, measureViolation, verifyFarkas } from "../../src/lp/certificate";
import type { CombinedRows, Engine, Multiplier } from "../../src/lp/program";
import { solveCertified } from "../../src/lp/solveCertified";
import { PROPERTY_SEED } from "../reference/arbitraryPrograms";
import { smallProgram } from "../reference/denseRows";

describe("dualBound", () => {
  const knapsack = smallProgram({ cost: [3, 2], rows: [[1, 1]], bounds: [1.5], constant: 10 });

  test("without multipliers is the best corner of the box", () => {
    expect(dualBound(knapsack, [])).toBeCloseTo(15, 12);
    expect(dualBound(knapsack, [])).toBeGreaterThanOrEqual(15);
  });

  test("with the optimal multiplier is the maximum, from above", () => {
    const bound = dualBound(knapsack, [{ row: 0, value: 2 }]);
    expect(bound).toBeGreaterThanOrEqual(14);
    expect(bound - 14).toBeLessThan(1e-13);
  });

  test("passes over multipliers that are negative or not finite", () => {
    const bound = dualBound(knapsack, []);
    for (const value of [-1, Number.NaN, Infinity, 0]) {
      expect(dualBound(knapsack, [{ row: 0, value }])).toBe(bound);
    }
  });

  test("uses both signs of a box that reaches below zero", () => {
    const program = smallProgram({ cost: [-2, 1], lower: [-3, -5], upper: [1, 2] });
    expect(dualBound(program, [])).toBeCloseTo(8, 12);
  });

  test("is never below the exact value, computed in whole numbers", () => {
    // Multiples of 2⁻⁴⁰ that binary64 rounds when summed with large ones; the exact sum is done in
    // BigInt.
    const unit = 2 ** -40;
    const big = fc.integer({ min: -(2 ** 30), max: 2 ** 30 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(big, big, fc.nat(2 ** 30)), { minLength: 1, maxLength: 8 }),
        fc.array(big, { minLength: 8, maxLength: 8 }),
        (rows, cost) => {
          const matrix = rows.map(([a, b]) => [a, b, ...cost.slice(2)]);
          const bounds = rows.map(([a, , c]) => a + c * unit);
          const program = smallProgram({ cost, rows: matrix, bounds });
          const multipliers = rows.map(([, b], row) => ({ row, value: Math.abs(b) * unit }));
          // In units of 2⁻⁸⁰: cost · 2⁸⁰, λ · a · 2⁴⁰ · 2⁴⁰.
          const exact = (value: number) => BigInt(value);
          const lambda = rows.map(([, b]) => exact(Math.abs(b)));
          let total = 0n;
          rows.forEach(([a, , c], row) => {
            total += lambda[row] * (exact(a) * 2n ** 40n + exact(c));
          });
          for (let column = 0; column < 8; column++) {
            let reduced = exact(cost[column]) * 2n ** 40n;
            matrix.forEach((row, index) => (reduced -= lambda[index] * exact(row[column])));
            if (reduced > 0n) total += reduced * 2n ** 40n;
          }
          const bound = dualBound(program, multipliers);
          // Compare bound · 2⁸⁰ with the exact total: scale by powers of two only, which is exact.
          const scaled = bound * 2 ** 80;
          expect(BigInt(scaled) >= total).toBe(true);
          // And not much above: rounding of at most 20 terms of size 2¹⁰².
          const slack = Number(BigInt(scaled) - total) / 2 ** 80;
          expect(slack).toBeLessThan(1e-12 * 2 ** 62 * 20);
        },
      ),
      { seed: PROPERTY_SEED, numRuns: 300 },
    );
  });
});

describe("verifyFarkas", () => {
  const contradiction = smallProgram({
    cost: [1, 1],
    rows: [
      [1, 1],
      [-1, -1],
    ],
    bounds: [0.5, -0.75],
  });

  test("accepts multipliers that add up to a contradiction", () => {
    const proof = [
      { row: 0, value: 1 },
      { row: 1, value: 1 },
    ];
    expect(verifyFarkas(contradiction, proof)).toBe(true);
    expect(farkasMargin(contradiction, proof)).toBeCloseTo(0.25, 12);
  });

  test("refuses multipliers that do not", () => {
    expect(verifyFarkas(contradiction, [])).toBe(false);
    expect(verifyFarkas(contradiction, [{ row: 0, value: 1 }])).toBe(false);
    expect(verifyFarkas(contradiction, [{ row: 1, value: 1 }])).toBe(false);
  });

  test("refuses a contradiction smaller than the rounding of its sums", () => {
    const touching = smallProgram({ cost: [1], rows: [[1], [-1]], bounds: [0.1, -0.1] });
    const proof = [
      { row: 0, value: 1 },
      { row: 1, value: 1 },
    ];
    expect(verifyFarkas(touching, proof)).toBe(false);
  });
});

describe("measureViolation", () => {
  const program = smallProgram({
    cost: [1, 1],
    rows: [
      [3, 4],
      [0, 0],
    ],
    bounds: [5, 0],
  });

  test("is zero at a feasible point", () => {
    expect(measureViolation(program, new Float64Array([0.5, 0.5]))).toEqual({
      box: 0,
      row: 0,
      worstRow: -1,
      worstSlack: 0,
    });
  });

  test("looks no further once a row is violated by more than enough", () => {
    const { rows, ...rest } = smallProgram({
      cost: [1],
      rows: [[1], [1], [1]],
      bounds: [0.9, 0, 0],
    });
    const generated: number[] = [];
    const counting = {
      ...rest,
      rows: {
        ...rows,
        row: (index: number, out: Float64Array): number => {
          generated.push(index);
          return rows.row(index, out);
        },
      },
    };
    expect(measureViolation(counting, Float64Array.of(1), 0.5).worstRow).toBe(1);
    expect(generated).toEqual([0, 1]);
    expect(measureViolation(counting, Float64Array.of(1), 0.05).worstRow).toBe(0);
  });

  test("measures rows at unit norm", () => {
    // 3 + 4 − 5 = 2, norm 5.
    const found = measureViolation(program, new Float64Array([1, 1]));
    expect(found.row).toBeCloseTo(0.4, 12);
    expect(found.worstRow).toBe(0);
    expect(found.worstSlack).toBe(-2);
  });

  test("measures the distance outside the box", () => {
    expect(measureViolation(program, new Float64Array([-0.25, 1.5])).box).toBe(0.5);
  });
});

describe("dualBound of an oracle that combines its rows", () => {
  // y ≤ 1/2, twice; the oracle knows their sum, but allows for an error of 1.
  const plain = smallProgram({ cost: [1], rows: [[1], [1]], bounds: [0.5, 0.5] });
  let combined = 0;
  const combine = (): CombinedRows => {
    combined++;
    const weights = Float64Array.of(1);
    return { weights, weightErrors: new Float64Array(1), slack: 0.5, slackError: 1 };
  };
  const program = { ...plain, rows: { ...plain.rows, combine } };
  const multipliers = [
    { row: 0, value: 0.5 },
    { row: 1, value: 0.5 },
  ];

  test("takes its word where that is low enough", () => {
    combined = 0;
    expect(dualBound(program, multipliers, 2)).toBeCloseTo(1.5, 12);
    expect(dualBound(program, multipliers)).toBeCloseTo(1.5, 12);
    expect(combined).toBe(2);
  });

  test("asks for the rows one by one where it allows for more than is wanted", () => {
    expect(dualBound(program, multipliers, 1)).toBeCloseTo(0.5, 12);
    expect(solveCertified([answering(multipliers)], program)).toMatchObject({ kind: "certified" });
  });
});

/** An engine that says that 1/2 is the optimum, with these multipliers. */
function answering(multipliers: readonly Multiplier[]): Engine {
  const point = Float64Array.of(0.5);
  return {
    name: "answering",
    solve: () => ({
      kind: "optimal",
      point,
      value: 0.5,
      multipliers,
      iterations: 1,
      rowsGenerated: 2,
    }),
  };
}
