import { ShapeError } from "../../errors";
import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { axisTitle, frameLayout, plainText, type FigureOptions } from "./figureFrame";
import { labelWithKind, type KindOfNumber } from "../../claim/kindOfNumber";
import { positiveRange, scaledAxis, type Scale } from "./scale";
import { shownDigits } from "./shownDigits";
import { seriesStyle, themedAxis } from "./theme";

/** Bars of one colour, one per category. */
export interface BarSeries {
  readonly name: string;
  readonly kind?: KindOfNumber;
  readonly values: ArrayLike<number>;
}

/** How bars are drawn. */
export interface BarOptions extends FigureOptions {
  readonly label?: string;
  readonly unit?: string;
  /** What the categories are. */
  readonly categoryLabel?: string;
  readonly scale?: Scale;
}

/**
 * Bars in groups, one group per category; colours come with hatchings for print without colour.
 *
 * @throws ShapeError if a series has not one value per category
 * @example
 * rl.barFigure(["half", "int8"], [{ name: "E_T", values: [0.02, 0.4], kind: "sample" }])
 */
export function barFigure(
  categories: readonly string[],
  series: readonly BarSeries[],
  options: BarOptions = {},
): Figure {
  const { label = "value", unit, categoryLabel = "", scale = "linear" } = options;
  for (const { name, values } of series) {
    if (values.length !== categories.length) {
      throw new ShapeError(
        `the bars ${JSON.stringify(name)} have ${values.length} values for ${categories.length} categories`,
      );
    }
  }
  const range = positiveRange(series.map(({ values }) => values));
  const layout = frameLayout(options, {
    panels: [
      {
        title: "",
        x: themedAxis(plainText(categoryLabel), { type: "category", showgrid: false }),
        y: scaledAxis(axisTitle(label, unit), scale, range),
      },
    ],
    kinds: series.map(({ kind }) => kind),
    legend: series.length > 1 ? series.map(({ name, kind }) => labelWithKind(name, kind)) : [],
  });
  const traces = series.map(({ name, kind, values }, position): PlotlyObject => {
    const { colour, pattern } = seriesStyle(position);
    return {
      type: "bar",
      name: plainText(labelWithKind(name, kind)),
      x: categories.map(plainText),
      y: Array.from(values, shownDigits),
      marker: {
        color: colour,
        line: { color: colour, width: 1 },
        ...(pattern === "" ? {} : { pattern: hatching(pattern, colour) }),
      },
    };
  });
  return createFigure(traces, { ...layout, barmode: "group", bargap: 0.3, bargroupgap: 0.08 });
}

/** White strokes on the colour of the series. */
function hatching(shape: string, colour: string): PlotlyObject {
  return { shape, size: 7, bgcolor: colour, fgcolor: "#ffffff", solidity: 0.25 };
}
