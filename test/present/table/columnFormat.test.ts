import { createRandom } from "../../../src/numeric/random";
import { formatColumn, type ColumnNote } from "../../../src/present/table/columnFormat";

describe("formatColumn", () => {
  test("gives a column of floats one count of decimals, so that points stand under points", () => {
    expect(formatColumn([0.024727, 301.230476, 8.191886], "float32")).toEqual([
      "0.024727",
      "301.230476",
      "8.191886",
    ]);
  });

  test("never prints the noise of binary arithmetic", () => {
    expect(formatColumn([0.1 + 0.2, 0.7], "float32")).toEqual(["0.3", "0.7"]);
    expect(formatColumn([1e8 + 0.1, 1e-6], "float32").join()).not.toContain("0000000149");
  });

  test("writes whole numbers without decimals, and floats that happen to be whole with one", () => {
    expect(formatColumn([1, -20], "int32")).toEqual(["1", "-20"]);
    expect(formatColumn([1, 2], "float32")).toEqual(["1.0", "2.0"]);
  });

  test("takes whole numbers with gaps for counts, not for floats", () => {
    expect(formatColumn([1, NaN, 3], "float32")).toEqual(["1", "NaN", "3"]);
  });

  test("turns to powers of ten where fixed decimals would be unreadable", () => {
    expect(formatColumn([1e-12, 2.5e3, 0], "float32")).toEqual(["1.0e-12", "2.5e+03", "0"]);
  });

  test("tells missing values from NaN and infinity", () => {
    expect(formatColumn([null, undefined, NaN, Infinity, 1], "float32")).toEqual([
      "–",
      "–",
      "NaN",
      "∞",
      "1",
    ]);
  });

  test("never shows a negative zero", () => {
    expect(formatColumn([-0.0000001, 1], "float32", { decimals: 2 })).toEqual(["0.00", "1.00"]);
  });

  test("follows the style and the digits that the column's note asks for", () => {
    expect(formatColumn([0.983], "float32", { style: "percent" })).toEqual(["98.30\u202f%"]);
    expect(formatColumn([70000], "int32", { style: "count" })).toEqual(["70\u202f000"]);
    expect(formatColumn([0.85], "float32", { style: "seconds" })).toEqual(["850\u202fms"]);
    expect(formatColumn([1 / 3, 2 / 3], "float32", { digits: 2 })).toEqual(["0.33", "0.67"]);
    expect(formatColumn([1234], "int32", { style: "powerOfTen" })).toEqual(["1.234e+03"]);
  });

  test("shows texts, truths, dates and arrays in one line each, long ones cut", () => {
    const [text, truth, date, vector, list] = formatColumn(
      ["a".repeat(500), true, new Date(0), new Float64Array(784), [1, 2]],
      "string",
    );
    expect(text).toHaveLength(120);
    expect(text?.endsWith("…")).toBe(true);
    expect([truth, date, vector, list]).toEqual([
      "true",
      "1970-01-01T00:00:00.000Z",
      "[784 values]",
      "[1,2]",
    ]);
  });

  test("survives values that have no JSON", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(formatColumn([cycle, 10n], "string")).toEqual(["[object Object]", "10"]);
  });

  test.each([
    ["number", { digits: 2 }, 1],
    ["percent", { decimals: 1, style: "percent" }, 100],
    ["powerOfTen", { digits: 2, style: "powerOfTen" }, 1],
  ] as const)("never rounds a bound to its wrong side, in style %s", (_, note, scale) => {
    const random = createRandom(11);
    const values = Array.from(
      { length: 200 },
      () => (random.next() - 0.5) * 10 ** (6 * random.next() - 3),
    );
    const numbersOf = (more: ColumnNote): number[] =>
      formatColumn(values, "float32", { ...note, ...more }).map((text) =>
        Number(text.replace(/\u202f%$/, "")),
      );
    numbersOf({ kind: "bound" }).forEach((shown, index) =>
      expect(shown).toBeGreaterThanOrEqual(scale * values[index]),
    );
    numbersOf({ kind: "bound", end: "lower" }).forEach((shown, index) =>
      expect(shown).toBeLessThanOrEqual(scale * values[index]),
    );
  });

  test("rounds an upper bound of a share up and the least share down, what is exact not at all", () => {
    const share = [0.7349, 0.7351, 0.5];
    const shown = (note: ColumnNote): string[] =>
      formatColumn(share, "float32", { digits: 2, ...note });
    expect(shown({ kind: "bound" })).toEqual(["0.74", "0.74", "0.50"]);
    expect(shown({ kind: "attained", end: "lower" })).toEqual(["0.73", "0.73", "0.50"]);
    expect(shown({ kind: "sample" })).toEqual(["0.73", "0.74", "0.50"]);
  });
});
