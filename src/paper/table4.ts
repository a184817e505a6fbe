import type { AppMaxRow } from "../experiment/runAppMax";
import { loadRun } from "../experiment/loadRuns";
import { summarise } from "../experiment/summary";
import type { Network } from "../network/network";
import { SUMMARY_NOTES } from "../present/appMaxTables";
import { createDataFrame } from "../present/dataFrame";
import type { Figure } from "../present/figure";
import type { DataFrame } from "../present/frameType";
import { violinFigure } from "../present/violinFigure";
import { TABLE_4 } from "./printed";

/** Rows of one network at one bit width. */
export interface BitRows {
  readonly bits: number;
  readonly rows: readonly AppMaxRow[];
}

/** What Table 4 and Figure 4 are made of: the same points at every bit width. */
export interface Table4 {
  readonly network: string;
  readonly widths: readonly BitRows[];
  readonly sample: string;
}

const APPROXIMATIONS = [
  { bits: 16, name: "half" },
  { bits: 12, name: "paper-12" },
  { bits: 8, name: "paper-8" },
  { bits: 6, name: "paper-6" },
  { bits: 4, name: "paper-4" },
] as const;

/**
 * Table 4 and Figure 4 from stored rows: AppMax at 16, 12, 8, 6 and 4 bits on a seeded sample of the test
 * set, the first points that every width has.
 *
 * @param folder  where the runs are stored; the package's results by default
 * @throws StoreError if a width has no rows: which command computes them
 */
export function loadTable4(network: Network, folder?: string): Table4 {
  const stored = APPROXIMATIONS.map(({ bits, name }) => ({
    bits,
    rows: loadRun(`${network.name}-${name}-mnist-test`, network, folder).rows,
  }));
  const common = Math.min(...stored.map(({ rows }) => rows.length));
  return {
    network: network.name,
    widths: stored.map(({ bits, rows }) => ({ bits, rows: rows.slice(0, common) })),
    sample: `${common} of the 10,000 test images, drawn by seed`,
  };
}

/** Table 4 as a DataFrame: for each width our estimates, then the printed ones. */
export function table4({ network, widths, sample }: Table4): DataFrame {
  const data = widths.flatMap(({ bits, rows }) => {
    const { points, certified, E_T, E_Xi, mean_E_T, mean_E_Xi } = summarise(rows);
    const ours = { bits, source: "ours", points, certified, E_T, E_Xi, mean_E_T, mean_E_Xi };
    const printed = network === "net1" ? TABLE_4[bits] : undefined;
    const withRatio = { ...ours, ratio: E_Xi / E_T };
    if (printed === undefined) return [withRatio];
    const theirs = { ...ours, ...printed, source: "paper", points: 10000, certified: NaN };
    return [withRatio, { ...theirs, ratio: printed.E_Xi / printed.E_T }];
  });
  const { E_T, E_Xi, mean_E_T, mean_E_Xi } = SUMMARY_NOTES;
  return createDataFrame(data, {
    caption: `Table 4. Error estimates of ${network} with decreasing bit width, on ${sample}`,
    notes: { E_T, E_Xi, mean_E_T, mean_E_Xi, ratio: { label: "E_Ξ / E_T", digits: 3 } },
  });
}

/** Figure 4: how E_Ξ is spread over the polytopes at each bit width, on a logarithmic scale. */
export function figure4({ network, widths, sample }: Table4): Figure {
  const groups = widths.map(({ bits, rows }) => ({
    name: `${bits} bits`,
    values: rows.map(({ maximum }) => maximum),
  }));
  return violinFigure(groups, {
    title: `Figure 4. Largest error on polytopes of ${network} by bit width`,
    label: "E_Ξ",
    unit: "logits, L1",
    groupLabel: "bits per weight",
    kind: "attained",
    scale: "log",
    caption: `Computed on ${sample}`,
  });
}
