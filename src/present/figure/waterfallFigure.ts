import type { KindOfNumber } from "../../claim/kindOfNumber";
import { ArgumentError } from "../../errors";
import { formatSignificant } from "../numberFormat";
import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { axesOf, axisTitle, frameLayout, plainText, type FigureOptions } from "./figureFrame";
import { scaledAxis } from "./scale";
import { shownDigits } from "./shownDigits";
import { INK, seriesStyle, themedAxis } from "./theme";

/** One part of a sum. */
export interface WaterfallStep {
  readonly name: string;
  readonly value: number;
}

/** One sum and its parts, in the order in which they are added. */
export interface WaterfallPanel {
  readonly title?: string;
  readonly steps: readonly WaterfallStep[];
}

/** How waterfalls are drawn. */
export interface WaterfallOptions extends FigureOptions {
  readonly label?: string;
  readonly unit?: string;
  readonly kind?: KindOfNumber;
  /** What the whole is called. */
  readonly total?: string;
}

/**
 * How parts add up to a whole: each begins where the one before ended, and the whole stands last.
 * Parts that raise it and parts that lower it differ by colour and by hatching. Several sums stand
 * side by side.
 *
 * @throws ArgumentError for a part that is no number
 * @example
 * rl.waterfallFigure([{ steps: [{ name: "dense 1", value: 2 }, { name: "dense 2", value: -1 }] }])
 */
export function waterfallFigure(
  panels: readonly WaterfallPanel[],
  options: WaterfallOptions = {},
): Figure {
  const { label = "value", unit, kind, total = "sum" } = options;
  const shapes = panels.map(({ steps }) => barsOf(steps, total));
  const ends = shapes.flatMap((bars) => bars.flatMap(({ from, to }) => [from, to]));
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  const room = 0.08 * (high - low || 1);
  const layout = frameLayout(
    { width: panels.length > 1 ? 960 : 760, ...options },
    {
      panels: panels.map(({ title = "" }) => ({
        title,
        x: themedAxis("", { type: "category", showgrid: false }),
        y: scaledAxis(axisTitle(label, unit), "linear", [low, high], {
          range: [low - room, high + room],
          zeroline: true,
          zerolinecolor: INK.muted,
        }),
      })),
      kinds: [kind],
      legend: [],
    },
  );
  const traces = shapes.flatMap((bars, panel) => [barTrace(bars, panel), joints(bars, panel)]);
  return createFigure(traces, { ...layout, bargap: 0.35, hovermode: "closest" });
}

interface Bar {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly isTotal: boolean;
}

function barsOf(steps: readonly WaterfallStep[], total: string): Bar[] {
  let sum = 0;
  const bars = steps.map(({ name, value }): Bar => {
    if (!Number.isFinite(value)) {
      throw new ArgumentError(
        `the part ${JSON.stringify(name)} of a waterfall is ${value}, expected a finite number`,
      );
    }
    const from = sum;
    sum += value;
    return { name, from, to: sum, isTotal: false };
  });
  return [...bars, { name: total, from: 0, to: sum, isTotal: true }];
}

function barTrace(bars: readonly Bar[], panel: number): PlotlyObject {
  const styles = bars.map(({ from, to, isTotal }) =>
    isTotal ? seriesStyle(6) : seriesStyle(to < from ? 1 : 0),
  );
  const sizes = bars.map(({ from, to }) => to - from);
  return {
    type: "bar",
    ...axesOf(panel),
    showlegend: false,
    x: bars.map(({ name }) => plainText(name)),
    base: bars.map(({ from }) => shownDigits(from)),
    y: sizes.map(shownDigits),
    text: sizes.map(signed),
    textposition: "outside",
    cliponaxis: false,
    hoverinfo: "x+text",
    marker: {
      color: styles.map(({ colour }) => colour),
      line: { color: styles.map(({ colour }) => colour), width: 1 },
      pattern: {
        shape: styles.map(({ pattern }, bar) => (bars[bar].isTotal ? "" : pattern)),
        fgcolor: "#ffffff",
        bgcolor: styles.map(({ colour }) => colour),
        size: 7,
        solidity: 0.25,
      },
    },
  };
}

/** From the end of each bar to the beginning of the next. */
function joints(bars: readonly Bar[], panel: number): PlotlyObject {
  const names = bars.map(({ name }) => plainText(name));
  const x = bars.slice(1).flatMap((_, next) => [names[next], names[next + 1], null]);
  const y = bars
    .slice(1)
    .flatMap((_, next) => [shownDigits(bars[next].to), shownDigits(bars[next].to), null]);
  const line = { color: INK.muted, width: 1, dash: "dot" };
  const style = { mode: "lines", line, hoverinfo: "skip", showlegend: false };
  return { type: "scatter", ...axesOf(panel), ...style, x, y };
}

function signed(size: number): string {
  const sign = size > 0 ? "+" : size < 0 ? "−" : "";
  return `${sign}${formatSignificant(Math.abs(size), 3)}`;
}
