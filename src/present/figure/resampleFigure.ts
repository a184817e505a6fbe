import { quantile } from "../table/describeColumns";
import type { Figure } from "./figure";
import type { KindOfNumber } from "../../claim/kindOfNumber";
import { lineFigure, type LineOptions, type LineSeries } from "./lineFigure";

/** Estimates of one quantity from samples of growing size. */
export interface ResampleSeries {
  readonly name: string;
  readonly kind?: KindOfNumber;
  /** Sizes of the samples, rising. */
  readonly sizes: ArrayLike<number>;
  /** For each size the estimates of its repeats. */
  readonly estimates: readonly ArrayLike<number>[];
}

/** One plot of a resample figure. */
export interface ResamplePanel {
  readonly title?: string;
  readonly series: readonly ResampleSeries[];
}

const BAND = [0.05, 0.95] as const;

/**
 * How an estimate settles as its sample grows: the median of the repeats as a line, the middle 90 %
 * of
 * them as a band.                                                                  (paper, Fig. 3)
 */
export function resampleFigure(
  panels: readonly ResamplePanel[],
  options: LineOptions = {},
): Figure {
  const repeats = panels[0]?.series[0]?.estimates[0]?.length ?? 0;
  const reading = `Line: median of ${repeats} samples of each size; band: middle 90 % of them`;
  return lineFigure(
    panels.map(({ title, series }) => ({ title: title ?? "", series: series.map(summarise) })),
    {
      xLabel: "points in the sample",
      xScale: "log",
      ...options,
      caption: [options.caption ?? "", reading].filter((text) => text !== "").join(". "),
    },
  );
}

function summarise({ name, kind, sizes, estimates }: ResampleSeries): LineSeries {
  const sorted = estimates.map((values) => Float64Array.from(values).sort());
  return {
    name,
    ...(kind === undefined ? {} : { kind }),
    x: sizes,
    y: sorted.map((values) => quantile(values, 0.5)),
    lower: sorted.map((values) => quantile(values, BAND[0])),
    upper: sorted.map((values) => quantile(values, BAND[1])),
  };
}
