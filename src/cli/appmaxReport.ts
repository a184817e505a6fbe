import { domainName, toDomain, type Domain, type Ends } from "../analyse/domain";
import { kindsOfColumns } from "../claim/column";
import { APPMAX_COLUMNS, SUMMARY_COLUMNS } from "../experiment/variant/appMaxColumns";
import { isProvedInReal } from "../experiment/variant/provedBound";
import type { AppMaxExperiment } from "../experiment/appMaxExperiment";
import type { AppMaxOutcome, AppMaxRow } from "../experiment/variant/runAppMax";
import { summarise } from "../experiment/variant/summary";
import { appMaxTable, summaryTable, type NamedRows } from "../lab/appMaxTables";
import { renderText } from "../present/table/showTable";

/**
 * Prints rows, with what else belongs to each, in the order of the points, each as soon as all
 * before it are done.
 */
export function createOrderedPrinter(
  points: readonly number[],
  before: object,
  domain: Domain,
): (row: AppMaxRow) => void {
  const held = new Map<number, AppMaxRow>();
  const name = domainName(domain);
  let next = 0;
  return (row) => {
    held.set(row.point, row);
    for (;;) {
      const ready = next < points.length ? held.get(points[next]) : undefined;
      if (ready === undefined) return;
      process.stdout.write(`${JSON.stringify({ ...before, ...ready, domain: name })}\n`);
      next++;
    }
  };
}

/** The ends of a domain, for readers that do not know its name. */
function boxOf({ domain, box }: AppMaxExperiment): { readonly lower: Ends; readonly upper: Ends } {
  const { lower, upper } = box ?? toDomain(domain);
  return { lower, upper };
}

/** The summary of a network and an approximation as a JSON line. */
export function printSummaryLine(outcome: AppMaxOutcome, seconds: number): void {
  const { rows, experiment } = outcome;
  const summary = {
    summary: true,
    outcome: outcome.kind,
    network: experiment.network,
    approximation: experiment.approximation,
    data: experiment.dataset,
    domain: experiment.domain,
    box: boxOf(experiment),
    assumptions: outcome.assumptions,
    // What the summary's bound is proved for; nothing is said of proofs up to rounding.
    ...(isProvedInReal(rows) ? { proof: experiment.proof } : {}),
    ...summarise(rows),
    seconds: Math.round(seconds * 100) / 100,
    kinds: { ...kindsOfColumns(APPMAX_COLUMNS), ...kindsOfColumns(SUMMARY_COLUMNS) },
  };
  process.stdout.write(`${JSON.stringify(summary)}\n`);
}

const maxWidth = (): number => (process.stdout.isTTY ? process.stdout.columns : Infinity);

/** The table of the points of one result. */
export function printPoints(outcome: AppMaxOutcome): void {
  process.stdout.write(`${renderText(appMaxTable(outcome), { maxWidth: maxWidth() })}\n\n`);
}

/** One table of the summaries of all results. */
export function printSummaries(sets: readonly NamedRows[]): void {
  process.stdout.write(`${renderText(summaryTable(sets), { maxWidth: maxWidth() })}\n`);
}

/** Says on stderr what an interrupted run has kept. */
export function printInterrupted({ rows, folder }: AppMaxOutcome, prefix: string): void {
  const asked = `${prefix}interrupted: ${rows.length} points are done`;
  const advice =
    folder === undefined
      ? "with --store FOLDER a run goes on where it was ended"
      : `they are kept in ${folder}; the same command goes on from there`;
  process.stderr.write(`${asked}; ${advice}\n`);
}
