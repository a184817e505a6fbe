import { parseConditions, unmetConditions } from "../../src/cli/conditions";
import type { AppMaxRow } from "../../src/experiment/variant/runAppMax";

/** A row of AppMax, of which only what a condition reads matters. */
function row(point: number, maximum: number, upperBound: number): AppMaxRow {
  return {
    point,
    label: 0,
    error: maximum,
    maximum,
    upperBound,
    gap: upperBound - maximum,
    status: upperBound === maximum ? "certified" : "uncertified",
    rowsGenerated: 0,
    violation: 0,
    iterations: 0,
    milliseconds: 0,
    solver: "region",
  };
}

const rows = [row(3, 0.2, 0.2), row(7, 0.1, 0.4), row(9, 0.1, 0.1)];

describe("unmetConditions", () => {
  test("is empty where nothing is asked, and where all that is asked holds", () => {
    expect(unmetConditions(rows, parseConditions({}))).toEqual([]);
    expect(unmetConditions(rows, parseConditions({ failAbove: "0.4" }))).toEqual([]);
    const certified = parseConditions({ failAbove: "0.2", require: "certified" });
    expect(unmetConditions([rows[0], rows[2]], certified)).toEqual([]);
  });

  test("holds --fail-above against the bound, not against what was attained", () => {
    const [sentence] = unmetConditions(rows, parseConditions({ failAbove: "0.3" }));
    expect(sentence).toMatch(/bound of 1 of 3 points lies above it, and the error attained of 0/);
    expect(sentence).toContain("the largest bound is 0.4, of point 7 (0.1 attained)");
  });

  test("holds --fail-above against the bound in real arithmetic where rows are proved there", () => {
    const real = [
      { ...rows[0], roundingAllowance: 2 ** -40 },
      { ...rows[2], roundingAllowance: 0 },
    ];
    const asked = parseConditions({ failAbove: "0.2" });
    expect(unmetConditions([rows[0], rows[2]], asked)).toEqual([]);
    const [sentence] = unmetConditions(real, asked);
    expect(sentence).toContain(`the bound of 1 of 2 points lies above it`);
    expect(sentence).toContain(`the largest bound is ${0.2 + 2 ** -40}, of point 3`);
  });

  test("takes a bound that is no number for one that is above", () => {
    const nothing = [row(1, 0, NaN)];
    expect(unmetConditions(nothing, parseConditions({ failAbove: "1" }))).toHaveLength(1);
  });

  test("names points that are not certified", () => {
    const sentences = unmetConditions(rows, parseConditions({ require: "certified" }));
    expect(sentences).toEqual([expect.stringMatching(/1 of 3 points are not certified \(7\)/)]);
  });
});

describe("parseConditions", () => {
  test.each([
    [{ failAbove: "much" }, /--fail-above takes a number from 0, found "much"/],
    [{ failAbove: "" }, /found ""/],
    [{ failAbove: "-1" }, /found "-1"/],
    [{ failAbove: "Infinity" }, /found "Infinity"/],
    [{ require: "proof" }, /--require takes certified, found "proof"/],
  ])("refuses %j", (flags, words) => {
    expect(() => parseConditions(flags)).toThrow(words);
  });
});
