import { Option, type Command } from "commander";
import { describeDomain, parseDomain } from "../analyse/domain";
import { kindsOfColumns } from "../claim/column";
import type { KindOfNumber } from "../claim/kindOfNumber";
import { openDataset } from "../dataset/openDataset";
import { ArgumentError, StoreError } from "../errors";
import { AGREEMENT_SUMMARY_COLUMNS } from "../experiment/variant/agreementColumns";
import { SUMMARY_COLUMNS } from "../experiment/variant/appMaxColumns";
import { summariseAgreement } from "../experiment/variant/agreementSummary";
import { orderOfRun, resultsFolder, type RunOrder } from "../experiment/loadRuns";
import { ALL_RUNS, namedRun, type NamedRun } from "../experiment/namedRuns";
import { pointRunOf } from "../experiment/pointRunOf";
import { sessionFacts } from "../experiment/sessionFacts";
import { runAgreement, type AgreementRun } from "../experiment/variant/runAgreement";
import { runAppMax, type AppMaxRow } from "../experiment/variant/runAppMax";
import type { PointRow, PointRunOptions, RunProgress } from "../experiment/runPoints";
import { summarise } from "../experiment/variant/summary";
import { loadNetwork } from "../network/load";
import { formatProgress } from "../present/progress/progress";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import {
  addConditionOptions,
  hasConditions,
  parseConditions,
  unmetConditions,
  type ConditionFlags,
  type Conditions,
} from "./conditions";
import { requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";

interface RunFlags extends ConditionFlags {
  readonly results: string;
  readonly count?: string;
  /** As `count`: its name before. */
  readonly points?: string;
  readonly workers?: string;
  readonly json?: boolean;
}

/** `roundlab run`: the long computations behind the exhibits, resumable at any point. */
export function registerRun(program: Command): void {
  const command = program
    .command("run")
    .description("compute, or go on computing, one of the long runs behind the exhibits")
    .argument("<name>", ALL_RUNS.map(({ name }) => name).join(", "))
    .option("--results <folder>", "where finished points are kept", resultsFolder())
    .option(
      "--count <count>",
      "stop after so many of its points in all (which ones, its seed says); its full size by default",
    )
    .addOption(new Option("--points <count>", "as --count").conflicts("count").hideHelp())
    .option("--workers <count>", "threads; all cores by default");
  addConditionOptions(command)
    .option("--json", "print the summary as JSON")
    .action((name: string, flags: RunFlags) => runCommand(() => goOn(namedRun(name), flags)));
}

async function goOn(named: NamedRun, flags: RunFlags): Promise<number> {
  const conditions = conditionsOf(named, flags);
  requireFolderToWrite(flags.results, "--results");
  const network = await loadNetwork(named.network);
  const dataset = await openDataset(named.data);
  const { count: asked = flags.points } = flags;
  const order = orderOfRun(named, network, flags.results);
  checkOrder(named, order, flags.results);
  const count = asked === undefined ? order.points.length : parseCount(asked, "--count");
  const workers = flags.workers === undefined ? undefined : parseCount(flags.workers, "--workers");
  if (count > order.points.length) {
    throw new ArgumentError(
      `${named.name} has ${order.points.length} points, asked for --count ${count}`,
    );
  }
  const points = order.points.slice(0, count);
  const run = pointRunOf(named, network, dataset, points);
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  // A reader that goes before the conditions are checked leaves them unproved.
  if (hasConditions(conditions)) process.exitCode = EXIT.failed;
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
    sessionFacts: { ...sessionFacts(workers), ...takenFrom(order) },
    signal,
    onRow,
  };
  try {
    const computed = await compute(named, run, options);
    const { kind, rows, folder, summary, kinds, text } = computed;
    line.clear();
    const box = describeDomain(parseDomain(named.domain));
    const printed = { run: named.name, outcome: kind, domain: named.domain, ...summary, kinds };
    if (flags.json === true) process.stdout.write(`${JSON.stringify(printed)}\n`);
    else
      process.stdout.write(
        `${named.name}: ${rows} of ${count} points in ${box}${text}, in ${folder}\n`,
      );
    if (kind !== "finished") return EXIT.interrupted;
    const unmet = unmetConditions(computed.errors, conditions);
    for (const sentence of unmet) process.stderr.write(`roundlab: ${named.name}: ${sentence}\n`);
    return unmet.length === 0 ? EXIT.done : EXIT.unmet;
  } finally {
    line.clear();
    release();
  }
}

