/**
 * How the time of one program grows with the picture: synthetic networks of Net2's kind (two
 * convolutions, a pooling, a dense layer) with seeded normal weights, rounded to binary16, at
 * seeded pictures of one bright patch. Run `npm run build` first, then
 *
 *     node -r ./bench/kernel/register.js bench/lp/convolutionGrowth.bench.ts \
 *       [POINTS] [LARGEST_INPUTS_FOR_HIGHS] [LARGEST_INPUTS_FOR_SCIPY]
 *
 * HiGHS on lazily added rows and SciPy on complete programs get networks of at most so many inputs:
 * beyond them one program takes minutes. Prints a table and writes
 * bench/results/lp-growth-convolutions.json after each network.
 */
import { appMax, boxProgram, type AppMaxResult } from "../../src/analyse/appMax";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { createPolytopeWorkspace, polytopeAt } from "../../src/analyse/polytope";
import { createTwins } from "../../src/analyse/twin";
import { approximate } from "../../src/approximate/approximate";
import { loadScipy } from "../../src/experiment/loadScipy";
import { processorMilliseconds } from "../../src/experiment/processorTime";
import { median } from "../../src/experiment/solverBenchmark";
import { createHighsEngine } from "../../src/lp/highs/engine";
import { createInteriorPointEngine } from "../../src/lp/interiorPoint/engine";
import type { Engine } from "../../src/lp/program";
import { loadKernels } from "../../src/numeric/loadKernels";
import { createRandom } from "../../src/numeric/random";
import { brightPatch, syntheticConvolutions, type PictureSize } from "./syntheticConvolutions";
import { writeResult } from "./writeResult";

const PICTURES: readonly PictureSize[] = [
  { side: 14, channels: 1 },
  { side: 14, channels: 3 },
  { side: 20, channels: 1 },
  { side: 28, channels: 1 },
  { side: 28, channels: 3 },
  { side: 40, channels: 1 },
  { side: 64, channels: 1 },
  { side: 64, channels: 3 },
];

/** Errors below this are certified to the same digits behind the point. */
const SMALL = 1e-2;

/** Solved before the clock starts. */
const WARM_UP = 1;

async function measurePicture(
  size: PictureSize,
  points: number,
  withHighs: boolean,
  scipy: Extract<Awaited<ReturnType<typeof loadScipy>>, { kind: "found" }>["scipy"] | undefined,
) {
  const random = createRandom(20250922);
  const network = syntheticConvolutions(size, random);
  const twins = createTwins(network, approximate(network, { kind: "half" }));
  const workspace = createPolytopeWorkspace(twins, loadKernels());
  const highs = await createHighsEngine();
  const ours = [createInteriorPointEngine(loadKernels()), highs];
  const inputs = Array.from({ length: points }, () => brightPatch(size, random));
  const timed = (x: Float64Array, engines: readonly Engine[]): [AppMaxResult, number] => {
    const start = processorMilliseconds();
    const result = appMax(workspace, x, engines);
    return [result, processorMilliseconds() - start];
  };
  for (const x of inputs.slice(0, WARM_UP)) timed(x, ours);
  const perPoint = [];
  for (const x of inputs) {
    const [found, oursMilliseconds] = timed(x, ours);
    const theirs = withHighs ? timed(x, [highs]) : undefined;
    const program = boxProgram(polytopeAt(workspace, x), x, boxOver(PIXEL_DOMAIN, x.length));
    const complete = await scipy?.solve(program, false);
    const others = [theirs?.[0].upperBound, complete?.value].flatMap((value) => value ?? []);
    const differences = others.map((value) => Math.abs(value - found.upperBound));
    perPoint.push({
      oursMilliseconds,
      highsLazyMilliseconds: theirs?.[1] ?? null,
      scipyMilliseconds: complete?.milliseconds ?? null,
      iterations: found.iterations,
      solver: found.solver,
      status: found.status,
      relativeDifference:
        differences.length === 0
          ? null
          : Math.max(...differences) / Math.max(found.upperBound, SMALL),
    });
  }
  return { network: network.name, inputs: network.inputSize, perPoint };
}

async function main(): Promise<void> {
  const [points = "3", forHighs = "1600", forScipy = "600"] = process.argv.slice(2);
  const found = await loadScipy();
  const results = [];
  console.log("network          inputs   iterations    ours ms   highs ms   scipy ms   difference");
  for (const size of PICTURES) {
    const inputs = size.side * size.side * size.channels;
    const scipy = found.kind === "found" && inputs <= Number(forScipy) ? found.scipy : undefined;
    const result = await measurePicture(size, Number(points), inputs <= Number(forHighs), scipy);
    const middleOf = (pick: (row: (typeof result.perPoint)[number]) => number | null) => {
      const values = result.perPoint.flatMap((row) => pick(row) ?? []);
      return values.length === 0 ? null : median(values);
    };
    const summary = {
      iterations: middleOf(({ iterations }) => iterations),
      oursMs: middleOf(({ oursMilliseconds }) => oursMilliseconds),
      highsLazyMs: middleOf(({ highsLazyMilliseconds }) => highsLazyMilliseconds),
      scipyMs: middleOf(({ scipyMilliseconds }) => scipyMilliseconds),
    };
    const differences = result.perPoint.flatMap(
      ({ relativeDifference }) => relativeDifference ?? [],
    );
    results.push({ ...result, ...summary });
    console.log(
      [
        result.network.padEnd(16),
        String(inputs).padStart(6),
        String(summary.iterations).padStart(12),
        ...[summary.oursMs, summary.highsLazyMs, summary.scipyMs].map((value) =>
          (value?.toFixed(0) ?? "-").padStart(10),
        ),
        (differences.length === 0 ? "-" : Math.max(...differences).toExponential(1)).padStart(12),
        ` ${result.perPoint.map(({ solver, status }) => `${solver} ${status}`).join(", ")}`,
      ].join(" "),
    );
    writeResult("growth-convolutions", { results });
  }
}

void main();
