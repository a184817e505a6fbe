import { PINNED_DATA } from "../dataset/pinnedData";
import { AGREEMENT_RUNS, APPMAX_RUNS } from "../experiment/namedRuns";
import type { PointRow } from "../experiment/runPoints";
import { summariseAgreement } from "../experiment/variant/agreementSummary";
import { summarise } from "../experiment/variant/summary";
import type { Network } from "../network/network";
import { escapeMarkdownCell } from "../present/escape";
import { formatCount, formatSeconds, formatSignificant } from "../present/numberFormat";
import { EXHIBITS } from "./exhibits";
import { judgeFigure1 } from "./figure1";
import { canDrawFigure3, judgeFigure3, loadFigure3 } from "./figure3";
import { judgeFigure4 } from "./figure4";
import type { Finding } from "./findings";
import { SECONDS_PER_POINT } from "./printed";
import { storedRows, type RowSource } from "./rowSource";
import { judgeTable1, runTable1 } from "./table1";
import { judgeTable2, loadTable2 } from "./table2";
import { judgeTable3, loadTable3 } from "./table3";
import { judgeTable4, loadTable4 } from "./table4";
import { judgeTable5, loadTable5, storedAgreements, type AgreementSource } from "./table5";

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
  for (const { name, title } of shown) {
    const { sample, findings } = await judgeExhibit(name, networks, source, classes);
    if (sample === "") continue;
    summary.push([title, ...summaryOf(findings)]);
    const table = findings.length === 0 ? [] : [findingsMarkdown(findings)];
    sections.push(
      `## ${title}`,
      `Notebook: [${name}](../notebooks/${name}.ipynb). ${sample}`,
      ...table,
    );
  }
  const heads = ["exhibit", "within a quarter", "same order", "beyond", "statements that agree"];
  return `${[
    HEADER,
    markdownTable(heads, summary),
    ...sections,
    "## What it stands on, and what it cost",
    costs(networks, source, classes),
  ].join("\n\n")}\n`;
}

const HEADER = `# Reproduction: the paper's numbers and ours

Šíma & Vidnerová, *Weight-Rounding Error in Deep Neural Networks*, ECML PKDD 2025, exhibit by exhibit.
\`roundlab reproduce --write-docs\` writes this page from the stored rows; nothing on it is typed by hand.

The paper's networks were trained without a seed and are not published, so ours have other weights: ratios and orders
of magnitude can be compared, digits cannot. *Agrees within a quarter* means a ratio between 0.8 and 1.25 (for
accuracies, half a per cent of the images), *same order of magnitude* one between 0.32 and 3.2. How many of the
printed numbers, and of the statements that the paper's numbers bear out, agree:`;

/**
 * What an exhibit comes to, and on which points; no sample for an exhibit that is not on this page.
 */
interface Judged {
  readonly sample: string;
  readonly findings: readonly Finding[];
}

async function judgeExhibit(
  name: string,
  networks: readonly Network[],
  source: RowSource,
  classes: AgreementSource,
): Promise<Judged> {
  switch (name) {
    case "table-1": {
      const result = await runTable1(networks[0], "mnist-test");
      const sample = `Computed on the spot; inputs within ${result.sample}.`;
      return { sample, findings: judgeTable1(result) };
    }
    case "table-2": {
      const result = loadTable2(networks);
      return { sample: `On ${result.sample}.`, findings: judgeTable2(result) };
    }
    case "table-3": {
      const result = loadTable3(networks, source);
      return { sample: `${result.sample}.`, findings: judgeTable3(result) };
    }
    case "figure-1":
      return {
        sample: "The rows of Table 3.",
        findings: judgeFigure1(loadTable3(networks, source)),
      };
    case "figure-2":
      return { sample: "Pictures, and how far their pixels move: computed there.", findings: [] };
    case "figure-3": {
      const drawn = networks.filter((network) => canDrawFigure3(network, source));
      const findings = judgeFigure3(drawn.map((network) => loadFigure3(network, source)));
      return { sample: "The rows of Table 3, resampled 100 times.", findings };
    }
    case "table-4":
    case "figure-4": {
      const results = networks.map((network) => loadTable4(network, "paper", source));
      const sample = results.map((result) => `${result.network}: ${result.sample}. `).join("");
      const stored = results.filter(({ widths }) => widths.length > 1);
      const judge = name === "table-4" ? judgeTable4 : judgeFigure4;
      return { sample: sample.trimEnd(), findings: stored.flatMap(judge) };
    }
    case "table-5": {
      const result = loadTable5(networks[0], classes);
      const sample = result.sample === "" ? "" : `On ${result.sample}.`;
      return { sample, findings: judgeTable5(result) };
    }
    default:
      return { sample: "", findings: [] };
  }
}

/** Counts of verdicts: close numbers, the same order, beyond it, and statements. */
function summaryOf(findings: readonly Finding[]): string[] {
  const numbers = findings.filter(({ paper }) => /\d/.test(paper));
  const statements = findings.filter(({ paper }) => paper === "yes" || paper === "no");
  const close = numbers.filter(({ verdict }) => verdict.startsWith("agrees")).length;
  const near = numbers.filter(({ verdict }) => verdict.startsWith("same order")).length;
  const agree = statements.filter(({ verdict }) => verdict === "agrees").length;
  const count = (found: number): string => (numbers.length === 0 ? "" : String(found));
  return [
    count(close),
    count(near),
    count(numbers.length - close - near),
    statements.length === 0 ? "" : `${agree} of ${statements.length}`,
  ];
}

/** Findings as a table of Markdown. */
function findingsMarkdown(findings: readonly Finding[]): string {
  const rows = findings.map(({ what, paper, ours, ratio, verdict }) => [
    what,
    paper,
    ours,
    Number.isNaN(ratio) ? "" : formatSignificant(ratio, 3),
    verdict,
  ]);
  return markdownTable(["what", "paper", "ours", "ours / paper", "verdict"], rows);
}

function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => escapeMarkdownCell(cell)).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

/**
 * Every run with rows: how many of how many, how far proved, how long; and the paper's time for a
 * point.
 */
function costs(networks: readonly Network[], source: RowSource, classes: AgreementSource): string {
  const rows = APPMAX_RUNS.flatMap(({ name, network: owner, data }) => {
    const network = networks.find((known) => known.name === owner);
    const stored = network === undefined ? [] : source(name, network);
    if (stored.length === 0) return [];
    const { certified, fallback, uncertified } = summarise(stored);
    const seconds = secondsOf(stored);
    return [
      [
        name,
        String(stored.length),
        formatCount(PINNED_DATA[data].count),
        String(certified),
        String(fallback),
        String(uncertified),
        formatSeconds(seconds / stored.length),
        formatSeconds(SECONDS_PER_POINT[owner] ?? NaN),
        formatSeconds(seconds),
      ],
    ];
  });
  const decided = AGREEMENT_RUNS.flatMap(({ name, points }) => {
    const stored = classes(name, networks[0]);
    if (stored.length === 0) return [];
    const { settled } = summariseAgreement(stored);
    const seconds = secondsOf(stored);
    const counts = [settled, "", stored.length - settled].map(String);
    // Nine programs a point.
    const paper = formatSeconds(9 * (SECONDS_PER_POINT[networks[0].name] ?? NaN));
    const times = [formatSeconds(seconds / stored.length), paper, formatSeconds(seconds)];
    return [[name, String(stored.length), formatCount(points), ...counts, ...times]];
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
      "a point, paper",
      "one thread, all",
    ],
    [...rows, ...decided],
  );
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
