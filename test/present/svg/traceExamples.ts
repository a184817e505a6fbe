import type { PlotlyObject } from "../../../src/present/figure/figureData";

const z = [
  [1, 3, 2],
  [2, 5, 4],
  [1, 4, 9],
];
const xyz = { x: [0, 1, 0, 1], y: [0, 0, 1, 1], z: [0, 1, 1, 0] };
const field = { ...xyz, u: [1, 0, 1, 0], v: [0, 1, 1, 0], w: [1, 1, 0, 0] };
const tree = { labels: ["all", "a", "b"], parents: ["", "all", "all"], values: [3, 1, 2] };
const prices = { x: [1, 2], open: [1, 2], high: [3, 4], low: [0, 1], close: [2, 3] };
const a = [0, 1, 2, 0, 1, 2, 0, 1, 2];
const b = [0, 0, 0, 1, 1, 1, 2, 2, 2];
const carpet = { type: "carpet", carpet: "c", a, b, x: a, y: [0, 0.2, 0, 1, 1.2, 1, 2, 2.2, 2] };
const onCarpet = { carpet: "c", a, b };

/** A small figure of every type of trace, by the type; some need another trace to stand on. */
export const TRACE_EXAMPLES: Readonly<Record<string, readonly PlotlyObject[]>> = {
  scatter: [{ x: [1, 2, 3], y: [2, 1, 3], mode: "lines+markers+text", text: ["a", "b", "c"] }],
  bar: [{ x: ["a", "b"], y: [1, 2] }],
  box: [{ y: [1, 2, 3, 9] }],
  heatmap: [{ z }],
  histogram: [{ x: [1, 2, 2, 3] }],
  histogram2d: [{ x: [1, 2, 2, 3], y: [1, 2, 2, 3] }],
  histogram2dcontour: [{ x: [1, 2, 2, 3, 4], y: [1, 2, 2, 3, 1] }],
  contour: [{ z, contours: { showlabels: true } }],
  scatterternary: [{ a: [1, 2], b: [2, 1], c: [3, 3], mode: "markers" }],
  violin: [{ y: [1, 2, 2, 3, 5] }],
  funnel: [{ x: [3, 2, 1], y: ["a", "b", "c"] }],
  waterfall: [{ x: ["a", "b"], y: [2, -1] }],
  image: [{ z: [[[255, 0, 0]], [[0, 0, 255]]] }],
  pie: [{ labels: ["a", "b"], values: [1, 2] }],
  sunburst: [tree],
  treemap: [tree],
  icicle: [tree],
  funnelarea: [{ labels: ["a", "b"], values: [1, 2] }],
  scatter3d: [xyz],
  surface: [{ z }],
  isosurface: [{ ...xyz, value: [1, 2, 3, 4] }],
  volume: [{ ...xyz, value: [1, 2, 3, 4] }],
  mesh3d: [xyz],
  cone: [field],
  streamtube: [field],
  scattergeo: [{ lon: [1, 2], lat: [3, 4] }],
  choropleth: [{ locations: ["FRA"], z: [1] }],
  scattergl: [{ x: [1, 2, 3], y: [2, 1, 3] }],
  splom: [{ dimensions: [{ values: [1, 2] }, { values: [2, 1] }] }],
  parcoords: [{ dimensions: [{ values: [1, 2] }, { values: [2, 1] }] }],
  parcats: [{ dimensions: [{ values: ["a", "b"] }, { values: ["c", "d"] }] }],
  scattermap: [{ lon: [1, 2], lat: [3, 4] }],
  choroplethmap: [{ locations: ["a"], z: [1] }],
  densitymap: [{ lon: [1, 2], lat: [3, 4], z: [1, 2] }],
  sankey: [
    { node: { label: ["a", "b", "c"] }, link: { source: [0, 1], target: [1, 2], value: [1, 2] } },
  ],
  indicator: [{ value: 3, mode: "gauge+number" }],
  table: [{ header: { values: ["a", "b"] }, cells: { values: [[1], [2]] } }],
  carpet: [carpet],
  scattercarpet: [carpet, { type: "scattercarpet", ...onCarpet }],
  contourcarpet: [carpet, { type: "contourcarpet", ...onCarpet, z: [1, 2, 3, 4, 5, 6, 7, 8, 9] }],
  ohlc: [prices],
  candlestick: [prices],
  scatterpolar: [{ r: [1, 2, 3], theta: [0, 120, 240] }],
  scatterpolargl: [{ r: [1, 2, 3], theta: [0, 120, 240] }],
  barpolar: [{ r: [1, 2], theta: [0, 90] }],
  scattersmith: [{ real: [0.5, 1], imag: [0.5, -1] }],
  quiver: [{ x: [0, 1], y: [0, 1], u: [1, 0], v: [0, 1] }],
};

/** The traces of an example, each with its type. */
export function exampleTraces(type: string): readonly PlotlyObject[] {
  return (TRACE_EXAMPLES[type] ?? []).map((trace) => ({ type, ...trace }));
}
