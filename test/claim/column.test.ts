import {
  columnsFor,
  declareColumns,
  documentColumns,
  kindsOfColumns,
} from "../../src/claim/column";
import { AGREEMENT_COLUMNS } from "../../src/experiment/variant/agreementColumns";
import { APPMAX_COLUMNS, SUMMARY_COLUMNS } from "../../src/experiment/variant/appMaxColumns";
import { APPMAX_NOTES, SUMMARY_NOTES } from "../../src/lab/appMaxTables";

interface Row {
  readonly point: number;
  readonly most?: number;
}

const COLUMNS = declareColumns<Row, "twice">({
  point: { type: "integer", meaning: "which" },
  most: { type: "number", kind: "bound", unit: "logits", meaning: "at most", isOptional: true },
  twice: { type: "integer", meaning: "doubled", read: ({ point }) => 2 * point },
});

describe("declareColumns", () => {
  test("reads fields and what is derived from a row; a missing field is null", () => {
    const row = { point: 3 };
    expect(COLUMNS.map(({ name, read }) => [name, read(row)])).toEqual([
      ["point", 3],
      ["most", null],
      ["twice", 6],
    ]);
  });

  test("does not compile without a column for every field, or with one for none", () => {
    // @ts-expect-error -- `most` has no column
    declareColumns<Row>({ point: { type: "integer", meaning: "which" } });
    const facts = { type: "integer", meaning: "which" } as const;
    // @ts-expect-error -- there is no field `other`
    expect(declareColumns<Row>({ point: facts, most: facts, other: facts })).toHaveLength(3);
  });

  test("leaves an optional column out where no row has a value", () => {
    const names = (rows: readonly Row[]): string[] =>
      columnsFor(COLUMNS, rows).map(({ name }) => name);
    expect(names([{ point: 1 }])).toEqual(["point", "twice"]);
    expect(names([{ point: 1 }, { point: 2, most: 5 }])).toEqual(["point", "most", "twice"]);
  });

  test("documents columns as a Markdown table", () => {
    expect(documentColumns(COLUMNS)).toBe(
      "| column | type | unit | kind | meaning |\n| --- | --- | --- | --- | --- |\n" +
        "| `point` | integer |  |  | which |\n" +
        "| `most` | number | logits | bound | at most |\n" +
        "| `twice` | integer |  |  | doubled |\n",
    );
  });
});

describe("the columns of rows are said once", () => {
  test.each([
    ["AppMax rows", APPMAX_COLUMNS, APPMAX_NOTES],
    ["their summary", SUMMARY_COLUMNS, SUMMARY_NOTES],
  ])("tables and JSON claim the same of %s", (_, columns, notes) => {
    const kinds = kindsOfColumns(columns);
    expect(Object.keys(kinds).length).toBeGreaterThan(2);
    for (const { name } of columns) expect(notes[name]?.kind).toBe(kinds[name]);
  });

  test("what is attained and its bound stand in one unit", () => {
    const unitOf = (name: string) =>
      [...APPMAX_COLUMNS, ...AGREEMENT_COLUMNS].find((column) => column.name === name)?.unit;
    expect(unitOf("upperBound")).toBe(unitOf("maximum"));
    expect(unitOf("marginBound")).toBe(unitOf("margin"));
    expect(unitOf("distanceBound")).toBe(unitOf("distance"));
  });
});
