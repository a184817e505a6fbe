import { ArgumentError, ShapeError } from "../../../src/errors";
import { dumbbellFigure } from "../../../src/present/figure/dumbbellFigure";
import { twoSidedFigure } from "../../../src/present/figure/twoSidedFigure";
import { waterfallFigure } from "../../../src/present/figure/waterfallFigure";

interface Trace {
  readonly mode?: string;
  readonly name?: string;
  readonly x: readonly (number | string | null)[];
  readonly y: readonly (number | string | null)[];
  readonly base?: readonly number[];
  readonly text?: readonly string[];
  readonly line?: { readonly width: number };
}

const tracesOf = (figure: { readonly data: readonly unknown[] }) => figure.data as Trace[];

describe("dumbbellFigure", () => {
  const figure = dumbbellFigure(
    ["one", "two"],
    [
      { name: "mean", kind: "sample", values: [1, 2] },
      { name: "largest", kind: "attained", values: [4, 3] },
      { name: "proved", kind: "bound", values: [10, Infinity] },
    ],
    { label: "E", scale: "log" },
  );
  const [thin, thick, ...marks] = tracesOf(figure);

  test("joins what was seen by a thick line and reaches bounds by a thin one", () => {
    expect([thick.x, thick.y]).toEqual([
      [1, 4, null, 2, 3, null],
      [0, 0, null, 1, 1, null],
    ]);
    expect(thin.x).toEqual([1, 10, null, 2, 3, null]);
    expect(thin.line?.width).toBeLessThan(thick.line?.width ?? 0);
  });

  test("names each series with its kind, and leaves out what an axis cannot show", () => {
    expect(marks.map(({ name }) => name)).toEqual([
      "mean (sample)",
      "largest (attained)",
      "proved (bound)",
    ]);
    expect(marks[2].x).toEqual([10, null]);
    const zero = tracesOf(dumbbellFigure(["one"], [{ name: "n", values: [0] }], { scale: "log" }));
    expect(zero[2].x).toEqual([null]);
  });

  test("refuses a series of another length", () => {
    expect(() => dumbbellFigure(["one"], [{ name: "n", values: [1, 2] }])).toThrow(ShapeError);
  });
});

describe("waterfallFigure", () => {
  test("begins each part where the one before ended, and ends with the whole", () => {
    const steps = [
      { name: "a", value: 2 },
      { name: "b", value: -3 },
      { name: "c", value: 0.5 },
    ];
    const [bars, joints] = tracesOf(waterfallFigure([{ steps }], { total: "all" }));
    expect(bars.x).toEqual(["a", "b", "c", "all"]);
    expect(bars.base).toEqual([0, 2, -1, 0]);
    expect(bars.y).toEqual([2, -3, 0.5, -0.5]);
    expect(bars.text?.slice(0, 2)).toEqual(["+2", "−3"]);
    expect(joints.y).toEqual([2, 2, null, -1, -1, null, -0.5, -0.5, null]);
  });

  test("refuses a part that is no number", () => {
    expect(() => waterfallFigure([{ steps: [{ name: "a", value: NaN }] }])).toThrow(ArgumentError);
  });
});

describe("twoSidedFigure", () => {
  const line = { name: "net", seen: 0.0161, appMax: 0.0482, found: 0.13289, bound: 6.6612 };

  test("writes numbers that claim no more than is known: a bound up, what is attained down", () => {
    const texts = tracesOf(twoSidedFigure([line])).flatMap(({ mode, text }) =>
      mode === "text" ? (text ?? []) : [],
    );
    expect(texts).toEqual(["0.0161", "0.0482", "0.132", "6.67", "the true maximum is in here"]);
  });

  test("has no mark for what is not known, and says where the truth is once both sides are", () => {
    const open = { ...line, name: "other", bound: null };
    const traces = tracesOf(twoSidedFigure([open, line]));
    const bounds = traces.find(({ name }) => name === "every input (bound)");
    expect(bounds?.x).toEqual([null, 6.6612]);
    expect(traces.at(-1)?.text).toEqual(["", "the true maximum is in here"]);
  });

  test("refuses numbers that do not grow from the sample to the bound", () => {
    expect(() => twoSidedFigure([{ ...line, found: 0.04 }])).toThrow(
      /appMax is 0.0482, above found/,
    );
    expect(() => twoSidedFigure([{ ...line, bound: 0.1 }])).toThrow(ShapeError);
  });
});
