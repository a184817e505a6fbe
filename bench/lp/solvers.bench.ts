/**
 * Our engine, HiGHS on lazily added rows and SciPy on complete programs, on the same programs in
 * one run. Run `npm run build` first, then
 *
 *     node -r ./bench/kernel/register.js bench/lp/solvers.bench.ts \
 *       [NETWORK] [APPROXIMATION] [POINTS] [NAME] [SCIPY]
 *
 * with, say, `net1 half 0:10 net1-half`; SciPy gets the first SCIPY points, all if that is not
 * said: a complete program of Net2 takes it minutes. Prints a table and writes
 * bench/results/lp-NAME.json.
 */
import { createTwins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { pointOf } from "../../src/dataset/dataset";
import { openDataset } from "../../src/dataset/openDataset";
import { loadScipy } from "../../src/experiment/loadScipy";
import { parsePoints } from "../../src/experiment/points";
import { processorMilliseconds } from "../../src/experiment/processorTime";
import {
  benchmarkSolvers,
  summariseBenchmark,
  type BenchmarkPoint,
  type BenchmarkSetting,
} from "../../src/experiment/solverBenchmark";
import { loadNetwork } from "../../src/network/load";
import { loadKernels } from "../../src/numeric/loadKernels";
import { writeResult } from "./writeResult";

function formatPoint(row: BenchmarkPoint): string {
  return [
    String(row.point).padStart(5),
    row.oursMilliseconds.toFixed(0).padStart(10),
    row.highsLazyMilliseconds.toFixed(0).padStart(10),
    (row.scipyMilliseconds?.toFixed(0) ?? "-").padStart(10),
    String(row.iterations).padStart(12),
    String(row.rowsGenerated).padStart(6),
    row.relativeDifference.toExponential(1).padStart(12),
    `  ${row.solver} ${row.status}`,
  ].join(" ");
}

async function main(): Promise<void> {
  const [networkName = "net1", approximation = "half", which = "0:10", name = "net1-half", most] =
    process.argv.slice(2);
  const network = await loadNetwork(networkName);
  const twins = createTwins(network, approximate(network, parseApproximation(approximation)));
  const dataset = await openDataset("mnist-embedded");
  const points = parsePoints(which, dataset.count).map((index) => ({
    index,
    x: pointOf(dataset, index),
  }));
  const found = await loadScipy();
  console.log("point    ours ms   highs ms   scipy ms   iterations   rows   difference   solver");
  const rows: BenchmarkPoint[] = [];
  const setting: BenchmarkSetting = {
    twins,
    approximation,
    points,
    createKernels: loadKernels,
    scipy: found.kind === "found" ? found.scipy : undefined,
    scipyMissing: found.kind === "found" ? "" : found.reason,
    scipyPoints: most === undefined ? undefined : Number(most),
    now: processorMilliseconds,
    onPoint: (row) => {
      rows.push(row);
      console.log(formatPoint(row));
      // SciPy takes minutes for one point of Net2, and a run may be ended early: what is known so
      // far is kept.
      writeResult(name, summariseBenchmark(setting, rows));
    },
  };
  const { perPoint, ...summary } = await benchmarkSolvers(setting);
  console.log(JSON.stringify(summary, null, 2));
  console.log(`${perPoint.length} points, in bench/results/lp-${name}.json`);
}

void main();
