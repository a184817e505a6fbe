import { summarise } from "../experiment/variant/summary";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { QUANTISER_COLUMNS, type QuantiserRow } from "./columns/quantisers";
import { noteFrame } from "./noteFrame";
import type { Table4 } from "./table4Rows";

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
  if (rows.length === 0) {
    return noteFrame(
      `No rows are stored yet; roundlab run ${network}-corrected-12-mnist-test and its like compute them`,
    );
  }
  return declaredFrame(QUANTISER_COLUMNS, rows, {
    caption: `The paper's quantiser and the corrected one, ${network}, on the same points (logits, L1)`,
  });
}
