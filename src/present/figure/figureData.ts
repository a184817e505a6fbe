/** A plain object as Plotly reads it. */
export interface PlotlyObject {
  readonly [key: string]: unknown;
}

/** A Plotly figure as plain JSON: `Plotly.newPlot(element, data, layout, config)` draws it. */
export interface FigureData {
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
  readonly config: PlotlyObject;
}
