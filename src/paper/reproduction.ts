import { PINNED_DATA } from "../dataset/pinnedData";
import { networkChecksum } from "../experiment/appMaxExperiment";
import { findRows, orderOfRun } from "../experiment/loadRuns";
import { AGREEMENT_RUNS, APPMAX_RUNS, type NamedRun } from "../experiment/namedRuns";
import { describeMakers, originOfRun } from "../experiment/runOrigin";
import type { PointRow } from "../experiment/runPoints";
import { summariseAgreement } from "../experiment/variant/agreementSummary";
import { summarise } from "../experiment/variant/summary";
import type { Network } from "../network/network";
import { formatCount, formatSeconds, formatSignificant } from "../present/numberFormat";
import { markdownTable } from "../present/table/markdownTable";
import { storedAgreements, type AgreementSource } from "./agreementSource";
import { EXHIBITS } from "./exhibits";
import { sourceOf, type Finding } from "./findings";
import { CLOSE_RATIO_WORDS, describeLimits } from "./limits";
import { SECONDS_PER_POINT } from "./printed";
import { PAPER_PAGES } from "./printedNumbers";
import { storedRows, type RowSource } from "./rowSource";

/** What the page is made from. */
export interface ReproductionOptions {
  readonly source?: RowSource;
  /** The rows of Table 5. */
  readonly classes?: AgreementSource;
  /** Exhibits to leave out, by the name of their notebook. */
  readonly without?: readonly string[];
}

/**
 * `docs/reproduction.md`: exhibit by exhibit what the paper prints, what ours comes to, and the
 * verdict, with what it cost. All of it is computed from the stored rows; Table 1 is computed anew.
 *
 * @param networks  Net1 and Net2
 */
export async function renderReproduction(
  networks: readonly Network[],
  options: ReproductionOptions = {},
): Promise<string> {
  const source = options.source ?? storedRows();
  const classes = options.classes ?? storedAgreements;
  const shown = EXHIBITS.filter(({ name }) => options.without?.includes(name) !== true);
  const sections: string[] = [];
  const summary: string[][] = [];
  for (const { name, title, judgeAll } of shown) {
    const { sample, findings } = await judgeAll({ networks, rows: source, classes });
    if (sample === "") continue;
    summary.push([title, ...summaryOf(findings)]);
    const table = findings.length === 0 ? [] : [findingsMarkdown(findings)];
    sections.push(
      `## ${title}`,
      `Notebook: [${name}](../notebooks/${name}.ipynb). ${sample}`,
      ...table,
    );
  }
  const heads = [
    "exhibit",
    "printed numbers",
    `within ${CLOSE_RATIO_WORDS}`,
    "same order",
    "beyond",
    "open",
    "statements that agree",
  ];
  return `${[
    HEADER,
    markdownTable(heads, summary),
    ...sections,
    "## What it stands on, and what it cost",
    costs(networks, source, classes),
  ].join("\n\n")}\n`;
}

const HEADER = `# Reproduction: the paper's numbers and ours

Šíma & Vidnerová, *Weight-Rounding Error in Deep Neural Networks*, ECML PKDD 2025, ${PAPER_PAGES}, exhibit by exhibit.
\`roundlab reproduce --write-docs\` writes this page from the stored rows. The paper's numbers were typed once, from its
tables, into \`src/paper/printed.ts\`; everything else is computed from those and the rows, the verdicts as well.

The paper's networks were trained without a seed and are not published, so ours have other weights: ratios and orders
of magnitude can be compared, digits cannot.

${describeLimits()}.

What lies across a limit because ours is an interval is open. The first table counts the numbers that the paper prints,
each once. What only follows from them, such as a ratio of two, is compared below ("from Table 3") and not counted; a
statement counts if it can be tried on printed numbers, and is tried on ours in the same way.`;

/** Counts: printed numbers, how near ours are to them, and statements. */
function summaryOf(findings: readonly Finding[]): string[] {
  const numbers = findings.filter(({ basis }) => basis === "printed");
  const statements = findings.filter(({ basis }) => basis === "statement");
  const count = (agreement: Finding["agreement"]): string =>
    numbers.length === 0
      ? ""
      : String(numbers.filter((finding) => finding.agreement === agreement).length);
  const agree = statements.filter(({ agreement }) => agreement === "close").length;
  return [
    numbers.length === 0 ? "" : String(numbers.length),
    count("close"),
    count("near"),
    count("beyond"),
    count("open"),
    statements.length === 0 ? "" : `${agree} of ${statements.length}`,
  ];
}

