import type { Command } from "commander";
import type { Domain } from "../analyse/domain";
import { DEFAULT_PROOF, parseProof, PROOF_GRAMMAR, type Proof } from "../claim/proof";
import { approximate } from "../approximate/approximate";
import { approximationName } from "../approximate/parseApproximation";
import type { PointSource } from "../dataset/pointSet";
import { openPoints } from "../dataset/openPoints";
import { ArgumentError } from "../errors";
import { checkImages } from "../experiment/checkImages";
import { SOLVERS } from "../experiment/backend/engines";
import { parsePoints, POINTS_GRAMMAR } from "../experiment/points";
import { runAppMax, type AppMaxOutcome, type RunProgress } from "../experiment/variant/runAppMax";
import type { NamedRows } from "../lab/appMaxTables";
import { formatProgress } from "../present/progress/progress";
import {
  createOrderedPrinter,
  printInterrupted,
  printPoints,
  printSummaries,
  printSummaryLine,
} from "./appmaxReport";
import {
  addApproximationOptions,
  approximationsOf,
  type ApproximationFlags,
} from "./approximationOptions";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import {
  addConditionOptions,
  hasConditions,
  parseConditions,
  unmetConditions,
  type ConditionFlags,
} from "./conditions";
import { addLabelledDataOption } from "./dataOption";
import { addNetworkOptions, NETWORKS_HELP, networksOf, type NetworkFlags } from "./networkOptions";
import { DOMAIN_HELP, domainOfOption } from "./domainOption";
import { pairsOf, type Pair } from "./pairs";
import { requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";
import { checkWitnessFile, writeWitnesses } from "./witnesses";

interface AppMaxFlags extends NetworkFlags, ApproximationFlags, ConditionFlags {
  readonly network: string;
  readonly data: string;
  readonly labels?: string;
  readonly points: string;
  readonly workers?: string;
  readonly domain: string;
  readonly solver: string;
  readonly proof: string;
  readonly store?: string;
  readonly timeLimit?: string;
  readonly witnesses?: string;
  readonly json?: boolean;
}

/** `roundlab appmax`: the largest rounding error on the polytopes of some points, certified. */
export function registerAppMax(program: Command): void {
  const command = program
    .command("appmax")
    .description("largest rounding error on the polytopes around data points, certified")
    .option("--network <names>", NETWORKS_HELP, "net1");
  addNetworkOptions(command);
  addApproximationOptions(command, "half");
  addLabelledDataOption(command)
    .option("--points <which>", POINTS_GRAMMAR, "0:20")
    .option("--workers <count>", "threads; all cores by default")
    .option("--domain <box>", DOMAIN_HELP, "pixels")
    .option("--solver <name>", SOLVERS.join(", "), "auto")
    .option("--proof <what>", PROOF_GRAMMAR, DEFAULT_PROOF)
    .option("--store <folder>", "keep finished points there, and go on from those there are")
    .option("--time-limit <seconds>", "give up on a point after this long and keep its interval")
    .option(
      "--witnesses <file.npy>",
      "keep the worst inputs: a NumPy array of points × inputs, in the order of --points",
    );
  addConditionOptions(command)
    .option(
      "--json",
      "one JSON object per point, then a summary; for each network and approximation",
    )
    .action((flags: AppMaxFlags) => runCommand(() => runFromFlags(flags)));
}

/** What is the same for all networks and approximations. */
interface Shared {
  readonly flags: AppMaxFlags;
  readonly dataset: PointSource;
  readonly points: readonly number[];
  readonly domain: Domain;
  readonly proof: Proof;
  readonly workers?: number;
  readonly timeLimitMilliseconds?: number;
  readonly signal: AbortSignal;
  /** Whether results must say which network and approximation they are of. */
  readonly hasSeveral: boolean;
}

async function runFromFlags(flags: AppMaxFlags): Promise<number> {
  if (flags.witnesses !== undefined) checkWitnessFile(flags.witnesses);
  const conditions = parseConditions(flags);
  if (flags.store !== undefined) requireFolderToWrite(flags.store, "--store");
  const approximations = approximationsOf(flags);
  const proof = parseProof(flags.proof);
  const pairs = pairsOf(await networksOf(flags), approximations);
  const hasSeveral = pairs.length > 1;
  if (flags.witnesses !== undefined && hasSeveral) {
    throw new ArgumentError(
      `--witnesses keeps the inputs of one network and one approximation, found ${pairs.length} pairs; run them apart`,
    );
  }
  const dataset = await openPoints(flags.data, flags);
  for (const { network } of pairs) checkImages(network, dataset);
  const points = parsePoints(flags.points, dataset.count);
  const domain = domainOfOption(flags.domain, dataset);
  const workers = flags.workers === undefined ? undefined : parseCount(flags.workers, "--workers");
  const timeLimitMilliseconds =
    flags.timeLimit === undefined ? undefined : 1000 * parseCount(flags.timeLimit, "--time-limit");
  const { signal, release } = abortOnInterrupt();
  // A reader that goes before the conditions are checked leaves them unproved.
  if (hasConditions(conditions)) process.exitCode = EXIT.failed;
  const common = { flags, dataset, points, domain, proof, workers, timeLimitMilliseconds, signal };
  try {
    const outcomes: AppMaxOutcome[] = [];
    const sets: NamedRows[] = [];
    const unmet: string[] = [];
    for (const pair of pairs) {
      const outcome = await runPair(pair, { ...common, hasSeveral });
      outcomes.push(outcome);
      const { rows } = outcome;
      const name = hasSeveral ? pair.label : pair.network.name;
      if (rows.length > 0) sets.push({ name, rows, domain });
      const prefix = hasSeveral ? `${pair.label}: ` : "";
      unmet.push(...unmetConditions(rows, conditions).map((each) => `${prefix}${each}`));
      if (outcome.kind === "interrupted") break;
    }
    if (flags.json !== true && sets.length > 0) printSummaries(sets);
    const last = outcomes[outcomes.length - 1];
    if (last.kind === "interrupted") {
      printInterrupted(last, hasSeveral ? `${pairs[outcomes.length - 1].label}: ` : "");
    }
    if (flags.witnesses !== undefined) writeWitnesses(flags.witnesses, last);
    if (last.kind === "interrupted") return EXIT.interrupted;
    for (const sentence of unmet) process.stderr.write(`roundlab: ${sentence}\n`);
    return unmet.length === 0 ? EXIT.done : EXIT.unmet;
  } finally {
    release();
  }
}

/** Computes one network with one approximation, and prints its points. */
async function runPair(pair: Pair, shared: Shared): Promise<AppMaxOutcome> {
  const { flags, dataset, points, domain, proof, workers, timeLimitMilliseconds, signal } = shared;
  const { network, approximation, label } = pair;
  const start = performance.now();
  const line = createProgressLine();
  const names = { network: network.name, approximation: approximationName(approximation) };
  const before = shared.hasSeveral ? names : {};
  const printer = flags.json === true ? createOrderedPrinter(points, before, domain) : undefined;
  const approximated = approximate(network, approximation);
  try {
    const outcome = await runAppMax(
      { network, approximated, dataset, points, domain, solver: flags.solver, proof },
      {
        workers,
        store: flags.store,
        timeLimitMilliseconds,
        signal,
        keepWitnesses: flags.witnesses !== undefined,
        onRow: (row, progress) => {
          printer?.(row);
          line.show(progressText(progress, shared.hasSeveral ? label : "appmax", start));
        },
      },
    );
    line.clear();
    if (outcome.rows.length === 0) return outcome;
    if (flags.json === true) printSummaryLine(outcome, (performance.now() - start) / 1000);
    else {
      if (shared.hasSeveral) process.stdout.write(`${label}\n`);
      printPoints(outcome);
    }
    return outcome;
  } finally {
    line.clear();
  }
}

function progressText(progress: RunProgress, label: string, start: number): string {
  return formatProgress({
    label,
    done: progress.done,
    total: progress.total,
    seconds: (performance.now() - start) / 1000,
    skipped: progress.resumed,
    best: { label: "largest E", value: progress.best },
  });
}
