import { labelWithKind, type KindOfNumber } from "../../claim/kindOfNumber";
import { ShapeError } from "../../errors";
import { textWidth } from "../svg/textMetrics";
import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { axisTitle, frameLayout, plainText, type FigureOptions } from "./figureFrame";
import { positiveRange, scaledAxis, type Scale } from "./scale";
import { shownDigits } from "./shownDigits";
import { FONT, INK, seriesStyle, themedAxis } from "./theme";

/** One mark on every line. */
export interface DumbbellSeries {
  readonly name: string;
  readonly kind?: KindOfNumber;
  /** One value for each line; what is not finite, or not above 0 on a log axis, has no mark. */
  readonly values: ArrayLike<number | null>;
}

/** How dumbbells are drawn. */
export interface DumbbellOptions extends FigureOptions {
  readonly label?: string;
  readonly unit?: string;
  readonly scale?: Scale;
}

/** Pixels for a line, and for what stands around all lines. */
const LINE = 34;
const AROUND = 190;
const LONGEST_NAME = 240;

/**
 * A line for each category, from the top, with a mark for each series: how far apart numbers of one
 * thing lie. Bounds are ticks on a thin line, for everything between them and the next mark is
 * open; all other marks are joined by a thick one.
 *
 * @throws ShapeError if a series has not one value per category
 * @example
 * rl.dumbbellFigure(["dense"], [{ name: "seen", values: [1], kind: "sample" }], { label: "E" })
 */
export function dumbbellFigure(
  categories: readonly string[],
  series: readonly DumbbellSeries[],
  options: DumbbellOptions = {},
): Figure {
  const { label = "value", unit, scale = "linear" } = options;
  for (const { name, values } of series) {
    if (values.length === categories.length) continue;
    throw new ShapeError(
      `the marks ${JSON.stringify(name)} have ${values.length} values for ${categories.length} lines`,
    );
  }
  const shown = series.map((one) => ({ ...one, values: Array.from(one.values, markOn(scale)) }));
  const names = categories.map((name) => textWidth(name, FONT.size));
  const left = Math.min(LONGEST_NAME, Math.max(40, ...names)) + 24;
  const layout = frameLayout(
    { height: AROUND + LINE * categories.length, ...options },
    {
      margins: { left, right: 24, bottom: 62 },
      panels: [
        {
          title: "",
          x: scaledAxis(
            axisTitle(label, unit),
            scale,
            positiveRange(shown.map(({ values }) => values)),
          ),
          y: themedAxis("", {
            tickmode: "array",
            tickvals: categories.map((_, line) => line),
            ticktext: categories.map(plainText),
            range: [categories.length - 0.5, -0.5],
          }),
        },
      ],
      kinds: series.map(({ kind }) => kind),
      legend: series.map(({ name, kind }) => labelWithKind(name, kind)),
    },
  );
  const traces = [
    linesOf(shown, 1, INK.muted),
    linesOf(
      shown.filter(({ kind }) => kind !== "bound"),
      5,
      INK.grid,
    ),
    ...shown.map((one, position) => marksOf(one, position, categories)),
  ];
  return createFigure(traces, { ...layout, hovermode: "closest" });
}

type Shown = Omit<DumbbellSeries, "values"> & { readonly values: readonly (number | null)[] };

function markOn(scale: Scale): (value: number | null) => number | null {
  return (value) => {
    const isOff = scale === "log" && value !== null && value <= 0;
    return isOff ? null : shownDigits(value);
  };
}

/** From the smallest mark to the largest, line by line. */
function linesOf(series: readonly Shown[], width: number, colour: string): PlotlyObject {
  const count = series[0]?.values.length ?? 0;
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  for (let line = 0; line < count; line++) {
    const marks = series.map(({ values }) => values[line]).filter((value) => value !== null);
    if (marks.length < 2) continue;
    x.push(Math.min(...marks), Math.max(...marks), null);
    y.push(line, line, null);
  }
  const style = { mode: "lines", line: { width, color: colour }, hoverinfo: "skip" };
  return { type: "scatter", ...style, showlegend: false, x, y };
}

function marksOf(
  { name, kind, values }: Shown,
  position: number,
  categories: readonly string[],
): PlotlyObject {
  const { colour, symbol } = seriesStyle(position);
  const isBound = kind === "bound";
  const marker = isBound
    ? { symbol: "line-ns-open", size: 14, color: colour, line: { color: colour, width: 3 } }
    : { symbol, size: 10, color: colour };
  return {
    type: "scatter",
    mode: "markers",
    name: plainText(labelWithKind(name, kind)),
    x: values,
    y: categories.map((_, line) => line),
    text: categories.map(plainText),
    hovertemplate: "%{text}: %{x}",
    marker,
  };
}