/** What the sessions of a second pass note beside what all do; nothing of other runs. */
function takenFrom({ takenFrom }: RunOrder): { takenFrom?: RunOrder["takenFrom"] } {
  return takenFrom === undefined ? {} : { takenFrom };
}

/** @throws StoreError where a second pass has nothing to take up */
function checkOrder({ name }: NamedRun, { points, takenFrom }: RunOrder, folder: string): void {
  if (points.length > 0 || takenFrom === undefined) return;
  const { run, rows } = takenFrom;
  throw new StoreError(
    rows === 0
      ? `${name} takes up the regions that ${run} leaves open, and ${folder} has no rows of that; ` +
          `\`roundlab run ${run}\` computes them`
      : `${name} has nothing to do: of the ${rows} rows of ${run} in ${folder} none is open`,
  );
}

/** @throws ArgumentError where the run has no errors to hold against them */
function conditionsOf({ name, variant }: NamedRun, flags: RunFlags): Conditions {
  const conditions = parseConditions(flags);
  if (variant !== "appmax" && hasConditions(conditions)) {
    throw new ArgumentError(
      `--fail-above and --require are about the errors of AppMax; ${name} says where classes agree`,
    );
  }
  return conditions;
}

const BEST_LABEL = { appmax: "largest E", agreement: "largest margin" } as const;

/** A run as far as it came, and what it comes to. */
interface Computed {
  readonly kind: "finished" | "interrupted";
  readonly rows: number;
  readonly folder: string | undefined;
  readonly summary: object;
  /** What the numbers of the summary claim. */
  readonly kinds: Readonly<Record<string, KindOfNumber>>;
  readonly text: string;
  /** The rows that `--fail-above` and `--require` are held against. */
  readonly errors: readonly AppMaxRow[];
}

async function compute(
  { variant }: NamedRun,
  run: AgreementRun,
  options: PointRunOptions<PointRow>,
): Promise<Computed> {
  switch (variant) {
    case "appmax": {
      const { kind, rows, folder } = await runAppMax(run, options);
      if (rows.length === 0) return nothingOf(kind, folder);
      const summary = summarise(rows);
      const text = `, ${summary.certified} certified, E_T ${summary.E_T}, E_Xi ${summary.E_Xi} (attained)`;
      return {
        kind,
        rows: rows.length,
        folder,
        summary,
        kinds: kindsOfColumns(SUMMARY_COLUMNS),
        text,
        errors: rows,
      };
    }
    case "agreement": {
      const { kind, rows, folder } = await runAgreement(run, options);
      if (rows.length === 0) return nothingOf(kind, folder);
      const summary = summariseAgreement(rows);
      const { disagree, agree, undecided, margin, marginBound } = summary;
      const text =
        `, ${disagree} disagree (attained), ${agree} agree (proved), ${undecided} undecided, ` +
        `largest margin ${margin} (attained) to ${marginBound} (bound)`;
      return {
        ...{ kind, rows: rows.length, folder, summary, text, errors: [] },
        kinds: kindsOfColumns(AGREEMENT_SUMMARY_COLUMNS),
      };
    }
  }
}

function nothingOf(kind: Computed["kind"], folder: string | undefined): Computed {
  return { kind, rows: 0, folder, summary: { points: 0 }, kinds: {}, text: "", errors: [] };
}
