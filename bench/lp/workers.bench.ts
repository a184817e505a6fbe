/**
 * What a second worker thread brings: the same points with one and with two, in turns.
 * Run `npm run build` first, then
 *
 *     node -r ./bench/kernel/register.js bench/lp/workers.bench.ts [POINTS] [ROUNDS] [NETWORK]
 *
 * with, say, `150 3 net1`. The rate of a run is that of its rows after the first ten of each
 * worker, up to the last: starting threads and compiling are left out. The rate of the whole call
 * is given beside it. Resident memory is that of the process when the last row comes, all threads
 * being alive; every run has a process of its own, since threads that ended leave memory behind.
 * Needs two free cores to mean anything. Prints a table and writes bench/results/lp-workers.json.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { approximate } from "../../src/approximate/approximate";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { openDataset } from "../../src/dataset/openDataset";
import { runAppMax, type AppMaxRun } from "../../src/experiment/variant/runAppMax";
import { median } from "../../src/experiment/solverBenchmark";
import { loadNetwork } from "../../src/network/load";
import { writeResult } from "./writeResult";

const COUNTS = [1, 2] as const;

/** Rows of each worker that are not counted. */
const WARM_UP = 10;

interface Measured {
  readonly workers: number;
  /** Points per second after the warm-up, and from call to answer. */
  readonly steadyRate: number;
  readonly wholeRate: number;
  readonly residentMegabytes: number;
}

async function runOf(networkName: string, points: number): Promise<AppMaxRun> {
  const network = await loadNetwork(networkName);
  return {
    network,
    approximated: approximate(network, parseApproximation("half")),
    approximation: "half",
    dataset: await openDataset("mnist-embedded"),
    points: Array.from({ length: points }, (_, index) => index),
  };
}

async function measure(run: AppMaxRun, workers: number): Promise<Measured> {
  const warmUp = Math.min(WARM_UP * workers, Math.ceil(run.points.length / 2));
  let warm = 0;
  let last = 0;
  let resident = 0;
  const began = performance.now();
  const { rows } = await runAppMax(run, {
    workers,
    onRow: (_row, { done, total }) => {
      last = performance.now();
      if (done === warmUp) warm = last;
      if (done === total) resident = process.memoryUsage().rss;
    },
  });
  const whole = performance.now() - began;
  return {
    workers,
    steadyRate: (1000 * (rows.length - warmUp)) / (last - warm),
    wholeRate: (1000 * rows.length) / whole,
    residentMegabytes: resident / 2 ** 20,
  };
}

/** The same in a process of its own. */
async function measureApart(network: string, points: string, workers: number): Promise<Measured> {
  const child = fork(__filename, [points, "apart", network, String(workers)]);
  // The child sends what `measure` gives, and nothing else.
  const [measured] = (await once(child, "message")) as [Measured];
  return measured;
}

async function main(): Promise<void> {
  const [points = "150", rounds = "3", network = "net1", workers] = process.argv.slice(2);
  if (workers !== undefined) {
    process.send?.(await measure(await runOf(network, Number(points)), Number(workers)));
    return;
  }
  const runs: Measured[] = [];
  console.log("workers   points/s   with start   resident MB");
  for (let round = 0; round < Number(rounds); round++) {
    for (const workers of COUNTS) {
      const found = await measureApart(network, points, workers);
      runs.push(found);
      console.log(
        [
          String(workers).padStart(7),
          found.steadyRate.toFixed(2).padStart(10),
          found.wholeRate.toFixed(2).padStart(12),
          found.residentMegabytes.toFixed(0).padStart(13),
        ].join(" "),
      );
    }
  }
  const [one, two] = COUNTS.map((count) => {
    const these = runs.filter(({ workers }) => workers === count);
    return {
      steadyRate: median(these.map(({ steadyRate }) => steadyRate)),
      wholeRate: median(these.map(({ wholeRate }) => wholeRate)),
      residentMegabytes: median(these.map(({ residentMegabytes }) => residentMegabytes)),
    };
  });
  const summary = {
    network,
    approximation: "half",
    points: Number(points),
    pointsPerSecond: { one: one.steadyRate, two: two.steadyRate },
    ratio: two.steadyRate / one.steadyRate,
    ratioWithStart: two.wholeRate / one.wholeRate,
    megabytesPerFurtherWorker: two.residentMegabytes - one.residentMegabytes,
  };
  console.log(JSON.stringify(summary, null, 2));
  writeResult("workers", { ...summary, runs });
}

void main();
