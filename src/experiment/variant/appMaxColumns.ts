import { declareColumns } from "../../claim/column";
import { provedDigits } from "./provedDigits";
import type { AppMaxRow } from "./runAppMax";
import type { AppMaxSummary } from "./summary";

const UNIT = "logits, L1";

/**
 * The columns of AppMax rows, said once: files, tables, frames, JSON and `docs/results.md` read
 * them here.
 */
export const APPMAX_COLUMNS = declareColumns<AppMaxRow, "digits">({
  point: { type: "integer", meaning: "index of the image in its data set, from 0" },
  label: {
    type: "integer",
    meaning: "the data set's label of the image; none of points of one's own",
  },
  error: {
    type: "number",
    unit: UNIT,
    kind: "attained",
    heading: "E(x)",
    meaning: "E(x) at the point itself",
  },
  maximum: {
    type: "number",
    unit: UNIT,
    kind: "attained",
    meaning: "E at the witness, an input of the polytope",
  },
  upperBound: {
    type: "number",
    unit: UNIT,
    kind: "bound",
    heading: "upper bound",
    meaning:
      "no input of the polytope in the run's domain has a larger E, up to binary64 rounding of the program",
  },
  roundingAllowance: {
    type: "number",
    unit: UNIT,
    heading: "rounding allowance",
    style: "powerOfTen",
    digits: 3,
    isOptional: true,
    meaning:
      "no input of the polytope in the run's domain has a larger E in real arithmetic than upperBound + roundingAllowance",
  },
  gap: {
    type: "number",
    style: "powerOfTen",
    digits: 2,
    meaning: "(upperBound − maximum) / max(maximum, 0.01)",
  },
  digits: {
    type: "integer",
    heading: "digits that agree",
    style: "count",
    meaning: "decimal digits in which maximum and upperBound agree, at most 16",
    read: provedDigits,
  },
  iterations: { type: "integer", meaning: "of the solvers, all together" },
  milliseconds: {
    type: "number",
    unit: "ms",
    heading: "ms",
    style: "count",
    meaning: "of one thread on the machine of that session",
  },
  solver: { type: "text", meaning: "whose answer it is" },
  status: {
    type: "text",
    meaning:
      "certified: gap ≤ 1e-9; uncertified: the interval is proved, but wider (`digits`, `reason`)",
  },
  rowsGenerated: { type: "integer", meaning: "rows of the program that the solver asked for" },
  violation: {
    type: "number",
    meaning: "largest violation of a row of unit norm at the solver's point",
  },
  reason: {
    type: "text",
    meaning: "why uncertified, or why an earlier solver's answer was not taken",
  },
});

/** The columns of a summary of AppMax rows: worst cases and means of the paper. */
export const SUMMARY_COLUMNS = declareColumns<AppMaxSummary>({
  points: { type: "integer", meaning: "rows that are summarised" },
  E_T: { type: "number", unit: UNIT, kind: "attained", meaning: "largest E(x) of the sample" },
  mean_E_T: {
    type: "number",
    unit: UNIT,
    kind: "sample",
    heading: "mean E_T",
    meaning: "mean of E(x) over the sample",
  },
  E_Xi: {
    type: "number",
    unit: UNIT,
    kind: "attained",
    heading: "E_Ξ(T)",
    meaning: "largest maximum over the sample's polytopes",
  },
  mean_E_Xi: {
    type: "number",
    unit: UNIT,
    kind: "sample",
    heading: "mean E_Ξ(T)",
    meaning: "mean of the maxima over the sample's polytopes",
  },
  upperBound: {
    type: "number",
    unit: UNIT,
    kind: "bound",
    heading: "E_Ξ(T) at most",
    meaning: "largest bound over the sample's polytopes, with the allowance of rows that have one",
  },
  certified: { type: "integer", meaning: "rows whose gap is closed" },
  uncertified: { type: "integer", meaning: "rows whose interval is proved, but wider" },
  fallback: { type: "integer", meaning: "certified rows that a later solver answered" },
});
