import type { AppMaxRow } from "../experiment/variant/runAppMax";
import { summarise, type AppMaxSummary } from "../experiment/variant/summary";
import type { Network } from "../network/network";
import { SUMMARY_NOTES } from "../lab/appMaxTables";
import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";
import { compareNumbers, tryStatement, type Finding } from "./findings";
import { noteFrame } from "./noteFrame";
import { TABLE_4 } from "./printed";
import {
  countsOfProof,
  describeTestImages,
  PROOF_LABEL,
  storedRows,
  type RowSource,
} from "./rowSource";

/** Rows of one network at one bit width. */
export interface BitRows {
  readonly bits: number;
  readonly rows: readonly AppMaxRow[];
}

/**
 * Which quantiser makes the grids: the authors', or the one whose errors stay within half a step.
 */
export type QuantiserBehaviour = "paper" | "corrected";

/** What Table 4 and Figure 4 are made of: the same points at every bit width. */
export interface Table4 {
  readonly network: string;
  readonly behaviour: QuantiserBehaviour;
  /** The widths of which rows are stored. */
  readonly widths: readonly BitRows[];
  readonly sample: string;
}

const WIDTHS = [16, 12, 8, 6, 4] as const;

/**
 * Fewest rows of a width that has just begun, for it to set the points of all: below, it is left
 * out.
 */
const FEWEST_ROWS = 20;

/** The stored run of a width: 16 bits are binary16 whatever the quantiser. */
function runName(network: string, bits: number, behaviour: QuantiserBehaviour): string {
  return `${network}-${bits === 16 ? "half" : `${behaviour}-${bits}`}-mnist-test`;
}

/**
 * Table 4 and Figure 4 from stored rows: AppMax at 16, 12, 8, 6 and 4 bits on a seeded sample of
 * the test set, the first points that every stored width has.
 */
export function loadTable4(
  network: Network,
  behaviour: QuantiserBehaviour = "paper",
  source: RowSource = storedRows(),
): Table4 {
  const all = WIDTHS.map((bits) => {
    const run = runName(network.name, bits, behaviour);
    return { bits, run, rows: source(run, network) };
  });
  const most = Math.max(...all.map(({ rows }) => rows.length));
  const isEnough = (count: number): boolean => count >= (most < FEWEST_ROWS ? 1 : FEWEST_ROWS);
  const stored = all.filter(({ rows }) => isEnough(rows.length));
  const missing = all.filter(({ rows }) => !isEnough(rows.length));
  const common = Math.min(...stored.map(({ rows }) => rows.length));
  const widths = stored.map(({ bits, rows }) => ({ bits, rows: rows.slice(0, common) }));
  const sample = stored.length === 0 ? "" : describeTestImages(common);
  const lacking =
    missing.length === 0
      ? ""
      : `At ${missing.map(({ bits }) => bits).join(", ")} bits too few rows are stored yet ` +
        `(\`roundlab run ${missing[0].run}\`)`;
  return {
    network: network.name,
    behaviour,
    widths,
    sample: [sample, lacking].filter((text) => text !== "").join(". "),
  };
}

/** Table 4 as a DataFrame: for each width our estimates, then the printed ones. */
export function table4({ network, behaviour, widths, sample }: Table4): DataFrame {
  const data = widths.flatMap(({ bits, rows }) => {
    const { points, E_T, E_Xi, mean_E_T, mean_E_Xi } = summarise(rows);
    const proved = countsOfProof(rows);
    const ours = { bits, source: "ours", points, proved, E_T, E_Xi, mean_E_T, mean_E_Xi };
    const printed = printedRow(network, behaviour, bits);
    const withRatio = { ...ours, ratio: ours.E_Xi / ours.E_T };
    if (printed === undefined) return [withRatio];
    const theirs = { ...ours, ...printed, proved: "", source: "paper", points: 10000 };
    return [withRatio, { ...theirs, ratio: printed.E_Xi / printed.E_T }];
  });
  const { E_T, E_Xi, mean_E_T, mean_E_Xi } = SUMMARY_NOTES;
  const grid = behaviour === "paper" ? "" : ", corrected quantiser";
  return createDataFrame(data, {
    caption: `Table 4. Error estimates of ${network} with decreasing bit width${grid} (logits, L1), on ${sample}`,
    notes: {
      proved: { label: PROOF_LABEL },
      E_T: { ...E_T, unit: undefined, digits: 4 },
      E_Xi: { ...E_Xi, unit: undefined, digits: 4 },
      mean_E_T: { ...mean_E_T, unit: undefined, digits: 4 },
      mean_E_Xi: { ...mean_E_Xi, unit: undefined, digits: 4 },
      ratio: { label: "E_Ξ / E_T", digits: 3 },
    },
  });
}

