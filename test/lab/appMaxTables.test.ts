import type { AppMaxOutcome, AppMaxRow } from "../../src/experiment/variant/runAppMax";
import { appMaxFrame, appMaxTable, summaryTable } from "../../src/lab/appMaxTables";
import { toCsv } from "../../src/present/frame/dataFrame";
import { renderText } from "../../src/present/table/showTable";
import { renderDataResource } from "../../src/present/table/tableResource";

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

describe("a table of rows proved in real arithmetic", () => {
  const real = { ...row, roundingAllowance: 3e-12 };
  const words = "every input of the point's polytope in [-1, 1], in real arithmetic";

  test("says so of its bounds, which have their allowance beside them: text, JSON and frame", () => {
    const table = appMaxTable({ ...outcome, rows: [real] });
    const text = renderText(table);
    expect(text).toContain(`bound: proved for ${words} with the rounding allowance added`);
    expect(text).not.toContain("binary64");
    const { fields } = renderDataResource(table).schema;
    expect(fields.find(({ name }) => name === "upperBound")).toMatchObject({
      inputs: `${words} with the rounding allowance added`,
    });
    const frame = appMaxFrame([real], { domain: "-1:1" });
    expect(frame.columns.slice(3, 5)).toEqual(["upperBound", "roundingAllowance"]);
    expect(frame.column("roundingAllowance").values).toEqual([3e-12]);
    expect(toCsv(frame)).toMatch(/upperBound,roundingAllowance,/);
  });

  test("claims no more than its weakest row", () => {
    const text = renderText(appMaxTable([real, row], { domain: "-1:1" }));
    expect(text).toContain("up to binary64 rounding of the program");
    expect(text).not.toContain("in real arithmetic");
  });

  test("has a summary whose bound is the largest sum, and says what it is proved for", () => {
    const sets = [{ name: "net", rows: [{ ...real, roundingAllowance: 0.5 }], domain: "-1:1" }];
    const table = summaryTable(sets);
    expect(renderDataResource(table).data[0]).toMatchObject({ upperBound: 1.5 });
    expect(renderText(table)).toMatch(/bound: proved for every input of .*, in real arithmetic/);
    const mixed = [...sets, { name: "other", rows: [row], domain: "-1:1" }];
    expect(renderText(summaryTable(mixed))).toContain("up to binary64 rounding of the program");
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
