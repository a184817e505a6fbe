import { StoreError } from "../../../src/errors";
import { rowKindOf } from "../../../src/experiment/store/rowChecks";
import { parseRows } from "../../../src/experiment/store/storeLines";
import { appMaxRow } from "../rows";

const FILE = "results/key/rows.jsonl";
const APPMAX = rowKindOf({ kind: "appmax" });

const parse = (kind: string, rows: readonly (object | string)[]): unknown =>
  parseRows(
    Buffer.from(
      rows.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join(""),
    ),
    FILE,
    rowKindOf({ kind }),
  );

const without = (row: object, name: string): object =>
  Object.fromEntries(Object.entries(row).filter(([key]) => key !== name));

describe("rows of AppMax", () => {
  test("are taken as they are when nothing is wrong with them", () => {
    const rows = [appMaxRow(1), appMaxRow(2, { status: "uncertified", upperBound: 3, gap: 0.5 })];
    expect(parse("appmax", rows)).toEqual(rows);
  });

  test.each(Object.keys(appMaxRow(0)))("are refused without %s, with file and line", (name) => {
    const parsing = (): unknown => parse("appmax", [appMaxRow(1), without(appMaxRow(2), name)]);
    expect(parsing).toThrow(StoreError);
    expect(parsing).toThrow(
      new RegExp(`^line 2 of ${FILE} is no row of this run: ${name} is missing, expected`),
    );
  });

  test.each([
    ["maximum is null, expected a number", { maximum: null }],
    ['error is "1", expected a number', { error: "1" }],
    ["error is -1, expected a number from 0", { error: -1 }],
    ["point is 1.5, expected a whole number", { point: 1.5 }],
    ['status is "proved", expected one of certified, uncertified', { status: "proved" }],
    ["error 3 is above maximum 2", { error: 3 }],
    ["maximum 2 is above upperBound 1.9", { upperBound: 1.9 }],
    ["gap is 0, but maximum and upperBound are 0.5 apart", { upperBound: 3 }],
    ["status is certified, but the gap is 0.5", { upperBound: 3, gap: 0.5 }],
  ])("are refused when %s", (message, changes) => {
    const row = { ...appMaxRow(7), ...changes };
    expect(() => parse("appmax", [row])).toThrow(
      `line 1 of ${FILE} is no row of this run: ${message}`,
    );
  });

  test("may be out of order by the rounding of the networks, not by more", () => {
    expect(APPMAX.fault({ ...appMaxRow(1, { error: 2 + 1e-12 }) })).toBeUndefined();
    expect(APPMAX.fault({ ...appMaxRow(1, { error: 2 + 1e-9 }) })).toMatch(/above maximum/);
  });

  test("proved up to rounding are refused with an allowance, which claims more than was proved", () => {
    expect(() => parse("appmax", [{ ...appMaxRow(7), roundingAllowance: 0 }])).toThrow(
      `line 1 of ${FILE} is no row of this run: roundingAllowance is 0, expected none in a run`,
    );
  });

  test("are refused twice for one point, naming both lines", () => {
    const parsing = (): unknown => parse("appmax", [appMaxRow(7), appMaxRow(8), appMaxRow(7)]);
    expect(parsing).toThrow(StoreError);
    expect(parsing).toThrow(/line 3 of .* is of point 7, as line 1 is already; remove one/);
  });

  test.each(["[1]", "null", "7", '"row"'])("are refused when a line holds %s", (line) => {
    expect(() => parse("appmax", [line])).toThrow(/is no row of this run: it is no object/);
  });

  test("are refused when a line is cut in the middle of the file", () => {
    const line = JSON.stringify(appMaxRow(2)).slice(0, 40);
    expect(() => parse("appmax", [appMaxRow(1), line, appMaxRow(3)])).toThrow(
      `line 2 of ${FILE} is not JSON; restore the file, or remove that line`,
    );
  });
});

