import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataFrame as DanfojsFrame, Series as DanfojsSeries } from "danfojs-node";
import { ArgumentError, ShapeError } from "../../../src/errors";
import {
  concatFrames,
  createDataFrame,
  describeFrame,
  toCsv,
} from "../../../src/present/frame/dataFrame";
import { isDisplayable, DISPLAY } from "../../../src/present/display";
import type { DataFrame, FrameLike, Series } from "../../../src/present/frame/frameType";

const danfojs = createRequire(__filename)("danfojs-node") as {
  DataFrame: new (data: unknown, options?: object) => DanfojsFrame;
  Series: new (data: unknown) => DanfojsSeries;
  concat: (of: { dfList: unknown[]; axis: 0 | 1 }) => unknown;
};

/**
 * Compiles only while danfojs's own frames fit what functions take, and can be asserted both ways.
 */
export function fits(frame: DanfojsFrame, series: DanfojsSeries): FrameLike[] {
  return [frame, series];
}
export function canBeAsserted(frame: DataFrame): DanfojsFrame {
  return frame as DanfojsFrame;
}
export function canBeTaken(frame: DanfojsFrame, series: DanfojsSeries): [DataFrame, Series] {
  return [frame as DataFrame, series as Series];
}

function sample(): DataFrame {
  return createDataFrame(
    [
      { point: 0, error: 0.1, label: "seven" },
      { point: 1, error: 0.2, label: "two, or <7>" },
      { point: 2, error: NaN, label: null },
    ],
    { caption: "Errors", notes: { error: { kind: "sample" } } },
  );
}

async function show(value: unknown): Promise<Record<string, unknown>> {
  if (!isDisplayable(value)) throw new Error("the value does not show itself");
  return await value[DISPLAY]();
}

describe("createDataFrame", () => {
  test("makes a real frame of danfojs", () => {
    const frame = sample();
    expect(frame).toBeInstanceOf(danfojs.DataFrame);
    expect(frame.shape).toEqual([3, 3]);
    expect(frame.dtypes).toEqual(["int32", "float32", "string"]);
    expect(frame.column("error").mean()).toBeCloseTo(0.15, 12);
  });

  test("takes typed arrays as columns, and copies them", () => {
    const error = Float64Array.of(0.5, 0.25);
    const frame = createDataFrame({ error, label: Uint8Array.of(7, 2) });
    error[0] = 99;
    expect(frame.values).toEqual([
      [0.5, 7],
      [0.25, 2],
    ]);
    expect(frame.dtypes).toEqual(["float32", "int32"]);
  });

  test("takes rows of typed arrays", () => {
    const rows = [Float64Array.of(1, 2), Float64Array.of(3, 4)];
    expect(createDataFrame(rows, { columns: ["x", "y"] }).column("y").values).toEqual([2, 4]);
  });

  test("sets what a row lacks to NaN among numbers and to null among texts", () => {
    const frame = createDataFrame([{ a: 1, b: "x" }, {}]);
    expect(frame.values).toEqual([
      [1, "x"],
      [NaN, null],
    ]);
  });

  test("makes a frame without rows", () => {
    const frame = createDataFrame([], { columns: ["a", "b"] });
    expect(frame.shape).toEqual([0, 2]);
    expect(String(frame)).toContain("0 rows × 2 columns");
  });

  test("refuses an index of another length or with repeated labels", () => {
    expect(() => createDataFrame({ a: [1, 2] }, { index: ["x"] })).toThrow(ShapeError);
    expect(() => createDataFrame({ a: [1, 2] }, { index: ["x", "x"] })).toThrow(ArgumentError);
  });

  test("leaves methods alone when a column bears their name", () => {
    const frame = createDataFrame({ count: [1, 2], columns: [3, 4], shape: [5, 6], mean: [7, 8] });
    expect(frame.columns).toEqual(["count", "columns", "shape", "mean"]);
    expect(frame.shape).toEqual([2, 4]);
    expect(frame.mean({ axis: 0 }).values).toEqual([1.5, 3.5, 5.5, 7.5]);
    expect(frame.column("count").values).toEqual([1, 2]);
    expect(frame.head(1).column("columns").values).toEqual([3]);
  });
});

