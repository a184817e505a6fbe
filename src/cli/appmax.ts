import type { Command } from "commander";
import { DOMAIN_GRAMMAR, domainName, parseDomain } from "../analyse/domain";
import { DEFAULT_PROOF, parseProof, PROOF_GRAMMAR } from "../analyse/proof";
import { approximate } from "../approximate/approximate";
import { APPROXIMATION_GRAMMAR } from "../approximate/approximationGrammar";
import { parseApproximation } from "../approximate/parseApproximation";
import { KNOWN_DATASETS, openDataset } from "../dataset/openDataset";
import { SOLVERS } from "../experiment/engines";
import { parsePoints, POINTS_GRAMMAR } from "../experiment/points";
import {
  runAppMax,
  type AppMaxOutcome,
  type AppMaxRow,
  type RunProgress,
} from "../experiment/runAppMax";
import { isProvedInReal } from "../experiment/provedBound";
import { summarise } from "../experiment/summary";
import { loadNetwork } from "../network/load";
import { formatProgress } from "../present/progress";
import { appMaxTable, summaryTable } from "../present/appMaxTables";
import { renderText } from "../present/showTable";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { hasConditions, parseConditions, unmetConditions } from "./conditions";
import {
  addNetworkOptions,
  NETWORK_HELP,
  networkOptionsOf,
  type NetworkFlags,
} from "./networkOptions";
import { requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";
import { checkWitnessFile, writeWitnesses } from "./witnesses";

interface AppMaxFlags extends NetworkFlags {
  readonly network: string;
  readonly approximation: string;
  readonly data: string;
  readonly points: string;
  readonly workers?: string;
  readonly domain: string;
  readonly solver: string;
  readonly proof: string;
  readonly store?: string;
  readonly timeLimit?: string;
  readonly witnesses?: string;
  readonly failAbove?: string;
  readonly require?: string;
  readonly json?: boolean;
}

/** `roundlab appmax`: the largest rounding error on the polytopes of some points, certified. */
export function registerAppMax(program: Command): void {
  const command = program
    .command("appmax")
    .description("largest rounding error on the polytopes around data points, certified")
    .requiredOption("--network <name>", NETWORK_HELP, "net1");
  addNetworkOptions(command)
    .option("--approximation <name>", APPROXIMATION_GRAMMAR, "half")
    .option(
      "--data <name>",
      `${KNOWN_DATASETS.map(({ name }) => name).join(", ")}, or a directory with IDX files`,
      "mnist-embedded",
    )
    .option("--points <which>", POINTS_GRAMMAR, "0:20")
    .option("--workers <count>", "threads; all cores by default")
    .option("--domain <box>", DOMAIN_GRAMMAR, "pixels")
    .option("--solver <name>", SOLVERS.join(", "), "auto")
    .option("--proof <what>", PROOF_GRAMMAR, DEFAULT_PROOF)
    .option("--store <folder>", "keep finished points there, and go on from those there are")
    .option("--time-limit <seconds>", "give up on a point after this long and keep its interval")
    .option(
      "--witnesses <file.npy>",
      "keep the worst inputs: a NumPy array of points × inputs, in the order of --points",
    )
    .option("--fail-above <value>", "end with 3 unless every point's bound is at most this")
    .option("--require <what>", "certified: end with 3 unless every point is certified")
    .option("--json", "one JSON object per point, then a summary")
    .action((flags: AppMaxFlags) => runCommand(() => runFromFlags(flags)));
}

async function runFromFlags(flags: AppMaxFlags): Promise<number> {
  const start = performance.now();
  if (flags.witnesses !== undefined) checkWitnessFile(flags.witnesses);
  const conditions = parseConditions(flags);
  if (flags.store !== undefined) requireFolderToWrite(flags.store, "--store");
  const approximation = parseApproximation(flags.approximation);
  const proof = parseProof(flags.proof);
  const network = await loadNetwork(flags.network, networkOptionsOf(flags));
  const dataset = await openDataset(flags.data);
  const points = parsePoints(flags.points, dataset.count);
  const line = createProgressLine();
  const domain = domainName(parseDomain(flags.domain));
  const printer = flags.json === true ? createOrderedPrinter(points, domain) : undefined;
  const { signal, release } = abortOnInterrupt();
  // A reader that goes before the conditions are checked leaves them unproved.
  if (hasConditions(conditions)) process.exitCode = EXIT.failed;
  try {
    const outcome = await runAppMax(
      {
        network,
        approximated: approximate(network, approximation),
        dataset,
        points,
        domain,
        solver: flags.solver,
        proof,
      },
      {
        workers: flags.workers === undefined ? undefined : parseCount(flags.workers, "--workers"),
        store: flags.store,
        timeLimitMilliseconds:
          flags.timeLimit === undefined
            ? undefined
            : 1000 * parseCount(flags.timeLimit, "--time-limit"),
        signal,
        keepWitnesses: flags.witnesses !== undefined,
        onRow: (row, progress) => {
          printer?.(row);
          line.show(progressText(progress, start));
        },
      },
    );
    line.clear();
    report(outcome, flags, (performance.now() - start) / 1000);
    if (flags.witnesses !== undefined) writeWitnesses(flags.witnesses, outcome);
    if (outcome.kind === "interrupted") return EXIT.interrupted;
    const unmet = unmetConditions(outcome.rows, conditions);
    for (const sentence of unmet) process.stderr.write(`roundlab: ${sentence}\n`);
    return unmet.length === 0 ? EXIT.done : EXIT.unmet;
  } finally {
    line.clear();
    release();
  }
}

function progressText(progress: RunProgress, start: number): string {
  return formatProgress({
    label: "appmax",
    done: progress.done,
    total: progress.total,
    seconds: (performance.now() - start) / 1000,
    skipped: progress.resumed,
    best: { label: "largest E", value: progress.best },
  });
}

/**
 * Prints rows with their domain in the order of the points, each as soon as all before it are done.
 */
function createOrderedPrinter(points: readonly number[], domain: string): (row: AppMaxRow) => void {
  const held = new Map<number, AppMaxRow>();
  let next = 0;
  return (row) => {
    held.set(row.point, row);
    for (;;) {
      const ready = next < points.length ? held.get(points[next]) : undefined;
      if (ready === undefined) return;
      process.stdout.write(`${JSON.stringify({ ...ready, domain })}\n`);
      next++;
    }
  };
}

/** The ends of a domain, for readers that do not know its name. */
function boxOf(domain: string): { readonly lower: number; readonly upper: number } {
  const { lower, upper } = parseDomain(domain);
  return { lower, upper };
}

function report(outcome: AppMaxOutcome, flags: AppMaxFlags, seconds: number): void {
  const { rows, experiment } = outcome;
  if (rows.length > 0 && flags.json === true) {
    const summary = {
      summary: true,
      outcome: outcome.kind,
      network: experiment.network,
      approximation: experiment.approximation,
      data: experiment.dataset,
      domain: experiment.domain,
      box: boxOf(experiment.domain),
      assumptions: outcome.assumptions,
      // What the summary's bound is proved for; nothing is said of proofs up to rounding.
      ...(isProvedInReal(rows) ? { proof: experiment.proof } : {}),
      ...summarise(rows),
      seconds: Math.round(seconds * 100) / 100,
      kinds: {
        error: "attained",
        maximum: "attained",
        upperBound: "bound",
        E_T: "attained",
        E_Xi: "attained",
      },
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
  } else if (rows.length > 0) {
    const { network, domain } = experiment;
    const maxWidth = process.stdout.isTTY ? process.stdout.columns : Infinity;
    process.stdout.write(`${renderText(appMaxTable(outcome), { maxWidth })}\n\n`);
    process.stdout.write(
      `${renderText(summaryTable([{ name: network, rows, domain }]), { maxWidth })}\n`,
    );
  }
  if (outcome.kind === "interrupted") {
    const asked = `interrupted: ${rows.length} points are done`;
    const advice =
      outcome.folder === undefined
        ? "with --store FOLDER a run goes on where it was ended"
        : `they are kept in ${outcome.folder}; the same command goes on from there`;
    process.stderr.write(`${asked}; ${advice}\n`);
  }
}
