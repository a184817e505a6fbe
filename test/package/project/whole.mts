import * as rl from "roundlab";
import { appMaxFrame, loadNetwork, type AppMaxRow, type DataFrame } from "roundlab";

/*
 * The whole library as an ES module: AppMax on worker threads, a frame of the rows, a static
 * figure.
 */
const network = await loadNetwork("net1");
const approximation = rl.parseApproximation("half");
const run = await rl.runAppMax(
  {
    network,
    approximated: rl.approximate(network, approximation),
    approximation: rl.approximationName(approximation),
    dataset: await rl.openDataset("mnist-embedded"),
    points: [0, 1],
  },
  { workers: 1 },
);
const rows: readonly AppMaxRow[] = run.rows;
const frame: DataFrame = appMaxFrame(rows);
const figure = rl.histogramFigure([
  { title: "E", series: [{ name: "half", values: rows.map(({ maximum }) => maximum) }] },
]);
const svg = await rl.renderSvg(figure);
console.log(
  JSON.stringify({ points: rows.length, shape: frame.shape, isSvg: svg.startsWith("<svg") }),
);
