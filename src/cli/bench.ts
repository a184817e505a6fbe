import type { Command } from "commander";
import { createTwins } from "../analyse/twin";
import { approximate } from "../approximate/approximate";
import { APPROXIMATION_GRAMMAR } from "../approximate/approximationGrammar";
import { parseApproximation } from "../approximate/parseApproximation";
import { pointOf } from "../dataset/dataset";
import { openDataset } from "../dataset/openDataset";
import { loadScipy } from "../experiment/loadScipy";
import { benchmarkSolvers, type SolverBenchmark } from "../experiment/solverBenchmark";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { loadNetwork } from "../network/load";
import { loadKernels } from "../numeric/loadKernels";
import { renderText } from "../present/showTable";
import { createTable } from "../present/table";
import { EXIT, parseCount, runCommand } from "./command";
import {
  addNetworkOptions,
  NETWORK_HELP,
  networkOptionsOf,
  type NetworkFlags,
} from "./networkOptions";
import { createProgressLine } from "./progressLine";

interface BenchFlags extends NetworkFlags {
  readonly network: string;
  readonly approximation: string;
  readonly data: string;
  readonly points: string;
  readonly json?: boolean;
}

/**
 * `roundlab bench lp`: our solver, HiGHS with lazy rows and SciPy on the same programs, in one run.
 */
export function registerBench(program: Command): void {
  const bench = program.command("bench").description("compare with real peers, in one run");
  const command = bench
    .command("lp")
    .description("our solver, HiGHS with lazy rows, and SciPy on complete programs; one thread")
    .option("--network <name>", NETWORK_HELP, "net1");
  addNetworkOptions(command)
    .option("--approximation <name>", APPROXIMATION_GRAMMAR, "half")
    .option("--data <name>", "data set that the points are taken from", "mnist-embedded")
    .option("--points <count>", "the first so many points", "10")
    .option("--json", "print one JSON object")
    .action((flags: BenchFlags) => runCommand(() => compare(flags)));
}

async function compare(flags: BenchFlags): Promise<number> {
  const network = await loadNetwork(flags.network, networkOptionsOf(flags));
  const approximation = parseApproximation(flags.approximation);
  const dataset = await openDataset(flags.data);
  const count = Math.min(parseCount(flags.points, "--points"), dataset.count);
  const found = await loadScipy();
  const line = createProgressLine();
  let done = 0;
  const result = await benchmarkSolvers({
    twins: createTwins(network, approximate(network, approximation)),
    approximation: flags.approximation,
    points: Array.from({ length: count }, (_, index) => ({ index, x: pointOf(dataset, index) })),
    createKernels: loadKernels,
    scipy: found.kind === "found" ? found.scipy : undefined,
    scipyMissing: found.kind === "found" ? "" : found.reason,
    now: () => performance.now(),
    onPoint: () => line.show(`bench lp ${++done}/${count}`),
  });
  line.clear();
  const assumptions = assumptionsOf([network]);
  process.stdout.write(
    flags.json === true
      ? `${JSON.stringify({ ...result, assumptions })}\n`
      : describe(result, assumptions),
  );
  return EXIT.done;
}

function describe(result: SolverBenchmark, assumptions: readonly string[]): string {
  const methods = [
    { method: "ours", medianMs: result.ours.medianMs, slower: 1 },
    {
      method: "HiGHS, lazy rows",
      medianMs: result.highsLazy.medianMs,
      slower: result.ratioToHighsLazy,
    },
    {
      method: result.scipy === null ? "SciPy" : `SciPy ${result.scipy.version}, all rows`,
      medianMs: result.scipy?.medianMs,
      slower: result.ratioToScipy ?? undefined,
    },
  ];
  const table = createTable(methods, {
    caption:
      `Medians over ${result.points} points of ${result.network}, ${result.approximation}; ` +
      `maxima agree to ${result.maxRelativeDifference.toExponential(1)} (relative)${assumedOf(assumptions)}`,
    notes: {
      medianMs: { label: "median ms", digits: 4 },
      slower: { label: "times ours", digits: 3 },
    },
  });
  const missing = result.scipy === null ? `SciPy: ${result.scipyMissing}\n` : "";
  return `${renderText(table)}\n${missing}`;
}
