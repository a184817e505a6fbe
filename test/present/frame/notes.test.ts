import { concatFrames, createDataFrame, merge } from "../../../src/present/frame/dataFrame";
import type { ColumnNote } from "../../../src/present/table/columnFormat";
import type { DataFrame, GroupedFrame, Series } from "../../../src/present/frame/frameType";
import { readTable, type TableLike } from "../../../src/present/table/readTable";
import { call } from "./frameUse";
import { OPERATORS } from "./referenceRules";
import { membersOf } from "./members";

const NOTES: Readonly<Record<string, ColumnNote>> = {
  error: { label: "E(x)", kind: "attained", unit: "logits" },
  limit: { kind: "bound", unit: "logits", inputs: "every input in [0, 1]" },
  point: { kind: "sample" },
};

function frame(): DataFrame {
  return createDataFrame(
    { approx: ["half", "int8", "half"], error: [0.5, 0.25, 1], limit: [1, 0.5, 2] },
    { caption: "Errors", index: [7, 9, 8], indexName: "point", notes: NOTES },
  );
}

const numbers = (): DataFrame => frame().drop({ columns: ["approx"] });

/** What a table claims: `error: attained, logits`, for every column with a claim. */
function claims(value: unknown): string[] {
  return readTable(value as TableLike).columns.flatMap(({ name, note }) =>
    note.kind === undefined && note.unit === undefined && note.inputs === undefined
      ? []
      : [`${name}: ${note.kind}, ${note.unit}`],
  );
}

const KEPT = ["error: attained, logits", "limit: bound, logits"];

interface Rule<Subject> {
  readonly use: (subject: Subject) => unknown;
  readonly claims: readonly string[];
}

const keeps = (use: (frame: DataFrame) => unknown): Rule<DataFrame> => ({ use, claims: KEPT });
const drops = <Subject>(use: (subject: Subject) => unknown): Rule<Subject> => ({
  use,
  claims: [],
});

/** Members that return no frame and no series, so that nothing is claimed. */
const FRAME_VALUES = ["shape", "columns", "index", "dtypes", "values", "size", "iat", "at"];
const FRAME_TEXTS = ["print", "toString", "toCSV", "groupby"];

const FRAME_RULES: Readonly<Record<string, Rule<DataFrame>>> = {
  head: keeps((f) => f.head(2)),
  tail: keeps((f) => f.tail(2)),
  iloc: keeps((f) => f.iloc({ rows: [1] })),
  loc: keeps((f) => f.loc({ rows: [9] })),
  query: keeps((f) => f.query([true, false, true])),
  sample: keeps((f) => f.sample(2)),
  sortValues: keeps((f) => f.sortValues("error")),
  sortIndex: keeps((f) => f.sortIndex()),
  setIndex: keeps((f) => f.setIndex({ index: ["a", "b", "c"] })),
  resetIndex: {
    use: (f) => f.resetIndex(),
    claims: ["point: sample, undefined", ...KEPT],
  },
  copy: keeps((f) => f.copy()),
  dropNa: keeps((f) => f.dropNa()),
  selectDtypes: keeps((f) => f.selectDtypes(["float32"])),
  addColumn: keeps((f) => f.addColumn("row", [0, 1, 2])),
  drop: {
    use: (f) => f.drop({ columns: ["limit"] }),
    claims: ["error: attained, logits"],
  },
  rename: {
    use: (f) => f.rename({ error: "E" }),
    claims: ["E: attained, logits", "limit: bound, logits"],
  },
  column: { use: (f) => f.column("error"), claims: ["error: attained, logits"] },
  max: {
    use: (f) => f.loc({ columns: ["error"] }).max({ axis: 0 }),
    claims: ["0: attained, logits"],
  },
  min: {
    use: (f) => f.loc({ columns: ["error"] }).min({ axis: 0 }),
    claims: ["0: attained, logits"],
  },
  cumMax: keeps(() => numbers().cumMax({ axis: 0 })),
  cumMin: keeps(() => numbers().cumMin({ axis: 0 })),
  append: drops((f) => f.append(["x", 9, 9], 1)),
  fillNa: drops(() => numbers().fillNa(0)),
  replace: drops(() => numbers().replace(1, 9)),
  asType: { use: (f) => f.asType("error", "int32"), claims: ["limit: bound, logits"] },
  T: drops((f) => f.T),
  transpose: drops((f) => f.transpose()),
  isNa: drops((f) => f.isNa()),
  apply: drops(() => numbers().apply((values: number[]) => values)),
  applyMap: drops((f) => f.applyMap((value) => value)),
  abs: drops(() => numbers().abs()),
  round: drops(() => numbers().round(1)),
  describe: drops((f) => f.describe()),
  cumSum: drops(() => numbers().cumSum({ axis: 0 })),
  nUnique: drops((f) => f.nUnique(0)),
  ...Object.fromEntries(
    ["mean", "median", "std", "var", "sum", "count"].map((name) => [
      name,
      drops<DataFrame>((f) => call(f.loc({ columns: ["error"] }), name, { axis: 0 })),
    ]),
  ),
  ...Object.fromEntries(
    Object.keys(OPERATORS).map((name) => [
      name,
      drops<DataFrame>(() => call(numbers(), name, numbers())),
    ]),
  ),
};

const SERIES_VALUES = [
  ...["values", "index", "columns", "dtypes", "dtype", "shape", "size", "iat", "print", "toString"],
  ...["mean", "median", "min", "max", "sum", "std", "var", "count", "nUnique", "argMax", "argMin"],
];

