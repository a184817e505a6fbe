import { binValues, type Bins } from "./binValues";
import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { axesOf, axisTitle, frameLayout, plainText, type FigureOptions } from "./figureFrame";
import { labelWithKind, type KindOfNumber } from "../../claim/kindOfNumber";
import { formatCount, formatSignificant } from "../numberFormat";
import { scaledAxis, type Scale } from "./scale";
import { seriesStyle, withOpacity } from "./theme";

/** Values of one colour in a histogram. */
export interface HistogramSeries {
  readonly name: string;
  readonly kind?: KindOfNumber;
  readonly values: ArrayLike<number>;
}

/** One plot of a histogram figure; its series share their bins. */
export interface HistogramPanel {
  readonly title?: string;
  readonly series: readonly HistogramSeries[];
  /** Bins of this plot, where it should have others than the rest. */
  readonly binCount?: number;
}

/** How a histogram is drawn. */
export interface HistogramOptions extends FigureOptions {
  /** What the values are: `weight-rounding error`. */
  readonly label?: string;
  readonly unit?: string;
  /** What is counted: `points`. */
  readonly countLabel?: string;
  readonly binCount?: number;
  /** Scale of the values. */
  readonly scale?: Scale;
  /** Scale of the counts. */
  readonly countScale?: Scale;
}

/**
 * Histograms laid over one another, as steps that are filled and outlined; several panels stand
 * side by side. Values are counted here, so that seventy thousand of them become a figure of a few
 * kilobytes.
 *
 * @throws ArgumentError if a panel has no value that its axis can show
 * @example
 * rl.histogramFigure([
 *   { series: [{ name: "E(x)", values: rows.map(({ error }) => error), kind: "attained" }] },
 * ])
 */
export function histogramFigure(
  panels: readonly HistogramPanel[],
  options: HistogramOptions = {},
): Figure {
  const { label = "value", countLabel = "count", binCount = 60 } = options;
  const { scale = "linear", countScale = "linear" } = options;
  const binned = panels.map(({ series, binCount: own }) =>
    binValues(
      series.map(({ values }) => values),
      own ?? binCount,
      scale,
    ),
  );
  const traces = panels.flatMap(({ series }, panel) =>
    series.map((one, position) => stepTrace(one, position, binned[panel], { panel, countScale })),
  );
  const leftOut = binned.reduce((sum, bins) => sum + bins.leftOut, 0);
  const missing = leftOut === 0 ? "" : `${formatCount(leftOut)} values have no place on this axis`;
  const first = panels[0]?.series ?? [];
  const caption = [options.caption ?? "", missing].filter((text) => text !== "").join(". ");
  const layout = frameLayout(
    { width: panels.length > 1 ? 960 : 760, ...options, caption },
    {
      panels: binned.map(({ edges, counts }, panel) => ({
        title: panels[panel]?.title ?? "",
        x: scaledAxis(axisTitle(label, options.unit), scale, [edges[0] ?? 1, edges.at(-1) ?? 1]),
        y: scaledAxis(plainText(countLabel), countScale, [1, largestCount(counts)], {
          ...(countScale === "linear" ? { rangemode: "tozero" } : {}),
          // Between few counts there is nothing to mark.
          ...(countScale === "linear" && largestCount(counts) <= FEW ? { dtick: 1 } : {}),
        }),
      })),
      kinds: panels.flatMap((panel) => panel.series.map(({ kind }) => kind)),
      legend: first.map(({ name, kind }) => labelWithKind(name, kind)),
    },
  );
  return createFigure(traces, { ...layout, hovermode: "closest" });
}

const FEW = 8;
/** Below a count of one, so that a bin of one value has a height. */
const LOG_FLOOR = 0.5;

function largestCount(counts: readonly ArrayLike<number>[]): number {
  return counts.reduce(
    (largest, count) => Array.from(count).reduce((a, b) => Math.max(a, b), largest),
    1,
  );
}

function stepTrace(
  { name, kind }: HistogramSeries,
  position: number,
  bins: Bins,
  { panel, countScale }: { readonly panel: number; readonly countScale: Scale },
): PlotlyObject {
  const { colour, dash } = seriesStyle(position);
  const { edges } = bins;
  const counts = bins.counts[position] ?? [];
  const floor = countScale === "log" ? LOG_FLOOR : 0;
  const heights = Array.from(counts, (count) => (count === 0 ? floor : count));
  const from = (i: number): string => formatSignificant(edges[i] ?? NaN, 4);
  return {
    type: "scatter",
    mode: "lines",
    name: plainText(labelWithKind(name, kind)),
    legendgroup: name,
    showlegend: panel === 0,
    ...axesOf(panel),
    // Up at the first edge, a step at each lower edge, down at the last.
    x: [edges[0] ?? 0, ...edges, edges.at(-1) ?? 0].map(rounded),
    y: [floor, ...heights, heights.at(-1) ?? floor, floor],
    text: ["", ...Array.from(counts, (count, i) => `${from(i)} to ${from(i + 1)}: ${count}`)],
    hoverinfo: "text+name",
    line: { shape: "hv", width: 1.5, color: colour, dash: dash === "dash" ? "solid" : dash },
    fill: "tozeroy",
    fillcolor: withOpacity(colour, position === 0 ? 0.35 : 0.45),
  };
}

/** Digits beyond the sixth move an edge by less than a pixel. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