describe("frames in a notebook", () => {
  test("show themselves as HTML, data and text", async () => {
    const bundle = await show(sample());
    expect(Object.keys(bundle)).toEqual([
      "text/html",
      "text/latex",
      "application/vnd.dataresource+json",
      "text/plain",
    ]);
    expect(bundle["text/html"]).toContain("two, or &lt;7&gt;");
    expect(bundle["text/html"]).toContain("<caption>Errors</caption>");
  });

  test("show themselves also when a method of danfojs made them, and keep their notes", async () => {
    const frame = sample();
    const made = [frame.head(2), frame.query([true, false, true]), frame.sortValues("point")];
    for (const value of made) {
      expect((await show(value))["text/html"]).toContain("error<small>sample</small>");
    }
    expect((await show(frame.groupby(["label"]).count()))["text/plain"]).toContain("point_count");
    expect((await show(frame.column("error")))["text/plain"]).toContain("0.2");
    expect((await show(new danfojs.DataFrame([[1, 2]])))["text/html"]).toContain("<td");
    expect((await show(new danfojs.Series([1, 2])))["text/html"]).toContain("<td");
  });

  test("sends 60 rows of 70,000 at most", async () => {
    const frame = createDataFrame({ x: new Float64Array(70000), y: new Int32Array(70000) });
    const resource = (await show(frame))["application/vnd.dataresource+json"];
    expect((resource as { data: unknown[] }).data.length).toBeLessThanOrEqual(60);
  });

  test("print whole names and numbers, aligned", () => {
    const frame = createDataFrame({ aVeryLongColumnNameIndeed: [1 / 3], b: [0.1 + 0.2] });
    expect(String(frame).split("\n")).toEqual([
      "   aVeryLongColumnNameIndeed    b",
      "─────────────────────────────────",
      "0                   0.333333  0.3",
    ]);
  });
});

describe("concatFrames", () => {
  test("changes none of the frames, nor does danfojs's own concat any more", () => {
    const first = new danfojs.DataFrame([[1, 2]], { columns: ["a", "b"] });
    danfojs.concat({ dfList: [first, first], axis: 0 });
    expect(first.column("a").values).toEqual([1]);

    const a = createDataFrame({ a: [1], b: [2] });
    const joined = concatFrames([a, createDataFrame({ b: [3], c: ["x"] })]);
    expect(a.values).toEqual([[1, 2]]);
    expect(a.column("a").values).toEqual([1]);
    expect(joined.columns).toEqual(["a", "b", "c"]);
    expect(joined.values).toEqual([
      [1, 2, null],
      [NaN, 3, "x"],
    ]);
    expect(joined.index).toEqual([0, 1]);
  });

  test("gives a frame even of a single column", () => {
    const joined = concatFrames([createDataFrame({ a: [1] }), createDataFrame({ a: [2] })]);
    expect(joined.shape).toEqual([2, 1]);
  });

  test("sets columns beside columns, padding the shorter and renaming the repeated", () => {
    const joined = concatFrames(
      [createDataFrame({ a: [1, 2], a1: [3, 4] }), createDataFrame({ a: [5] })],
      {
        axis: 1,
      },
    );
    expect(joined.columns).toEqual(["a", "a1", "a2"]);
    expect(joined.values).toEqual([
      [1, 3, 5],
      [2, 4, NaN],
    ]);
  });

  test("refuses a frame whose rows and labels have come apart", () => {
    const frame = createDataFrame({ a: [1] });
    frame.values.push([2]);
    expect(() => concatFrames([frame])).toThrow(/has 2 rows, but 1 row labels/);
  });

  test("needs a frame", () => {
    expect(() => concatFrames([])).toThrow(ArgumentError);
  });
});

