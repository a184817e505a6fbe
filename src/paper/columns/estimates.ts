import { declareColumns, factsOf } from "../../claim/column";
import { SUMMARY_COLUMNS } from "../../experiment/variant/appMaxColumns";
import type { AppMaxRow } from "../../experiment/variant/runAppMax";
import { summarise } from "../../experiment/variant/summary";
import type { PrintedErrors } from "../printed";
import { countsOfProof, PROOF_LABEL } from "../rowSource";

/** What Tables 3 and 4 show of a sample, ours or the paper's. */
export interface Estimates {
  readonly source: "ours" | "paper";
  readonly points: number;
  readonly proved: string;
  readonly E_T: number;
  readonly E_Xi: number;
  readonly mean_E_T: number;
  readonly mean_E_Xi: number;
  readonly ratio: number;
}

/** Our estimates, then those that the paper prints of its own network where it does. */
export function estimatesOf(
  rows: readonly AppMaxRow[],
  printed: PrintedErrors | undefined,
  printedPoints: number,
): Estimates[] {
  const { points, E_T, E_Xi, mean_E_T, mean_E_Xi } = summarise(rows);
  const found = { E_T, E_Xi, mean_E_T, mean_E_Xi };
  const proved = countsOfProof(rows);
  const ours: Estimates = { source: "ours", points, proved, ...found, ratio: E_Xi / E_T };
  if (printed === undefined) return [ours];
  const ratio = printed.E_Xi / printed.E_T;
  return [ours, { source: "paper", points: printedPoints, proved: "", ...printed, ratio }];
}

const estimate = (name: "E_T" | "E_Xi" | "mean_E_T" | "mean_E_Xi") => ({
  ...factsOf(SUMMARY_COLUMNS, name),
  digits: 4,
});

const FACTS = {
  source: { type: "text", meaning: "whose network: ours, or the paper's as printed" },
  points: { type: "integer", meaning: "points of the sample" },
  proved: {
    type: "text",
    heading: PROOF_LABEL,
    meaning: "maxima certified, those of them by the fallback solver, maxima not certified",
  },
  E_T: estimate("E_T"),
  E_Xi: estimate("E_Xi"),
  mean_E_T: estimate("mean_E_T"),
  mean_E_Xi: estimate("mean_E_Xi"),
  ratio: {
    type: "number",
    heading: "E_Ξ / E_T",
    digits: 3,
    meaning: "how much larger errors get on polytopes than at the points",
  },
} as const;

/** A line of Table 3. */
export interface Table3Line extends Estimates {
  readonly network: string;
}

/** The columns of Table 3. */
export const TABLE_3_COLUMNS = declareColumns<Table3Line>({
  network: { type: "text", meaning: "N" },
  ...FACTS,
});

/** A line of Table 4. */
export interface Table4Line extends Estimates {
  readonly bits: number;
}

/** The columns of Table 4. */
export const TABLE_4_COLUMNS = declareColumns<Table4Line>({
  bits: { type: "integer", meaning: "of each weight" },
  ...FACTS,
});
