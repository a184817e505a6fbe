import type { Displayable } from "../display";
import { withDisplay } from "../display";
import type { FigureData, PlotlyObject } from "./figureData";
import { displayFigure } from "./figureDisplay";

/** A Plotly figure that shows itself in a notebook. `JSON.stringify` gives the plain figure. */
export interface Figure extends FigureData, Displayable {}

/** What Plotly does with every figure of RoundLab: no logo, nothing sent to a server. */
export const FIGURE_CONFIG: PlotlyObject = {
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  responsive: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d"],
};

/**
 * A figure over traces and layout of one's own.
 *
 * @example
 * rl.createFigure([{ type: "scatter", x: [1, 2], y: [3, 1] }], { title: { text: "mine" } })
 */
export function createFigure(
  data: readonly PlotlyObject[],
  layout: PlotlyObject,
  config: PlotlyObject = FIGURE_CONFIG,
): Figure {
  const figure: FigureData = { data, layout, config };
  return withDisplay(figure, () => displayFigure(figure));
}
