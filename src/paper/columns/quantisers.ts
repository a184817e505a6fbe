import { declareColumns, factsOf } from "../../claim/column";
import { SUMMARY_COLUMNS } from "../../experiment/variant/appMaxColumns";
import type { AppMaxSummary } from "../../experiment/variant/summary";

/** One bit width under both quantisers, on the same points. */
export interface QuantiserRow {
  readonly bits: number;
  readonly points: number;
  readonly paper: AppMaxSummary;
  readonly corrected: AppMaxSummary;
}

type Whose = "paper" | "corrected";
type Derived = `${Whose}${"Mean" | "Worst"}` | "meanRatio" | "worstRatio" | "uncertified";

const estimate = (whose: Whose, name: "E_Xi" | "mean_E_Xi", heading: string) => ({
  ...factsOf(SUMMARY_COLUMNS, name),
  heading: `${heading}, ${whose === "paper" ? "paper's" : whose}`,
  digits: 4,
  read: (row: QuantiserRow): number => row[whose][name],
});

const ratio = (name: "E_Xi" | "mean_E_Xi", what: string) => ({
  type: "number" as const,
  digits: 3,
  meaning: `${what} of the corrected quantiser / of the paper's`,
  read: ({ paper, corrected }: QuantiserRow): number => corrected[name] / paper[name],
});

/** The columns of both quantisers side by side. */
export const QUANTISER_COLUMNS = declareColumns<QuantiserRow, Derived, Whose>({
  bits: { type: "integer", meaning: "of each weight" },
  points: { type: "integer", meaning: "points that rows of both are stored of" },
  paperMean: estimate("paper", "mean_E_Xi", "mean E_Ξ"),
  correctedMean: estimate("corrected", "mean_E_Xi", "mean E_Ξ"),
  meanRatio: { ...ratio("mean_E_Xi", "mean E_Ξ"), heading: "corrected / paper's" },
  paperWorst: estimate("paper", "E_Xi", "E_Ξ(T)"),
  correctedWorst: estimate("corrected", "E_Xi", "E_Ξ(T)"),
  // Headings of one table differ: that of the means stands without the space.
  worstRatio: { ...ratio("E_Xi", "E_Ξ(T)"), heading: "corrected / paper's " },
  uncertified: {
    type: "integer",
    meaning: "maxima of either that are not certified",
    read: ({ paper, corrected }) => paper.uncertified + corrected.uncertified,
  },
});
