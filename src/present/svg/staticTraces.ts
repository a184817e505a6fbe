import type { FigureData, PlotlyObject } from "../figure/figureData";
import { quoteName } from "../../quoteName";

/** Why the traces of a type have no static picture. */
const WEB_GL = "is drawn with WebGL";
const MAP = "stands on a map that comes from a server";

/**
 * Plotly's trace types that only a browser can draw, and why; its schema calls their categories
 * `gl3d`, `regl`, `map` and `geo`.
 */
export const LIVE_ONLY: Readonly<Record<string, string>> = {
  scatter3d: WEB_GL,
  surface: WEB_GL,
  isosurface: WEB_GL,
  volume: WEB_GL,
  mesh3d: WEB_GL,
  cone: WEB_GL,
  streamtube: WEB_GL,
  splom: WEB_GL,
  parcoords: WEB_GL,
  scattergeo: MAP,
  choropleth: MAP,
  scattermap: MAP,
  choroplethmap: MAP,
  densitymap: MAP,
};

/** Types that WebGL draws fast, and the type that draws the same from the same members. */
export const PLAIN_TWINS: Readonly<Record<string, string>> = {
  scattergl: "scatter",
  scatterpolargl: "scatterpolar",
};

/** Points beyond which a picture of single marks would take minutes and megabytes. */
const LARGEST_MARKS = 50_000;

/**
 * Why a figure has no static picture, as the end of a sentence about it; `undefined` if it has one.
 *
 * @param known  the trace types that the installed Plotly has
 */
export function reasonAgainstPicture(
  { data }: FigureData,
  known: ReadonlySet<string>,
): string | undefined {
  let marks = 0;
  for (const trace of data) {
    const type = typeOf(trace);
    if (!known.has(type)) return `the installed Plotly knows no trace type ${quoteName(type)}`;
    const reason = LIVE_ONLY[type];
    if (reason !== undefined) return `a trace of type ${type} ${reason}`;
    marks += marksOf(trace);
  }
  if (marks > LARGEST_MARKS) return `its ${marks} single marks are more than ${LARGEST_MARKS}`;
  return undefined;
}

/** The type of a trace; Plotly takes `scatter` where none is given. */
function typeOf({ type }: PlotlyObject): string {
  return typeof type === "string" ? type : "scatter";
}

/** How many marks of its own a trace draws; a line is one, however many points it has. */
function marksOf(trace: PlotlyObject): number {
  const type = typeOf(trace);
  if (!/^scatter|^splom|^bar/.test(type)) return 0;
  const count = Math.max(...["x", "y", "r", "a", "values"].map((name) => lengthOf(trace[name])));
  const { mode } = trace;
  const isLine = typeof mode === "string" && !/markers|text/.test(mode);
  return isLine ? 0 : count;
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** The figure as it is drawn without WebGL: traces of a type that has a plain twin become that. */
export function withPlainTraces({ data, layout, config }: FigureData): FigureData {
  const plain = data.map((trace) => {
    const type = PLAIN_TWINS[typeOf(trace)];
    return type === undefined ? trace : { ...trace, type };
  });
  return { data: plain, layout, config };
}