describe("toCsv", () => {
  test("quotes separators, quotes and line breaks, and keeps every digit", () => {
    const frame = createDataFrame(
      [
        ['say "hi"', 0.1 + 0.2, "a\nb"],
        ["x,y", NaN, null],
      ],
      {
        columns: ["p,q", "n", "t"],
      },
    );
    const expected = '"p,q",n,t\r\n"say ""hi""",0.30000000000000004,"a\nb"\r\n"x,y",NaN,\r\n';
    expect(toCsv(frame)).toBe(expected);
    expect(frame.toCSV()).toBe(expected);
  });

  test("writes row labels and other separators when asked", () => {
    const frame = createDataFrame({ a: [1] }, { index: ["r;1"], indexName: "row" });
    expect(toCsv(frame, { index: true, separator: ";" })).toBe('row;a\r\n"r;1";1\r\n');
    expect(toCsv(frame, { index: false })).toBe("a\r\n1\r\n");
    expect(createDataFrame({ a: [1] }).toCSV({ header: false })).toBe("1\r\n");
  });

  test("quotes a lone empty field, which readers would skip as an empty line", () => {
    expect(toCsv(createDataFrame({ a: ["x", null] }))).toBe('a\r\nx\r\n""\r\n');
  });

  test("still writes to a file through danfojs's own method", () => {
    const folder = mkdtempSync(join(tmpdir(), "roundlab-csv-"));
    try {
      createDataFrame({ a: ["x,y"] }).toCSV({ filePath: join(folder, "a.csv") });
      expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe('a\r\n"x,y"\r\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("describeFrame", () => {
  test("leaves NaN out instead of spreading it", () => {
    const described = describeFrame(
      createDataFrame({ x: [1, NaN, 2, 3, 4], s: ["a", "b", "c", "d", "e"] }),
    );
    expect(described.columns).toEqual(["x"]);
    expect(described.index).toEqual(["count", "mean", "std", "min", "25%", "median", "75%", "max"]);
    expect(described.column("x").values).toEqual([4, 2.5, Math.sqrt(5 / 3), 1, 1.75, 2.5, 3.25, 4]);
  });

  test("is what the frame's own method gives", () => {
    const frame = sample();
    expect(frame.describe().values).toEqual(describeFrame(frame).values);
  });

  test("says NaN where a statistic has no values", () => {
    expect(describeFrame(createDataFrame({ x: [NaN] })).column("x").values).toEqual([
      0,
      ...Array<number>(7).fill(NaN),
    ]);
  });
});

describe("arithmetic of frames", () => {
  test("runs in binary64, not through float32 tensors", () => {
    const frame = createDataFrame({ a: [0.1, 3], b: [1, -7] });
    expect(frame.add(0.2).values).toEqual([
      [0.1 + 0.2, 1.2],
      [3.2, -7 + 0.2],
    ]);
    expect(frame.mod(4).values[1]).toEqual([3, 1]);
    expect(frame.gt(0.1).values).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test("lines up arrays and series with rows or with columns", () => {
    const frame = createDataFrame({ a: [1, 2], b: [3, 4] });
    expect(frame.mul([10, 100]).values).toEqual([
      [10, 300],
      [20, 400],
    ]);
    expect(frame.mul(frame.column("a"), { axis: 0 }).values).toEqual([
      [1, 3],
      [4, 8],
    ]);
    expect(frame.sub(frame).values).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test("refuses sides that do not fit", () => {
    const frame = createDataFrame({ a: [1, 2], b: [3, 4] });
    expect(() => frame.add([1, 2, 3])).toThrow(
      /axis 1 of a frame of 2 × 2 needs 2 values, found 3/,
    );
    expect(() => frame.add(frame.head(1))).toThrow(ShapeError);
  });
});