/** Findings as a table of Markdown. */
function findingsMarkdown(findings: readonly Finding[]): string {
  const rows = findings.map((finding) => [
    finding.what,
    finding.paper,
    sourceOf(finding),
    finding.ours,
    Number.isNaN(finding.ratio) ? "" : formatSignificant(finding.ratio, 3),
    finding.verdict,
  ]);
  return markdownTable(["what", "paper", "printed in", "ours", "ours / paper", "verdict"], rows);
}

/**
 * Every run with rows: how many of how many, made by which versions, how far proved, how long; and
 * what the paper reports for one of its programs. It reports nothing for those of Table 5.
 */
function costs(networks: readonly Network[], source: RowSource, classes: AgreementSource): string {
  const rows = APPMAX_RUNS.flatMap((run) => {
    const network = networks.find((known) => known.name === run.network);
    const stored = network === undefined ? [] : source(run.name, network);
    if (network === undefined || stored.length === 0) return [];
    const { certified, fallback, uncertified } = summarise(stored);
    const counts = [certified, fallback, uncertified].map(String);
    const reported = formatSeconds(SECONDS_PER_POINT[run.network] ?? NaN);
    return [costsOf(run, network, stored, PINNED_DATA[run.data].count, counts, reported)];
  });
  const decided = AGREEMENT_RUNS.flatMap((run) => {
    const network = networks.find((known) => known.name === run.network);
    const stored = network === undefined ? [] : classes(run.name, network);
    if (network === undefined || stored.length === 0) return [];
    const { settled } = summariseAgreement(stored);
    const counts = [String(settled), "", String(stored.length - settled)];
    const { points } = orderOfRun(run, network, undefined, checksumOf(network));
    const all = run.openOf === undefined ? run.points : points.length;
    return [costsOf(run, network, stored, all, counts, "")];
  });
  return markdownTable(
    [
      "run",
      "points",
      "of",
      "certified",
      "by fallback",
      "uncertified",
      "a point",
      "one program, paper",
      "one thread, all",
      "made by",
    ],
    [...rows, ...decided],
  );
}

function costsOf(
  run: NamedRun,
  network: Network,
  stored: readonly PointRow[],
  of: number,
  counts: readonly string[],
  reported: string,
): string[] {
  const seconds = secondsOf(stored);
  return [
    run.name,
    String(stored.length),
    formatCount(of),
    ...counts,
    formatSeconds(seconds / stored.length),
    reported,
    formatSeconds(seconds),
    makersOf(run, network, stored.length),
  ];
}

/** Of networks that were asked for: the bytes of Net2 take a while to hash, and it has ten runs. */
const checksums = new WeakMap<Network, string>();

function checksumOf(network: Network): string {
  const checksum = checksums.get(network) ?? networkChecksum(network);
  checksums.set(network, checksum);
  return checksum;
}

/** Which versions made the first rows of a run; empty where they are not those that are stored. */
function makersOf(run: NamedRun, network: Network, count: number): string {
  const found = findRows<PointRow>(run, network, undefined, checksumOf(network));
  if (found === undefined) return "";
  const { makers } = originOfRun({ ...found, rows: found.rows.slice(0, count) });
  return describeMakers(makers);
}

function secondsOf(rows: readonly PointRow[]): number {
  return rows.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
}

/**
 * How many rows of each run a page was made from, as the page itself says: what a check of it
 * needs.
 */
export function rowsBehind(page: string): Map<string, number> {
  const found = [...page.matchAll(/^\| (net\S+) \| (\d+) \|/gm)];
  return new Map(found.map(([, run, points]) => [run, Number(points)]));
}

/** A source that gives no more rows of each run than a page was made from. */
export function limitRows<Row>(
  source: (run: string, network: Network) => readonly Row[],
  limits: ReadonlyMap<string, number>,
): (run: string, network: Network) => readonly Row[] {
  return (run, network) => source(run, network).slice(0, limits.get(run) ?? 0);
}
