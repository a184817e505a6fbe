import { summarise, type AppMaxSummary } from "../experiment/variant/summary";
import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";
import { noteFrame } from "./noteFrame";
import type { Table4 } from "./table4Rows";

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
      `No rows are stored yet; roundlab run ${network}-corrected-12-mnist-test and its like compute them`,
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