function printedRow(network: string, behaviour: QuantiserBehaviour, bits: number) {
  return network === "net1" && behaviour === "paper" ? TABLE_4[bits] : undefined;
}

/** One bit width under both quantisers, on the same points. */
export interface QuantiserRow {
  readonly bits: number;
  readonly points: number;
  readonly paper: AppMaxSummary;
  readonly corrected: AppMaxSummary;
}

/** Both quantiser behaviours of a network, width by width on the points that both have. */
export function compareQuantisers(paper: Table4, corrected: Table4): QuantiserRow[] {
  return paper.widths.flatMap(({ bits, rows }) => {
    const others = corrected.widths.find((width) => width.bits === bits)?.rows ?? [];
    const points = Math.min(rows.length, others.length);
    if (bits === 16 || points === 0) return [];
    const [one, other] = [rows, others].map((all) => summarise(all.slice(0, points)));
    return [{ bits, points, paper: one, corrected: other }];
  });
}

/** Both behaviours as a DataFrame: means and worst cases, and how much the correction gains. */
export function quantiserFrame(network: string, rows: readonly QuantiserRow[]): DataFrame {
  const data = rows.map(({ bits, points, paper, corrected }) => ({
    bits,
    points,
    paperMean: paper.mean_E_Xi,
    correctedMean: corrected.mean_E_Xi,
    meanRatio: corrected.mean_E_Xi / paper.mean_E_Xi,
    paperWorst: paper.E_Xi,
    correctedWorst: corrected.E_Xi,
    worstRatio: corrected.E_Xi / paper.E_Xi,
    uncertified: paper.uncertified + corrected.uncertified,
  }));
  const mean = { kind: "sample" as const, digits: 4 };
  const worst = { kind: "attained" as const, digits: 4 };
  if (rows.length === 0) {
    return noteFrame(
      `No rows are stored yet; roundlab run ${runName(network, 12, "corrected")} and its like compute them`,
    );
  }
  return createDataFrame(data, {
    caption: `The paper's quantiser and the corrected one, ${network}, on the same points (logits, L1)`,
    notes: {
      paperMean: { ...mean, label: "mean E_Ξ, paper's" },
      correctedMean: { ...mean, label: "mean E_Ξ, corrected" },
      meanRatio: { label: "corrected / paper's", digits: 3 },
      paperWorst: { ...worst, label: "E_Ξ(T), paper's" },
      correctedWorst: { ...worst, label: "E_Ξ(T), corrected" },
      worstRatio: { label: "corrected / paper's ", digits: 3 },
    },
  });
}

/** Table 4 beside the paper's: the ratios of each width, and whether errors grow as bits fall. */
export function judgeTable4({ network, behaviour, widths }: Table4): Finding[] {
  const summaries = widths.map(({ rows }) => summarise(rows));
  const findings = widths.flatMap(({ bits }, index) => {
    const printed = printedRow(network, behaviour, bits);
    const ours = summaries[index];
    if (printed === undefined) return [];
    return [
      compareNumbers(`E_Ξ(T) at ${bits} bits`, printed.E_Xi, ours.E_Xi),
      compareNumbers(`mean E_Ξ at ${bits} bits`, printed.mean_E_Xi, ours.mean_E_Xi),
      compareNumbers(
        `E_Ξ(T) / E_T at ${bits} bits`,
        printed.E_Xi / printed.E_T,
        ours.E_Xi / ours.E_T,
      ),
    ];
  });
  const columns = ["E_T", "E_Xi", "mean_E_T", "mean_E_Xi"] as const;
  const grows = columns.every((column) =>
    summaries.slice(1).every((summary, index) => summary[column] > summaries[index][column]),
  );
  return [
    ...findings,
    tryStatement(`all four estimates of ${network} grow at every step to fewer bits`, true, grows),
  ];
}