describe("rows of AppMax proved in real arithmetic", () => {
  const { fault } = rowKindOf({ kind: "appmax", proof: "real" });

  test.each([0, 3e-12])("are taken with the allowance %d", (roundingAllowance) => {
    expect(fault({ ...appMaxRow(1), roundingAllowance })).toBeUndefined();
  });

  test.each([
    ["roundingAllowance is missing, expected a number from 0", {}],
    ["roundingAllowance is -1e-12, expected a number from 0", { roundingAllowance: -1e-12 }],
    ["roundingAllowance is null, expected", { roundingAllowance: null }],
    ["error 3 is above maximum 2", { roundingAllowance: 0, error: 3 }],
  ])("are refused when %s", (message, changes) => {
    expect(fault({ ...appMaxRow(1), ...changes })).toContain(message);
  });

  test("are not read where the proof is one that this version does not know", () => {
    expect(() => rowKindOf({ kind: "appmax", proof: "integer" })).toThrow(
      /bounds of proof "integer" are unknown/,
    );
  });
});

describe("rows of agreement", () => {
  const row = {
    ...{ point: 1, label: 1, exactClass: 1, rivalClass: 2, verdict: "disagrees" },
    ...{ marginAtPoint: -2, margin: 0.5, marginBound: 0.6, distance: 4, distanceBound: 3 },
    ...{ rounded: { c: 0.4, g: 0.6 }, original: { c: 0.6, g: 0.4 }, iterations: 1 },
    ...{ milliseconds: 1, decided: 9, programs: 9, solver: "region" },
  };

  test("are taken as they are when nothing is wrong with them", () => {
    expect(parse("classification", [row])).toEqual([row]);
  });

  const agreeing = {
    ...{ ...row, verdict: "agrees", margin: -1, marginBound: 0 },
    ...{ distance: null, distanceBound: null, exclusionBound: -0.3 },
  };

  test("are read with what proves that no class is tied, and without it as they were stored", () => {
    const old = without(agreeing, "exclusionBound");
    expect(parse("classification", [agreeing, { ...old, point: 2 }])).toHaveLength(2);
  });

  test.each([
    ["exclusionBound is 0, expected a number below 0", { ...agreeing, exclusionBound: 0 }],
    ["margin -0.1 is above exclusionBound -0.3", { ...agreeing, margin: -0.1 }],
    ["exclusionBound is -1, expected none unless", { ...row, exclusionBound: -1 }],
  ])("are refused when %s", (message, wrong) => {
    expect(() => parse("classification", [wrong])).toThrow(message);
  });

  test.each([
    ["margin 0.7 is above marginBound 0.6", { margin: 0.7 }],
    ["marginAtPoint 1 is above margin 0.5", { marginAtPoint: 1 }],
    ["distanceBound 5 is above distance 4", { distanceBound: 5 }],
    ["decided 10 is above programs 9", { decided: 10 }],
    ["verdict is agrees, which does not fit margin 0.5", { verdict: "agrees" }],
    ["verdict is disagrees, which does not fit", { distance: null }],
    ['rounded is {"c":1}, expected a pair of probabilities', { rounded: { c: 1 } }],
  ])("are refused when %s", (message, changes) => {
    expect(() => parse("classification", [{ ...row, ...changes }])).toThrow(message);
  });
});

describe("rows of accuracy", () => {
  const row = { block: 0, classes: [1, 2, 3], correct: 2, milliseconds: 1 };

  test.each([
    ["correct is 4, but there are 3 images", { correct: 4 }],
    ["classes is [1,-2], expected whole numbers", { classes: [1, -2] }],
    ["block is -1", { block: -1 }],
  ])("are refused when %s", (message, changes) => {
    expect(parse("accuracy", [row])).toEqual([row]);
    expect(() => parse("accuracy", [{ ...row, ...changes }])).toThrow(message);
  });
});

describe("rowKindOf", () => {
  test("refuses a kind that it does not know", () => {
    expect(() => rowKindOf({ kind: "later" })).toThrow(/of kind "later" are unknown/);
  });
});
