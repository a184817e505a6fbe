import { unitRow, violatedRows, type ViolationSearch } from "../../src/lp/violatedRows";
import { denseRows } from "../reference/denseRows";

/** Rows 0 to 4 with slacks −3, 1, −1, −2 and 0; norms 3, 1, 1, 1, 1. */
function search(changes: Partial<ViolationSearch> = {}): ViolationSearch {
  return {
    slacks: Float64Array.of(-3, 1, -1, -2, 0),
    norms: Float64Array.of(3, 1, 1, 1, 1),
    present: new Uint8Array(5),
    tolerance: 1e-9,
    count: 5,
    ...changes,
  };
}

describe("violatedRows", () => {
  test("ranks by violation at unit norm, ties by index, and leaves out what holds", () => {
    // At unit norm the violations are 1, −, 1, 2, −.
    expect(violatedRows(search())).toEqual([3, 0, 2]);
  });

  test("gives no more than it is asked for, the worst first", () => {
    expect(violatedRows(search({ count: 2 }))).toEqual([3, 0]);
    expect(violatedRows(search({ count: 0 }))).toEqual([]);
  });

  test("passes over rows that are present", () => {
    expect(violatedRows(search({ present: Uint8Array.of(0, 0, 0, 1, 0) }))).toEqual([0, 2]);
  });

  test("takes of two rows that are alike the first in rank, in place of the other the next", () => {
    // 3 and 0 are alike: 2 comes instead of 0.
    const alike = (row: number): number => [3, -1, -1, 0, -1][row];
    expect(violatedRows(search({ alike }))).toEqual([3, 2]);
    expect(violatedRows(search({ alike, count: 2 }))).toEqual([3, 2]);
    // The other one may come in another round.
    const present = Uint8Array.of(0, 0, 0, 1, 0);
    expect(violatedRows(search({ alike, present }))).toEqual([0, 2]);
  });

  test("counts a violation up to the tolerance as none, measured at unit norm", () => {
    // −3 at norm 3 and −1 at norm 1 are within a tolerance of 1; −2 is not.
    expect(violatedRows(search({ tolerance: 1 }))).toEqual([3]);
    expect(violatedRows(search({ tolerance: 2 }))).toEqual([]);
  });

  test("takes a row of unknown norm at any negative slack, ranked by the slack itself", () => {
    const norms = Float64Array.of(NaN, 1, 1, 1, 1);
    expect(violatedRows(search({ norms, tolerance: 1 }))).toEqual([0, 3]);
  });

  test("takes a row of norm 0 by its slack: a row of zeros that cannot hold", () => {
    const norms = Float64Array.of(3, 1, 0, 1, 1);
    expect(violatedRows(search({ norms }))).toContain(2);
  });

  test("with a feasible point ranks by which row is met first on the way from there", () => {
    // Shares of the way: 6 / (6 + 3), 1 / (1 + 1), 0 / (0 + 2), whatever the norms.
    const feasibleSlacks = Float64Array.of(6, 1, 1, 0, 1);
    expect(violatedRows(search({ feasibleSlacks }))).toEqual([3, 2, 0]);
    // A point that oversteps a row by rounding stands on it.
    feasibleSlacks[0] = -1e-17;
    expect(violatedRows(search({ feasibleSlacks }))).toEqual([0, 3, 2]);
  });
});

describe("unitRow", () => {
  test("writes a row at unit norm, scales its bound, and notes the norm", () => {
    const rows = denseRows(
      [
        [3, 4],
        [0, 0],
      ],
      [10, -1],
    );
    const norms = new Float64Array(2).fill(NaN);
    const out = new Float64Array(2);
    expect(unitRow(rows, norms, 0, out)).toBe(2);
    expect([...out].map((value) => Math.round(10 * value))).toEqual([6, 8]);
    expect(unitRow(rows, norms, 1, out)).toBe(-1);
    expect([...norms]).toEqual([5, 0]);
  });
});