const SERIES_RULES: Readonly<Record<string, Rule<Series>>> = {
  ...Object.fromEntries(
    Object.entries<(series: Series) => unknown>({
      head: (s) => s.head(1),
      tail: (s) => s.tail(1),
      iloc: (s) => s.iloc([1]),
      loc: (s) => s.loc([9]),
      unique: (s) => s.unique(),
      sortValues: (s) => s.sortValues(),
      copy: (s) => s.copy(),
      dropNa: (s) => s.dropNa(),
      cumMin: (s) => s.cumMin(),
      cumMax: (s) => s.cumMax(),
    }).map(([name, use]) => [name, { use, claims: ["error: attained, logits"] }]),
  ),
  valueCounts: drops((s) => s.valueCounts()),
  describe: drops((s) => s.describe()),
  abs: drops((s) => s.abs()),
  round: drops((s) => s.round(1)),
  cumSum: drops((s) => s.cumSum()),
  isNa: drops((s) => s.isNa()),
  fillNa: drops((s) => s.fillNa(0)),
  map: drops((s) => s.map((value) => value)),
  apply: drops((s) => s.apply((value) => value)),
  and: drops((s) => s.gt(0).and(true)),
  or: drops((s) => s.gt(0).or(true)),
  ...Object.fromEntries(
    Object.keys(OPERATORS).map((name) => [name, drops<Series>((s) => call(s, name, s))]),
  ),
};

const GROUP_RULES: Readonly<Record<string, Rule<GroupedFrame>>> = {
  max: { use: (g) => g.max(), claims: ["error_max: attained, logits", "limit_max: bound, logits"] },
  min: { use: (g) => g.min(), claims: ["error_min: attained, logits", "limit_min: bound, logits"] },
  first: { use: (g) => g.first(), claims: KEPT },
  last: { use: (g) => g.last(), claims: KEPT },
  getGroup: { use: (g) => g.getGroup(["half"]), claims: KEPT },
  col: { use: (g) => g.col(["error"]).max(), claims: ["error_max: attained, logits"] },
  agg: { use: (g) => g.agg({ error: ["max", "mean"] }), claims: ["error_max: attained, logits"] },
  size: drops((g) => g.size()),
  count: drops((g) => g.count()),
  sum: drops((g) => g.sum()),
  mean: drops((g) => g.mean()),
  std: drops((g) => g.std()),
  var: drops((g) => g.var()),
};

describe("kinds and units survive selection, renaming and display, and nothing else", () => {
  test.each(Object.entries(FRAME_RULES))("frame.%s", async (_, { use, claims: expected }) => {
    expect(claims(await use(frame()))).toEqual(expected);
  });
  test.each(Object.entries(SERIES_RULES))("series.%s", async (_, { use, claims: expected }) => {
    expect(claims(await use(frame().column("error")))).toEqual(expected);
  });
  test.each(Object.entries(GROUP_RULES))("groups.%s", (_, { use, claims: expected }) => {
    expect(claims(use(frame().groupby("approx")))).toEqual(expected);
  });

  test("with a rule for every member", () => {
    const frames = [...Object.keys(FRAME_RULES), ...FRAME_VALUES, ...FRAME_TEXTS];
    expect(frames.sort()).toEqual(membersOf("frameType.ts", "DataFrame").sort());
    const series = [...Object.keys(SERIES_RULES), ...SERIES_VALUES];
    expect(series.sort()).toEqual(membersOf("seriesType.ts", "Series").sort());
    const groups = [...Object.keys(GROUP_RULES), "ngroups"];
    expect(groups.sort()).toEqual(membersOf("frameType.ts", "GroupedFrame").sort());
  });

  test("the largest of a bound and an attained value is neither", () => {
    expect(claims(numbers().max())).toEqual([]);
    expect(claims(numbers().max({ axis: 0 }))).toEqual([]);
  });

  test("a column made anew does not inherit the claim of the one it replaces", () => {
    const again = frame()
      .drop({ columns: ["error"] })
      .addColumn("error", [9, 9, 9]);
    expect(claims(again)).toEqual(["limit: bound, logits"]);
    expect(claims(frame().addColumn("error", [9, 9, 9]))).toEqual(["limit: bound, logits"]);
  });

  test("a column taken from another frame brings its claim along", () => {
    const other = createDataFrame({ a: [1, 2, 3] }, { index: [8, 7, 9] });
    expect(claims(other.addColumn("worst", frame().column("error")))).toEqual([
      "worst: attained, logits",
    ]);
  });

  test("a renamed column is shown under its new name", () => {
    expect(String(frame().rename({ error: "largest" }))).toContain("largest");
    expect(String(frame().groupby("approx").max())).toContain("error_max");
  });

  test("methods of danfojs that are not listed drop them", () => {
    const other = numbers() as unknown as { mode(of: object): unknown };
    expect(claims(other.mode({ axis: 0 }))).toEqual([]);
  });

  test("bounds for different inputs, joined, are bounds for neither", () => {
    const limit = (inputs: string): DataFrame =>
      createDataFrame({ limit: [1] }, { notes: { limit: { kind: "bound", inputs } } });
    expect(claims(concatFrames([limit("[0, 1]"), limit("[0, 1]")]))).toHaveLength(1);
    expect(claims(concatFrames([limit("[0, 1]"), limit("[0, 9]")]))).toEqual([]);
  });

  test("joined frames keep those on which all agree", () => {
    const bound = createDataFrame(
      { approx: ["half"], error: [9] },
      { notes: { error: { kind: "bound", unit: "logits" } } },
    );
    expect(claims(concatFrames([frame(), frame()]))).toContain("error: attained, logits");
    expect(claims(concatFrames([frame(), bound]))).not.toContain("error: attained, logits");
    expect(claims(merge(frame(), bound, { on: "approx" }))).toEqual([
      "point: sample, undefined",
      "error_x: attained, logits",
      "limit: bound, logits",
      "error_y: bound, logits",
    ]);
  });
});
