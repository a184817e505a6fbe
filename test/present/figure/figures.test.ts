import { FONT } from "../../../src/present/figure/theme";
import { LINE_HEIGHT, textWidth } from "../../../src/present/svg/textMetrics";
import { ArgumentError, ShapeError } from "../../../src/errors";
import { barFigure } from "../../../src/present/figure/barFigure";
import { DISPLAY } from "../../../src/present/display";
import { createFigure, type Figure } from "../../../src/present/figure/figure";
import { figureText } from "../../../src/present/figure/figureHtml";
import { histogramFigure } from "../../../src/present/figure/histogramFigure";
import { imageGridFigure } from "../../../src/present/figure/imageGridFigure";
import { lineFigure } from "../../../src/present/figure/lineFigure";
import { resampleFigure } from "../../../src/present/figure/resampleFigure";
import { violinFigure } from "../../../src/present/figure/violinFigure";

interface PaddedTitle {
  readonly pad: { readonly t: number };
}

interface Trace {
  readonly name?: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly [key: string]: unknown;
}

function traces(figure: Figure): readonly Trace[] {
  return figure.data as unknown as readonly Trace[];
}

function axisTitleOf(figure: Figure, axis: string): unknown {
  return (figure.layout[axis] as { title: { text: string } }).title.text;
}

describe("createFigure", () => {
  test("is plain JSON whose method to show itself is not seen", () => {
    const figure = createFigure([{ type: "scatter" }], { title: "t" }, {});
    expect(JSON.parse(JSON.stringify(figure))).toEqual({
      data: [{ type: "scatter" }],
      layout: { title: "t" },
      config: {},
    });
    expect(Object.keys(figure)).toEqual(["data", "layout", "config"]);
    expect(typeof figure[DISPLAY]).toBe("function");
  });
});

describe("histogramFigure", () => {
  const values = Float64Array.from({ length: 70000 }, (_, i) => 1 + (i % 1000) / 1000);
  const figure = histogramFigure(
    [
      {
        title: "Net1",
        series: [
          { name: "E", kind: "sample", values },
          { name: "E_Ξ", kind: "attained", values: values.map((value) => 2 * value) },
        ],
      },
      { title: "Net2", series: [{ name: "E", kind: "sample", values }] },
    ],
    { title: "Errors <all>", label: "error", unit: "logits", countLabel: "points", binCount: 10 },
  );

  test("turns seventy thousand values into a few kilobytes", () => {
    expect(JSON.stringify(figure).length).toBeLessThan(8000);
  });

  test("counts every value, and steps down to zero at the end", () => {
    const [first] = traces(figure);
    expect(first?.x).toHaveLength(13);
    expect(first?.y[0]).toBe(0);
    expect(first?.y.at(-1)).toBe(0);
    expect(first?.y.slice(1, 11).reduce((a, b) => a + b, 0)).toBe(70000);
  });

  test("names quantity and unit, marks kinds in the legend and explains them in the caption", () => {
    expect(axisTitleOf(figure, "xaxis")).toBe("error (logits)");
    expect(axisTitleOf(figure, "xaxis2")).toBe("error (logits)");
    expect(traces(figure).map(({ name }) => name)).toEqual([
      "E (sample)",
      "E<sub>Ξ</sub> (attained)",
      "E (sample)",
    ]);
    expect(figureText(figure)).toBe(
      "Errors <all>\nAttained: reached at an input, which is kept or which the same computation finds again; sample: seen on data.",
    );
  });

  test("takes the paper's colours: blue, then orange", () => {
    const colours = traces(figure).map(({ line }) => (line as { color: string }).color);
    expect(colours).toEqual(["#0072B2", "#E69F00", "#0072B2"]);
  });

  test("shows no mark-up that a name brings along as mark-up", () => {
    const text = JSON.stringify(
      histogramFigure([{ series: [{ name: "<b>x</b>", values: [1, 2] }] }]).data,
    );
    expect(text).toContain("&lt;b&gt;x");
  });

  test("says how many values a log axis leaves out", () => {
    const log = histogramFigure([{ series: [{ name: "E", values: [0, 1, 10] }] }], {
      scale: "log",
    });
    expect(figureText(log)).toContain("1 values have no place on this axis");
  });

  test("gives bins of one value a height on a log scale of counts", () => {
    const log = histogramFigure([{ series: [{ name: "E", values: [0, 1, 1] }] }], {
      countScale: "log",
      binCount: 3,
    });
    expect(traces(log)[0]?.y.slice(1, 4)).toEqual([1, 0.5, 2]);
  });
});

describe("violinFigure", () => {
  const figure = violinFigure(
    [
      { name: "16", values: [0.01, 0.02, 0.03, 0.05] },
      { name: "4", values: [100, 200, 300] },
    ],
    { label: "E_Ξ", scale: "log", kind: "attained" },
  );

  test("draws an outline, a bar and a dot per group, within what was seen", () => {
    const all = traces(figure);
    expect(all).toHaveLength(6);
    const [outline] = all;
    expect(Math.min(...(outline?.y ?? []))).toBeCloseTo(0.01, 6);
    expect(Math.max(...(outline?.y ?? []))).toBeCloseTo(0.05, 6);
    expect(Math.max(...(outline?.x ?? []))).toBeCloseTo(0.42, 6);
  });

  test("writes the largest value above each violin", () => {
    expect(traces(figure)[5]?.text).toEqual(["", "300"]);
    expect(figureText(figure)).toContain("number: largest value");
  });

  test("refuses a group without a value that fits the axis", () => {
    expect(() => violinFigure([{ name: "none", values: [0, -1] }], { scale: "log" })).toThrow(
      ArgumentError,
    );
    expect(() => violinFigure([{ name: "none", values: [0, -1] }], { scale: "log" })).toThrow(
      /"none" has 2 values, none of them finite and above 0/,
    );
  });
});

