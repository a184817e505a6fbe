import type { NamedColumn } from "../claim/column";
import { AGREEMENT_RESULT_COLUMNS } from "../lab/agree";
import {
  APPMAX_RESULT_COLUMNS,
  APPMAX_TABLE_COLUMNS,
  SUMMARY_TABLE_COLUMNS,
} from "../lab/appMaxTables";
import { OUTPUT_COLUMNS } from "../lab/bound";
import { BOUND_PART_COLUMNS } from "../lab/boundPartRows";
import { COMPARISON_COLUMNS } from "../lab/compare";
import { SEGMENT_COLUMNS } from "../lab/segment";
import { SAMPLED_SHARE_COLUMNS, SHARE_COLUMNS } from "../lab/shareRows";
import { EPOCH_COLUMNS } from "../lab/train";
import { POOLING_COLUMNS } from "./columns/pooling";
import { QUANTISER_COLUMNS } from "./columns/quantisers";
import {
  RECHECKED_AGREEMENT_COLUMNS,
  RECHECKED_CLASSES_COLUMNS,
  RECHECKED_COLUMNS,
} from "./columns/rechecked";
import { MARGIN_COLUMNS } from "./columns/table5";
import { EXHIBITS } from "./exhibits";
import { FINDING_COLUMNS } from "./findings";
import { ORIGIN_FRAME_COLUMNS } from "./origins";
import { PROVENANCE_COLUMNS } from "./provenance";

/** A frame or a table that a notebook shows, and what is declared of its columns. */
export interface DeclaredFrame {
  /** How it is called for. */
  readonly call: string;
  readonly columns: readonly NamedColumn[];
}

const OF_EXHIBITS = EXHIBITS.flatMap(({ name, columns }): DeclaredFrame[] =>
  columns === undefined ? [] : [{ call: `paper.${name.replace("-", "")}.frame`, columns }],
);

/** All frames and tables with declared columns: what `docs/columns.md` lists. */
export const FRAMES: readonly DeclaredFrame[] = [
  ...OF_EXHIBITS,
  { call: "paper.table3.poolingFrame", columns: POOLING_COLUMNS },
  { call: "paper.table4.quantisers", columns: QUANTISER_COLUMNS },
  { call: "paper.table5.margins", columns: MARGIN_COLUMNS },
  { call: "paper.findingsFrame", columns: FINDING_COLUMNS },
  { call: "paper.recheckFrame", columns: RECHECKED_COLUMNS },
  { call: "paper.recheckedClassesFrame", columns: RECHECKED_CLASSES_COLUMNS },
  { call: "paper.recheckTable5Frame", columns: RECHECKED_AGREEMENT_COLUMNS },
  { call: "paper.table3.origins", columns: ORIGIN_FRAME_COLUMNS },
  { call: "provenance", columns: PROVENANCE_COLUMNS },
  { call: "appMax", columns: APPMAX_RESULT_COLUMNS },
  { call: "present.appMaxTable", columns: APPMAX_TABLE_COLUMNS },
  { call: "present.summaryTable", columns: SUMMARY_TABLE_COLUMNS },
  { call: "segment", columns: SEGMENT_COLUMNS },
  { call: "compare", columns: COMPARISON_COLUMNS },
  { call: "agree", columns: AGREEMENT_RESULT_COLUMNS },
  { call: "bound", columns: OUTPUT_COLUMNS },
  { call: "train", columns: EPOCH_COLUMNS },
  { call: "attribute", columns: SHARE_COLUMNS },
  { call: "attribute over points", columns: SAMPLED_SHARE_COLUMNS },
  { call: "attribute over a box", columns: BOUND_PART_COLUMNS },
];
