import { createDataFrame, merge } from "../../../src/present/frame/dataFrame";
import { merged } from "../../reference/rowFrame";
import { plainActual, plainExpected } from "./comparison";
import { frameOf, rowsOf, SHAPES, type Shape } from "./frameShapes";

const KINDS = ["inner", "left", "right", "outer"] as const;

/** Frames whose keys repeat, lack partners and miss values, besides those of the comparisons. */
const PARTNERS: readonly Shape[] = [
  ...SHAPES,
  {
    name: "keys that repeat",
    labels: [1, 2, 3, 4],
    columns: {
      approx: ["int8", null, "int8", "other"],
      error: [1, 2, 3, 4],
      bits: [1, NaN, 16, 16],
      certified: [true, true, false, false],
    },
  },
];

const KEYS = ["approx", "error", "bits"];

describe("merge joins as pandas does", () => {
  test.each(KINDS.flatMap((how) => KEYS.map((on) => ({ how, on }))))(
    "$how on $on",
    ({ how, on }) => {
      for (const left of PARTNERS) {
        for (const right of PARTNERS) {
          if (!(on in left.columns) || !(on in right.columns)) continue;
          const columns = ["approx", "error", "bits", "certified"];
          const found = merge(frameOf(left, columns), frameOf(right, columns), { on, how });
          const wanted = merged(rowsOf(left, columns), rowsOf(right, columns), on, how);
          const shapes = `${left.name}, ${right.name}`;
          expect({ shapes, result: plainActual(found) }).toEqual({
            shapes,
            result: plainExpected(wanted),
          });
        }
      }
    },
  );

  test("on several columns, which all must be equal", () => {
    const left = createDataFrame({ a: ["x-y", "x"], b: ["z", "y-z"], left: [1, 2] });
    const right = createDataFrame({ a: ["x", "x-y"], b: ["y-z", "z"], right: [3, 4] });
    expect(merge(left, right).values).toEqual([
      ["x-y", "z", 1, 4],
      ["x", "y-z", 2, 3],
    ]);
  });

  test("with suffixes of one's own", () => {
    const frame = createDataFrame({ point: [1], error: [2] });
    const suffixes = ["_half", "_int8"] as const;
    expect(merge(frame, frame, { on: "point", suffixes }).columns).toEqual([
      "point",
      "error_half",
      "error_int8",
    ]);
  });

  test("keeps whole numbers whole where every row has a partner, and floats where one has none", () => {
    const left = createDataFrame({ k: [1, 2], n: [3, 4] });
    expect(merge(left, left, { on: "k" }).dtypes).toEqual(["int32", "int32", "int32"]);
    const right = createDataFrame({ k: [1], m: [5] });
    expect(merge(left, right, { how: "left" }).dtypes).toEqual(["int32", "int32", "float32"]);
  });

  test("changes neither frame", () => {
    const left = createDataFrame({ k: [1, 2] }, { index: [7, 8], indexName: "point" });
    merge(left, createDataFrame({ k: [2], m: [1] }));
    expect([left.columns, left.index, left.values]).toEqual([["k"], [7, 8], [[1], [2]]]);
  });

  test("refuses what has no key, keys of two kinds, and names that collide", () => {
    const frame = createDataFrame({ k: [1], error: [2] });
    expect(() => merge(frame, createDataFrame({ a: [1] }))).toThrow(
      /merge needs a column that both frames have; the left has "k", "error", the right "a"/,
    );
    expect(() => merge(frame, createDataFrame({ k: ["1"] }))).toThrow(
      /type number with string, which are never equal; convert one side with asType/,
    );
    const taken = createDataFrame({ k: [1], error: [2], error_x: [3] });
    expect(() => merge(taken, frame, { on: "k" })).toThrow(/two columns called "error_x"/);
    expect(() => merge(frame, frame, { how: "cross" as "inner" })).toThrow(/merge knows how/);
    expect(() => merge(frame, frame, { on: "absent" })).toThrow(/no column "absent"/);
  });
});
