import { Option, type Command } from "commander";
import { describeDomain, parseDomain } from "../analyse/domain";
import { openDataset } from "../dataset/openDataset";
import { summariseAgreement } from "../experiment/agreementSummary";
import { resultsFolder } from "../experiment/loadRuns";
import { ALL_RUNS, namedRun, type NamedRun } from "../experiment/namedRuns";
import { pointRunOf } from "../experiment/pointRunOf";
import { samplePoints } from "../experiment/points";
import { runAgreement } from "../experiment/runAgreement";
import { runAppMax } from "../experiment/runAppMax";
import type { PointRow, PointRun, PointRunOptions, RunProgress } from "../experiment/runPoints";
import { summarise } from "../experiment/summary";
import { loadNetwork } from "../network/load";
import { formatProgress } from "../present/progress";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";

interface RunFlags {
  readonly results: string;
  readonly count?: string;
  /** As `count`: its name before. */
  readonly points?: string;
  readonly workers?: string;
  readonly json?: boolean;
}

/** `roundlab run`: the long computations behind the exhibits, resumable at any point. */
export function registerRun(program: Command): void {
  program
    .command("run")
    .description("compute, or go on computing, one of the long runs behind the exhibits")
    .argument("<name>", ALL_RUNS.map(({ name }) => name).join(", "))
    .option("--results <folder>", "where finished points are kept", resultsFolder())
    .option(
      "--count <count>",
      "stop after so many of its points in all (which ones, its seed says); its full size by default",
    )
    .addOption(new Option("--points <count>", "as --count").conflicts("count").hideHelp())
    .option("--workers <count>", "threads; all cores by default")
    .option("--json", "print the summary as JSON")
    .action((name: string, flags: RunFlags) => runCommand(() => goOn(namedRun(name), flags)));
}

async function goOn(named: NamedRun, flags: RunFlags): Promise<number> {
  requireFolderToWrite(flags.results, "--results");
  const network = await loadNetwork(named.network);
  const dataset = await openDataset(named.data);
  const { count: asked = flags.points } = flags;
  const count = asked === undefined ? named.points : parseCount(asked, "--count");
  const workers = flags.workers === undefined ? undefined : parseCount(flags.workers, "--workers");
  const points = samplePoints(count, named.seed, dataset.count);
  const run = pointRunOf(named, network, dataset, points);
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  const start = performance.now();
  const onRow = (_row: PointRow, { done, total, resumed, best }: RunProgress): void =>
    line.show(
      formatProgress({
        label: named.name,
        done,
        total,
        skipped: resumed,
        seconds: (performance.now() - start) / 1000,
        best: { label: BEST_LABEL[named.variant], value: best },
      }),
    );
  const options = {
    workers,
    store: flags.results,
    signal,
    onRow,
  };
  try {
    const { kind, rows, folder, summary, text } = await compute(named, run, options);
    line.clear();
    const box = describeDomain(parseDomain(named.domain));
    const printed = { run: named.name, outcome: kind, domain: named.domain, ...summary };
    if (flags.json === true) process.stdout.write(`${JSON.stringify(printed)}\n`);
    else
      process.stdout.write(
        `${named.name}: ${rows} of ${count} points in ${box}${text}, in ${folder}\n`,
      );
    return kind === "finished" ? EXIT.done : EXIT.interrupted;
  } finally {
    line.clear();
    release();
  }
}

const BEST_LABEL = { appmax: "largest E", classification: "largest margin" } as const;

/** A run as far as it came, and what it comes to. */
interface Computed {
  readonly kind: "finished" | "interrupted";
  readonly rows: number;
  readonly folder: string | undefined;
  readonly summary: object;
  readonly text: string;
}

async function compute(
  { variant }: NamedRun,
  run: PointRun,
  options: PointRunOptions<PointRow>,
): Promise<Computed> {
  switch (variant) {
    case "appmax": {
      const { kind, rows, folder } = await runAppMax(run, options);
      if (rows.length === 0) return { kind, rows: 0, folder, summary: { points: 0 }, text: "" };
      const summary = summarise(rows);
      const text = `, ${summary.certified} certified, E_T ${summary.E_T}, E_Xi ${summary.E_Xi} (attained)`;
      return { kind, rows: rows.length, folder, summary, text };
    }
    case "classification": {
      const { kind, rows, folder } = await runAgreement(run, options);
      if (rows.length === 0) return { kind, rows: 0, folder, summary: { points: 0 }, text: "" };
      const summary = summariseAgreement(rows);
      const { disagree, agree, undecided, margin, marginBound } = summary;
      const text =
        `, ${disagree} disagree (attained), ${agree} agree (proved), ${undecided} undecided, ` +
        `largest margin ${margin} (attained) to ${marginBound} (bound)`;
      return { kind, rows: rows.length, folder, summary, text };
    }
  }
}
