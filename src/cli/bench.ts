import { declareColumns } from "../claim/column";
import type { Command } from "commander";
import { createTwins } from "../analyse/twin";
import { approximate } from "../approximate/approximate";
import { approximationName } from "../approximate/parseApproximation";
import { inputAt } from "../dataset/pointSet";
import { openPoints } from "../dataset/openPoints";
import { ArgumentError } from "../errors";
import { checkImages } from "../experiment/checkImages";
import { loadScipy } from "../experiment/loadScipy";
import { processorMilliseconds } from "../experiment/processorTime";
import { parsePoints, POINTS_GRAMMAR } from "../experiment/points";
import { benchmarkSolvers, type SolverBenchmark } from "../experiment/solverBenchmark";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { loadNetwork } from "../network/load";
import { loadKernels } from "../numeric/loadKernels";
import { renderText } from "../present/table/showTable";
import { declaredTable } from "../present/table/declaredTable";
import {
  addApproximationOptions,
  approximationsOf,
  type ApproximationFlags,
} from "./approximationOptions";
import { EXIT, runCommand } from "./command";
import { addDataOption } from "./dataOption";
import {
  addNetworkOptions,
  NETWORK_HELP,
  networkOptionsOf,
  type NetworkFlags,
} from "./networkOptions";
import { createProgressLine } from "./progressLine";

interface BenchFlags extends NetworkFlags, ApproximationFlags {
  readonly network: string;
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
  addNetworkOptions(command);
  addApproximationOptions(command, "half");
  addDataOption(command)
    .option("--points <which>", POINTS_GRAMMAR, "0:10")
    .option("--json", "print one JSON object")
    .action((flags: BenchFlags) => runCommand(() => compare(flags)));
}

async function compare(flags: BenchFlags): Promise<number> {
  const approximations = approximationsOf(flags);
  if (approximations.length > 1) {
    throw new ArgumentError(
      `bench lp compares solvers on one approximation, found ${approximations.length}; run it for each`,
    );
  }
  const [approximation] = approximations;
  const network = await loadNetwork(flags.network, networkOptionsOf(flags));
  const dataset = await openPoints(flags.data);
  checkImages(network, dataset);
  const points = parsePoints(flags.points, dataset.count);
  const found = await loadScipy();
  const line = createProgressLine();
  let done = 0;
  const result = await benchmarkSolvers({
    twins: createTwins(network, approximate(network, approximation)),
    approximation: approximationName(approximation),
    points: points.map((index) => ({ index, x: inputAt(dataset, index) })),
    createKernels: loadKernels,
    scipy: found.kind === "found" ? found.scipy : undefined,
    scipyMissing: found.kind === "found" ? "" : found.reason,
    now: processorMilliseconds,
    onPoint: () => line.show(`bench lp ${++done}/${points.length}`),
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

/** One solver's time. */
interface MethodRow {
  readonly method: string;
  readonly medianMs: number | undefined;
  readonly slower: number | undefined;
}

const METHOD_COLUMNS = declareColumns<MethodRow>({
  method: { type: "text", meaning: "who solved the programs" },
  medianMs: {
    type: "number",
    unit: "median ms",
    heading: "median ms",
    digits: 4,
    meaning: "median over the points, of one thread",
  },
  slower: { type: "number", heading: "times ours", digits: 3, meaning: "that / ours" },
});

function describe(result: SolverBenchmark, assumptions: readonly string[]): string {
  const methods: MethodRow[] = [
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
  const table = declaredTable(METHOD_COLUMNS, methods, {
    caption:
      `Medians over ${result.points} points of ${result.network}, ${result.approximation}; ` +
      `maxima agree to ${result.maxRelativeDifference.toExponential(1)} (relative)${assumedOf(assumptions)}`,
  });
  const missing = result.scipy === null ? `SciPy: ${result.scipyMissing}\n` : "";
  return `${renderText(table)}\n${missing}`;
}
