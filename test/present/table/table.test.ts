import fc from "fast-check";
import { ShapeError } from "../../../src/errors";
import { elide } from "../../../src/present/table/elide";
import { arrangeColumns, createTable, inferDtype } from "../../../src/present/table/table";

describe("elide", () => {
  test("shows a short run whole", () => {
    expect(elide(3, 60, 20)).toEqual({ positions: [0, 1, 2], before: 3, hiddenCount: 0 });
  });

  test("keeps both ends of a long one", () => {
    expect(elide(100, 60, 4)).toEqual({ positions: [0, 1, 98, 99], before: 2, hiddenCount: 96 });
  });

  test("accounts for every position and never shows more than the limit", () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.integer({ min: 1, max: 70 }),
        fc.nat(80),
        (count, limit, ends) => {
          const { positions, hiddenCount } = elide(count, limit, ends);
          expect(positions.length).toBeLessThanOrEqual(limit);
          expect(positions.length + hiddenCount).toBe(count);
          expect(new Set(positions).size).toBe(positions.length);
        },
      ),
      { seed: 1 },
    );
  });
});

describe("arrangeColumns", () => {
  test("matches rows by name, not by the order of their members", () => {
    const { names, values } = arrangeColumns([
      { a: 1, b: 2 },
      { b: 3, a: 4 },
      { a: 5, c: 6 },
    ]);
    expect(names).toEqual(["a", "b", "c"]);
    expect(values).toEqual([
      [1, 4, 5],
      [2, 3, undefined],
      [undefined, undefined, 6],
    ]);
  });

  test("does not take an inherited member for a value", () => {
    expect(arrangeColumns([{ a: 1 }], ["a", "constructor"]).values).toEqual([[1], [undefined]]);
  });

  test("takes rows as arrays", () => {
    expect(
      arrangeColumns(
        [
          [1, 2],
          [3, 4],
        ],
        ["x", "y"],
      ).values,
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });

  test("refuses columns of different length, naming both", () => {
    expect(() => arrangeColumns({ a: [1, 2], b: [1] })).toThrow(ShapeError);
    expect(() => arrangeColumns({ a: [1, 2], b: [1] })).toThrow(/"b" has 1 values, but "a" has 2/);
  });

  test("refuses an unknown column, a repeated name and a row of another length", () => {
    expect(() => arrangeColumns({ a: [1] }, ["z"])).toThrow(
      /"z" was asked for, but the data have a/,
    );
    expect(() => arrangeColumns({ a: [1] }, ["a", "a"])).toThrow(/distinct column names/);
    expect(() => arrangeColumns([[1, 2], [3]])).toThrow(/row 1 has 1 values, expected 2/);
  });
});

describe("inferDtype", () => {
  test.each([
    [[1, 2], "int32"],
    [[1, 2.5], "float32"],
    [[1, null], "float32"],
    [[NaN], "float32"],
    [["1", "2"], "string"],
    [[true, null], "boolean"],
    [[1, "x"], "string"],
    [[new Date(0)], "datetime"],
    [[undefined], "undefined"],
    [[...Array<number>(600).fill(1), 0.5], "float32"],
  ])("judges %p by all of its values", (values, dtype) => {
    expect(inferDtype(values)).toBe(dtype);
  });

  test("knows typed arrays by their kind", () => {
    expect(inferDtype(Float64Array.of(1))).toBe("float32");
    expect(inferDtype(Uint8Array.of(1))).toBe("int32");
  });
});

describe("createTable", () => {
  test("refuses an index that does not fit", () => {
    expect(() => createTable({ a: [1, 2] }, { index: ["x"] })).toThrow(/2 rows got an index of 1/);
  });
});
