import type { AppMaxOutcome, AppMaxRow } from "../../src/experiment/runAppMax";
import { appMaxFrame, appMaxTable, summaryTable } from "../../src/present/appMaxTables";
import { renderText } from "../../src/present/showTable";
import { renderDataResource } from "../../src/present/tableResource";

const row: AppMaxRow = {
  point: 3,
  label: 1,
  error: 0.5,
  maximum: 1,
  upperBound: 1,
  gap: 0,
  iterations: 9,
  milliseconds: 1,
  solver: "region",
  status: "certified",
  rowsGenerated: 2,
  violation: 0,
};

// The experiment of a run in another box; nothing but its domain is read here.
const outcome = {
  kind: "finished",
  rows: [row],
  experiment: { domain: "-1:1" },
  assumptions: ["net: ReLU between the dense layers"],
} as unknown as AppMaxOutcome;

describe("a table of AppMax rows", () => {
  test("names the polytope and the box in which its bounds hold: caption, legend and JSON", () => {
    const words =
      "every input of the point's polytope in [-1, 1], up to binary64 rounding of the program";
    const table = appMaxTable(outcome);
    expect(table.caption).toContain("on the polytope of each point in [-1, 1]; bounds hold there");
    expect(table.caption).toContain("; assumed of net: ReLU between the dense layers");
    expect(renderText(table)).toContain(`bound: proved for ${words}`);
    const field = renderDataResource(table).schema.fields.find(({ name }) => name === "upperBound");
    expect(field).toMatchObject({ kind: "bound", unit: "logits, L1", inputs: words });
  });

  test("takes the domain as an option where rows stand alone, and claims no box without it", () => {
    expect(appMaxTable([row], { domain: "pixels" }).caption).toContain("in [0, 1] (pixels)");
    expect(appMaxTable([row]).caption).toContain("in the run's domain");
  });
});

describe("an uncertified row", () => {
  const uncertified: AppMaxRow = {
    ...row,
    point: 4,
    maximum: 0.003986074260395878,
    upperBound: 0.003986074276497144,
    gap: 1.610126615370078e-9,
    status: "uncertified",
    reason: "highs: bound 0.003986 and value 0.003986 differ by 1.6e-11, allowed is 1e-11",
  };

  test("says in the table how many digits agree and why there are no more", () => {
    const text = renderText(appMaxTable([row, uncertified]));
    expect(text).toContain("digits that agree");
    expect(text).toMatch(/uncertified\s+8\s+rounding/);
    expect(text).toMatch(/certified\s+16/);
  });

  test("adds no column where every row is certified", () => {
    expect(renderText(appMaxTable([row]))).not.toContain("digits that agree");
    expect(appMaxFrame([row, uncertified]).columns).toEqual([
      ...appMaxFrame([row]).columns,
      "digits",
      "why",
    ]);
  });
});

describe("a summary of AppMax rows", () => {
  test("names the box of every set", () => {
    const sets = [
      { name: "one", rows: [row], domain: "pixels" },
      { name: "other", rows: [row], domain: { lower: -1, upper: 1 } },
    ];
    const words = "the polytopes of the sample's points in [0, 1] (pixels) or [-1, 1]";
    expect(summaryTable(sets).caption).toContain(words);
    expect(renderText(summaryTable(sets))).toContain(`bound: proved for every input of ${words}`);
  });
});
