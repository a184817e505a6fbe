import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { axesOf, axisTitle, frameLayout, plainText, type FigureOptions } from "./figureFrame";
import { labelWithKind, type KindOfNumber } from "../../claim/kindOfNumber";
import { positiveRange, scaledAxis, type Scale } from "./scale";
import { shownDigits } from "./shownDigits";
import { seriesStyle, withOpacity } from "./theme";

/** One line, with a band around it where `lower` and `upper` are given. */
export interface LineSeries {
  readonly name: string;
  readonly kind?: KindOfNumber;
  readonly x: ArrayLike<number>;
  /** What is null or not finite is a gap. */
  readonly y: ArrayLike<number | null>;
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
}

/** One plot of a line figure. */
export interface LinePanel {
  readonly title?: string;
  readonly series: readonly LineSeries[];
}

/** How lines are drawn. */
export interface LineOptions extends FigureOptions {
  readonly xLabel?: string;
  readonly xUnit?: string;
  readonly xScale?: Scale;
  readonly label?: string;
  readonly unit?: string;
  readonly scale?: Scale;
  /** Whether points are marked; they are unless there are many. */
  readonly hasMarkers?: boolean;
}

const MANY_POINTS = 40;
const MANY_TICKS = 12;

/**
 * Lines over a common axis, told apart by colour, dash and marker; several panels stand side by
 * side.
 * @example
 * rl.lineFigure([{ series: [{ name: "error", x: [4, 8], y: [2, 0.4] }] }], { scale: "log" })
 */
export function lineFigure(panels: readonly LinePanel[], options: LineOptions = {}): Figure {
  const { xLabel = "x", xScale = "linear", label = "value", scale = "linear" } = options;
  const layout = frameLayout(
    { width: panels.length > 1 ? 960 : 760, ...options },
    {
      panels: panels.map(({ title = "", series }) => ({
        title,
        x: scaledAxis(
          axisTitle(xLabel, options.xUnit),
          xScale,
          positiveRange(series.map(({ x }) => x)),
          xScale === "linear" ? wholeTicks(series) : {},
        ),
        y: scaledAxis(
          axisTitle(label, options.unit),
          scale,
          positiveRange(series.flatMap(({ y, lower, upper }) => [y, lower ?? [], upper ?? []])),
        ),
      })),
      kinds: panels.flatMap(({ series }) => series.map(({ kind }) => kind)),
      legend: (panels[0]?.series ?? []).map(({ name, kind }) => labelWithKind(name, kind)),
    },
  );
  const traces = panels.flatMap(({ series }, panel) =>
    series.flatMap((one, position) => lineTraces(one, position, panel, options.hasMarkers)),
  );
  return createFigure(traces, { ...layout, hovermode: "closest" });
}

function lineTraces(
  { name, kind, x, y, lower, upper }: LineSeries,
  position: number,
  panel: number,
  hasMarkers: boolean = x.length <= MANY_POINTS,
): PlotlyObject[] {
  const { colour, dash, symbol } = seriesStyle(position);
  const common = { type: "scatter", legendgroup: name, ...axesOf(panel) };
  const line = {
    ...common,
    mode: hasMarkers ? "lines+markers" : "lines",
    name: plainText(labelWithKind(name, kind)),
    showlegend: panel === 0,
    x: Array.from(x),
    y: Array.from(y, shownDigits),
    line: { color: colour, dash, width: 2 },
    marker: { color: colour, symbol, size: 7 },
  };
  if (lower === undefined || upper === undefined) return [line];
  const there = Array.from(x);
  const band = {
    ...common,
    mode: "lines",
    showlegend: false,
    hoverinfo: "skip",
    x: [...there, ...[...there].reverse()],
    y: [...Array.from(upper, shownDigits), ...Array.from(lower, shownDigits).reverse()],
    line: { width: 0, color: colour },
    fill: "toself",
    fillcolor: withOpacity(colour, 0.2),
  };
  return [band, line];
}

/** Few whole numbers are marked one by one, and nothing between them. */
function wholeTicks(series: readonly LineSeries[]): PlotlyObject {
  const all = series.flatMap(({ x }) => Array.from(x));
  const isFew = all.every(Number.isInteger) && Math.max(...all) - Math.min(...all) <= MANY_TICKS;
  return isFew ? { dtick: 1 } : {};
}
