import * as os from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { approximate } from "../approximate/approximate";
import { parseApproximation } from "../approximate/parseApproximation";
import { openDataset } from "../dataset/openDataset";
import { NAMED_RUNS, namedRun, type NamedRun } from "../experiment/namedRuns";
import { samplePoints } from "../experiment/points";
import { provenanceFacts } from "../experiment/provenance";
import { runAppMax } from "../experiment/runAppMax";
import { summarise } from "../experiment/summary";
import { loadNetwork } from "../network/load";
import { packageRoot } from "../packageRoot";
import { formatProgress } from "../present/progress";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { createProgressLine } from "./progressLine";

interface RunFlags {
  readonly results: string;
  readonly points?: string;
  readonly workers?: string;
  readonly json?: boolean;
}

/** `roundlab run`: the long computations behind the exhibits, resumable at any point. */
export function registerRun(program: Command): void {
  program
    .command("run")
    .description("compute, or go on computing, one of the long runs behind the exhibits")
    .argument("<name>", NAMED_RUNS.map(({ name }) => name).join(", "))
    .option("--results <folder>", "where finished points are kept", join(packageRoot(), "results"))
    .option("--points <count>", "stop after so many in all; the full size by default")
    .option("--workers <count>", "threads; all cores by default")
    .option("--json", "print the summary as JSON")
    .action((name: string, flags: RunFlags) => runCommand(() => goOn(namedRun(name), flags)));
}

async function goOn(run: NamedRun, flags: RunFlags): Promise<number> {
  const network = await loadNetwork(run.network);
  const dataset = await openDataset(run.data);
  const count = flags.points === undefined ? run.points : parseCount(flags.points, "--points");
  const workers = flags.workers === undefined ? undefined : parseCount(flags.workers, "--workers");
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  const start = performance.now();
  try {
    const outcome = await runAppMax(
      {
        network,
        approximated: approximate(network, parseApproximation(run.approximation)),
        approximation: run.approximation,
        dataset,
        points: samplePoints(count, run.seed, dataset.count),
        domain: run.domain,
      },
      {
        workers,
        store: flags.results,
        sessionFacts: sessionFacts(workers),
        signal,
        onRow: (_row, { done, total, resumed, best }) =>
          line.show(
            formatProgress({
              label: run.name,
              done,
              total,
              skipped: resumed,
              seconds: (performance.now() - start) / 1000,
              best: { label: "largest E", value: best },
            }),
          ),
      },
    );
    line.clear();
    const summary = { run: run.name, outcome: outcome.kind, ...summarise(outcome.rows) };
    if (flags.json === true) process.stdout.write(`${JSON.stringify(summary)}\n`);
    else {
      process.stdout.write(
        `${run.name}: ${summary.points} of ${count} points, ${summary.certified} certified, ` +
          `E_T ${summary.E_T}, E_Xi ${summary.E_Xi} (attained), in ${outcome.folder}\n`,
      );
    }
    return outcome.kind === "finished" ? EXIT.done : EXIT.interrupted;
  } finally {
    line.clear();
    release();
  }
}

/** What this session computes with; times are of the machine's clock. */
function sessionFacts(workers: number | undefined): object {
  const facts = provenanceFacts().map(({ what, value }) => [what, value]);
  return {
    startedAt: new Date().toISOString(),
    ...Object.fromEntries(facts),
    processor: os.cpus()[0]?.model ?? "unknown",
    workers: workers ?? os.availableParallelism(),
  };
}