describe("lineFigure and resampleFigure", () => {
  test("draws a band below its line, and tells lines apart by dash and marker", () => {
    const figure = lineFigure([
      {
        series: [
          { name: "a", x: [1, 2], y: [1, NaN], lower: [0, 1], upper: [2, 3] },
          { name: "b", x: [1, 2], y: [5, 6] },
        ],
      },
    ]);
    const [band, a, b] = traces(figure);
    expect(band?.y).toEqual([2, 3, 1, 0]);
    expect(a?.y).toEqual([1, null]);
    expect((a?.line as { dash: string }).dash).not.toBe((b?.line as { dash: string }).dash);
    expect((a?.marker as { symbol: string }).symbol).not.toBe(
      (b?.marker as { symbol: string }).symbol,
    );
  });

  test("shows the median of the repeats and the middle 90 % of them", () => {
    const repeats = Array.from({ length: 101 }, (_, i) => i);
    const figure = resampleFigure([
      {
        title: "Net1",
        series: [{ name: "E", kind: "sample", sizes: [50, 100], estimates: [repeats, repeats] }],
      },
    ]);
    const [band, line] = traces(figure);
    expect(line?.y).toEqual([50, 50]);
    expect(band?.y).toEqual([95, 95, 5, 5]);
    expect(figureText(figure)).toContain("median of 101 samples");
  });
});

describe("barFigure", () => {
  test("hatches all series but the first, and leaves gaps for missing values", () => {
    const figure = barFigure(
      ["x", "y"],
      [
        { name: "a", values: [1, 2] },
        { name: "b", kind: "bound", values: [3, NaN] },
      ],
    );
    const [a, b] = traces(figure);
    expect(JSON.stringify(a?.marker)).not.toContain("pattern");
    expect(JSON.stringify(b?.marker)).toContain("pattern");
    expect(b?.y).toEqual([3, null]);
  });

  test("refuses a series with another count of values", () => {
    expect(() => barFigure(["x"], [{ name: "a", values: [1, 2] }])).toThrow(ShapeError);
    expect(() => barFigure(["x"], [{ name: "a", values: [1, 2] }])).toThrow(
      /"a" have 2 values for 1/,
    );
  });
});

describe("imageGridFigure", () => {
  test("shows all pictures under one scale of grey, as squares, with captions", () => {
    const figure = imageGridFigure([
      { title: "data", pictures: [{ pixels: [0, 1, 0, 1], caption: "label 7" }] },
      { title: "Net1", pictures: [{ pixels: [0, 2, 0, 1], caption: "E 0.1" }] },
    ]);
    const images = figure.layout.images as { source: string; sizex: number; sizey: number }[];
    expect(images).toHaveLength(2);
    expect(images.every(({ source }) => source.startsWith("data:image/png;base64,"))).toBe(true);
    expect(images[0]?.sizex).toBe(images[0]?.sizey);
    expect(figureText(figure)).toContain("Grey from 0 (white) to 2 (black)");
    const { width, height, margin } = figure.layout as {
      width: number;
      height: number;
      margin: { l: number; r: number; t: number; b: number };
    };
    const [, right = 0] = (figure.layout.xaxis as { range: number[] }).range;
    const [bottom = 0] = (figure.layout.yaxis as { range: number[] }).range;
    const unit = (width - margin.l - margin.r) / right;
    expect((height - margin.t - margin.b) / bottom).toBeCloseTo(unit, 0);
  });
});

describe("the title of a figure", () => {
  const TITLE = "Figure 2. Data points and the worst inputs of their polytopes at 16 bits";

  /** The lines of a title as Plotly is given them, and the pixels that there are for them. */
  function titleOf({ layout }: Figure): { lines: string[]; width: number; top: number } {
    const { width, margin } = layout as { width: number; margin: { t: number } };
    const { text } = layout.title as { text: string };
    return { lines: text.replace(/<\/?b>/g, "").split("<br>"), width, top: margin.t };
  }

  test.each([1, 2, 3, 6])("is never wider than the figure: %i pictures in a row", (count) => {
    const pictures = Array.from({ length: count }, () => ({ pixels: [0, 1, 0, 1], caption: "E" }));
    const figure = imageGridFigure([{ title: "data points", pictures }], { title: TITLE });
    const { lines, width } = titleOf(figure);
    expect(lines.join(" ")).toBe(TITLE);
    for (const line of lines) expect(textWidth(line, FONT.titleSize, true)).toBeLessThan(width);
    expect(figureText(figure)).toContain(TITLE);
  });

  test("stays in one line where it fits, and pushes down what is below it where it does not", () => {
    const pictures = [{ pixels: [0, 1, 0, 1] }];
    const of = (title: string, width: number) =>
      titleOf(imageGridFigure([{ pictures }], { title, width }));
    expect(of(TITLE, 960).lines).toHaveLength(1);
    // Plotly lowers the first line of one-line titles alone.
    const padOf = (width: number) =>
      (imageGridFigure([{ pictures }], { title: TITLE, width }).layout.title as PaddedTitle).pad.t;
    expect(padOf(400) - padOf(960)).toBeCloseTo(0.7 * FONT.titleSize);
    const wide = of("short", 400);
    const narrow = of(TITLE, 400);
    expect(narrow.lines.length).toBeGreaterThan(1);
    const line = Math.round(FONT.titleSize * LINE_HEIGHT);
    const pushed = narrow.top - wide.top - (narrow.lines.length - 1) * line;
    expect(Math.abs(pushed)).toBeLessThanOrEqual(narrow.lines.length);
  });
});
