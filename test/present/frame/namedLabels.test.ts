import { concatFrames, createDataFrame, merge, toCsv } from "../../../src/present/frame/dataFrame";
import type { DataFrame } from "../../../src/present/frame/frameType";

/** A frame as a run shows it: `point` stands over the labels. */
function run(points: readonly number[] = [9, 7, 8]): DataFrame {
  return createDataFrame(
    { error: points.map((point) => point / 10), approx: points.map(() => "half") },
    { index: points, indexName: "point", notes: { point: { label: "point" } } },
  );
}

describe("labels that are shown under a name are a column", () => {
  test("for column(), at() and loc()", () => {
    expect(run().column("point").values).toEqual([9, 7, 8]);
    expect(run().column("point").index).toEqual([9, 7, 8]);
    expect(run().at(7, "point")).toBe(7);
    expect(run().loc({ columns: ["point", "error"] }).values[0]).toEqual([9, 0.9]);
  });

  test("for query, sortValues and groupby", () => {
    const frame = run();
    expect(frame.query(frame.column("point").gt(7)).index).toEqual([9, 8]);
    expect(frame.sortValues("point").index).toEqual([7, 8, 9]);
    expect(frame.groupby("point").max().column("point").values).toEqual([7, 8, 9]);
  });

  test("for toCsv and toCSV", () => {
    expect(toCsv(run([7]))).toBe("point,error,approx\r\n7,0.7,half\r\n");
    expect(run([7]).toCSV()).toBe("point,error,approx\r\n7,0.7,half\r\n");
    expect(toCsv(run([7]), { index: false })).toBe("error,approx\r\n0.7,half\r\n");
  });

  test("for resetIndex, which setIndex takes back", () => {
    const reset = run().resetIndex();
    expect(reset.columns).toEqual(["point", "error", "approx"]);
    expect(reset.index).toEqual([0, 1, 2]);
    const again = reset.setIndex({ column: "point", drop: true });
    expect(String(again)).toBe(String(run()));
  });

  test("for concatFrames, whose frames may share points", () => {
    const joined = concatFrames([run(), run()]);
    expect(joined.columns).toEqual(["point", "error", "approx"]);
    expect(joined.column("point").values).toEqual([9, 7, 8, 9, 7, 8]);
    expect(joined.index).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("for merge, by itself and by name", () => {
    const other = createDataFrame({ point: [7, 9], label: [1, 4] });
    const expected = [
      [9, 0.9, "half", 4],
      [7, 0.7, "half", 1],
    ];
    expect(merge(run(), other, { on: "point" }).values).toEqual(expected);
    expect(merge(run(), other).values).toEqual(expected);
  });

  test("for rename", () => {
    expect(run().rename({ point: "image" }).column("image").values).toEqual([9, 7, 8]);
  });

  test("and no second column may take the name", () => {
    expect(() => run().addColumn("point", [1, 2, 3])).toThrow(/called "point" already; resetIndex/);
    const clash = createDataFrame({ point: [1, 2] }, { index: [5, 6], indexName: "point" });
    expect(() => clash.resetIndex()).toThrow(/a column of other values is so called too/);
    expect(clash.resetIndex({ drop: true }).column("point").values).toEqual([1, 2]);
  });

  test("while labels without a name are none", () => {
    const frame = createDataFrame({ a: [1] }, { index: [7] });
    expect(() => frame.column("index")).toThrow(/there is no column "index"; the columns are "a"/);
    expect(toCsv(frame)).toBe("a\r\n1\r\n");
    expect(concatFrames([frame]).columns).toEqual(["a"]);
    expect(frame.resetIndex().columns).toEqual(["index", "a"]);
  });
});

describe("concatFrames beside one another", () => {
  test("matches rows by their labels, in whatever order they stand", () => {
    const joined = concatFrames([run([9, 7, 8]), run([7, 8, 9]).rename({ error: "again" })], {
      axis: 1,
    });
    expect(joined.index).toEqual([9, 7, 8]);
    expect(joined.column("again").values).toEqual([0.9, 0.7, 0.8]);
    expect(joined.column("point").values).toEqual([9, 7, 8]);
  });

  test("leaves missing what a frame has no row for", () => {
    const joined = concatFrames([run([7]), run([8]).drop({ columns: ["approx"] })], { axis: 1 });
    expect(joined.index).toEqual([7, 8]);
    expect(joined.values).toEqual([
      [0.7, "half", NaN],
      [NaN, null, 0.8],
    ]);
  });
});
