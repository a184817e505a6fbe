/**
 * How the time of one program grows with width, depth and number of inputs: synthetic dense
 * networks with seeded normal weights, rounded to binary16, at seeded points of which 80 % of the
 * inputs are 0. Run `npm run build` first, then
 *
 *     node -r ./bench/kernel/register.js bench/lp/growth.bench.ts [POINTS] [LARGEST_ROWS_FOR_SCIPY]
 *
 * SciPy gets the programs of at most so many rows. Prints a table and writes
 * bench/results/lp-growth.json.
 */
import { createTwins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { loadScipy } from "../../src/experiment/loadScipy";
import { processorMilliseconds } from "../../src/experiment/processorTime";
import { benchmarkSolvers, type SolverBenchmark } from "../../src/experiment/solverBenchmark";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";
import { syntheticNetwork } from "./syntheticNetwork";
import { writeResult } from "./writeResult";

const SHAPES: readonly (readonly number[])[] = [
  [784, 250, 250, 10],
  [784, 500, 500, 10],
  [784, 1000, 1000, 10],
  [784, 2000, 2000, 10],
  [784, 4000, 4000, 10],
  [784, 1000, 10],
  [784, 1000, 1000, 1000, 10],
  [784, 1000, 1000, 1000, 1000, 10],
  [196, 1000, 1000, 10],
  [3072, 1000, 1000, 10],
];

async function main(): Promise<void> {
  const [points = "3", largest = "5000"] = process.argv.slice(2);
  const found = await loadScipy();
  const results: (Omit<SolverBenchmark, "perPoint"> & { iterations: number })[] = [];
  console.log("network                        rows   iterations    ours ms   highs ms   scipy ms");
  for (const sizes of SHAPES) {
    const random = createRandom(20250922);
    const network = syntheticNetwork(sizes, random);
    const rowCount = 2 * sizes.slice(1, -1).reduce((sum, size) => sum + size, 0) + 10;
    const withScipy = found.kind === "found" && rowCount <= Number(largest) && sizes[0] <= 784;
    const result = await benchmarkSolvers({
      twins: createTwins(network, approximate(network, { kind: "half" })),
      approximation: "half",
      points: Array.from({ length: Number(points) }, (_, index) => ({
        index,
        x: Float64Array.from({ length: sizes[0] }, () => (random.next() < 0.8 ? 0 : random.next())),
      })),
      createKernels: loadKernels,
      scipy: withScipy ? found.scipy : undefined,
      scipyMissing: withScipy ? "" : found.kind === "found" ? "too large" : found.reason,
      now: processorMilliseconds,
    });
    const { perPoint, ...summary } = result;
    const iterations = perPoint.map((row) => row.iterations).sort((a, b) => a - b);
    const middle = iterations[iterations.length >> 1];
    results.push({ ...summary, iterations: middle });
    console.log(
      [
        network.name.padEnd(28),
        String(rowCount).padStart(6),
        String(middle).padStart(12),
        result.ours.medianMs.toFixed(0).padStart(10),
        result.highsLazy.medianMs.toFixed(0).padStart(10),
        (result.scipy?.medianMs.toFixed(0) ?? "-").padStart(10),
      ].join(" "),
    );
  }
  writeResult("growth", { results });
}

void main();
