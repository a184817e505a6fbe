import type { AgreementSummary } from "../experiment/variant/agreementSummary";
import type { AgreementRow } from "../experiment/variant/runAgreement";

/** What Table 5 is made of: the same points at every bit width. */
export interface Table5 {
  readonly network: string;
  readonly widths: readonly AgreementWidth[];
  readonly sample: string;
}

/** The rows of one bit width and what they come to. */
export interface AgreementWidth {
  readonly bits: number;
  readonly rows: readonly AgreementRow[];
  readonly summary: AgreementSummary;
}

/** The stored runs of Table 5, by bit width. */
export const TABLE_5_RUNS: readonly { readonly bits: number; readonly run: string }[] = [
  { bits: 16, run: "net1-classify-half" },
  ...[12, 8, 6, 4].map((bits) => ({ bits, run: `net1-classify-paper-${bits}` })),
];

/** Said where there are no rows of classes. */
export const NO_CLASS_ROWS =
  "No rows of Table 5 are stored yet; `roundlab run net1-classify-half` and its like compute them";
