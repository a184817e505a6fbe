import type { RunVariant } from "../namedRuns";
import { hasAllowance } from "./provedBound";
import { provedDigits } from "./provedDigits";
import type { AgreementRow } from "./runAgreement";
import type { AppMaxRow } from "./runAppMax";

/** A column of exported rows: one value per point, `docs/results.md` has the same list. */
export interface RowColumn<Row> {
  readonly name: string;
  readonly type: "integer" | "number" | "text";
  readonly unit: string;
  /** What kind of number it is; empty for what is none. */
  readonly kind: "bound" | "attained" | "sample" | "";
  readonly meaning: string;
  /** Null where a row has none. */
  readonly valueOf: (row: Row) => number | string | null;
}

const plain = <Row, Name extends keyof Row & string>(
  name: Name,
  type: RowColumn<Row>["type"],
  unit: string,
  kind: RowColumn<Row>["kind"],
  meaning: string,
): RowColumn<Row> => ({
  name,
  type,
  unit,
  kind,
  meaning,
  // A field of a stored row is a number, a text, null or missing.
  valueOf: (row) => (row[name] as number | string | null | undefined) ?? null,
});

const appMax = plain<AppMaxRow, keyof AppMaxRow>;

/** The columns of AppMax rows. */
export const APPMAX_COLUMNS: readonly RowColumn<AppMaxRow>[] = [
  appMax("point", "integer", "", "", "index of the image in its data set, from 0"),
  appMax("label", "integer", "", "", "the data set's label of the image"),
  appMax("error", "number", "logits, L1", "attained", "E(x) at the point itself"),
  appMax(
    "maximum",
    "number",
    "logits, L1",
    "attained",
    "E at the witness, an input of the polytope",
  ),
  appMax(
    "upperBound",
    "number",
    "logits, L1",
    "bound",
    "no input of the polytope in the run's domain has a larger E, up to binary64 rounding of the program",
  ),
  appMax("gap", "number", "", "", "(upperBound − maximum) / max(maximum, 0.01)"),
  {
    name: "digits",
    type: "integer",
    unit: "",
    kind: "",
    meaning: "decimal digits in which maximum and upperBound agree, at most 16",
    valueOf: provedDigits,
  },
  appMax("iterations", "integer", "", "", "of the solvers, all together"),
  appMax("milliseconds", "number", "ms", "", "of one thread on the machine of that session"),
  appMax("solver", "text", "", "", "whose answer it is"),
  appMax(
    "status",
    "text",
    "",
    "",
    "certified: gap ≤ 1e-9; uncertified: the interval is proved, but wider (`digits`, `reason`)",
  ),
  appMax("rowsGenerated", "integer", "", "", "rows of the program that the solver asked for"),
  appMax(
    "violation",
    "number",
    "",
    "",
    "largest violation of a row of unit norm at the solver's point",
  ),
  appMax(
    "reason",
    "text",
    "",
    "",
    "why uncertified, or why an earlier solver's answer was not taken",
  ),
];

/** What follows `upperBound` where rows are proved in real arithmetic. */
export const ALLOWANCE_COLUMN: RowColumn<AppMaxRow> = appMax(
  "roundingAllowance",
  "number",
  "logits, L1",
  "",
  "no input of the polytope in the run's domain has a larger E in real arithmetic than upperBound + roundingAllowance",
);

/** The columns of rows of AppMax: those with an allowance have one more. */
function appMaxColumnsOf(rows: readonly object[]): readonly RowColumn<AppMaxRow>[] {
  // The store's variant says what its rows are.
  if (!rows.some((row) => hasAllowance(row as AppMaxRow))) return APPMAX_COLUMNS;
  return APPMAX_COLUMNS.flatMap((column) =>
    column.name === "upperBound" ? [column, ALLOWANCE_COLUMN] : [column],
  );
}

const agreement = plain<AgreementRow, keyof AgreementRow>;

const probability = (
  name: string,
  network: "rounded" | "original",
  which: "c" | "g",
): RowColumn<AgreementRow> => ({
  name,
  type: "number",
  unit: "",
  kind: "attained",
  meaning: `softmax of class ${which} by ${network === "rounded" ? "Ñ" : "N"} at the witness; other inputs with the same margin may have others`,
  valueOf: (row) => row[network][which],
});

/** The columns of agreement rows. */
export const AGREEMENT_COLUMNS: readonly RowColumn<AgreementRow>[] = [
  agreement("point", "integer", "", "", "index of the image in its data set, from 0"),
  agreement("label", "integer", "", "", "the data set's label of the image"),
  agreement("exactClass", "integer", "", "", "c, the class that N gives the point"),
  agreement("rivalClass", "integer", "", "", "g, the class with the largest margin attained"),
  agreement(
    "verdict",
    "text",
    "",
    "",
    "disagrees: a margin ≥ −1e-9 is attained, so this may be a tie (see `margin`); agrees: proved for the whole region; undecided",
  ),
  agreement("marginAtPoint", "number", "logits", "attained", "ξ̃_g − ξ̃_c at the point"),
  agreement(
    "margin",
    "number",
    "logits",
    "attained",
    "ξ̃_g − ξ̃_c at the witness; 0 up to ±1e-9 is a tie, which the paper counts (Eq. 38)",
  ),
  agreement(
    "marginBound",
    "number",
    "logits",
    "bound",
    "no input of the region in the run's domain has a larger margin, of any class",
  ),
  agreement(
    "exclusionBound",
    "number",
    "logits",
    "bound",
    "of a region that agrees: no class has a larger margin, and it is below 0; none in rows made before it was stored",
  ),
  agreement(
    "distance",
    "number",
    "pixels",
    "attained",
    "an input this near disagrees or ties (sum of all changes of pixels); none without a disagreement",
  ),
  agreement(
    "distanceBound",
    "number",
    "pixels",
    "bound",
    "no input of the region in the run's domain nearer than this disagrees; none where no input does",
  ),
  probability("roundedC", "rounded", "c"),
  probability("roundedG", "rounded", "g"),
  probability("originalC", "original", "c"),
  probability("originalG", "original", "g"),
  agreement("iterations", "integer", "", "", "of the solver, all programs together"),
  agreement("milliseconds", "number", "ms", "", "of one thread on the machine of that session"),
  agreement(
    "decided",
    "integer",
    "",
    "",
    "classes settled: excluded, or proved to have no larger margin than the witness",
  ),
  agreement("programs", "integer", "", "", "classes there are beside c"),
  agreement("solver", "text", "", "", "who solved the programs"),
];

/** A column with its values, as files are written from them. */
export interface ColumnValues {
  readonly name: string;
  readonly type: RowColumn<never>["type"];
  readonly values: readonly (number | string | null)[];
}

/** Rows of a variant as columns, in the order of the documentation. */
export function columnsOfRows(variant: RunVariant, rows: readonly object[]): ColumnValues[] {
  const arrange = <Row>(columns: readonly RowColumn<Row>[]): ColumnValues[] =>
    columns.map(({ name, type, valueOf }) => ({
      name,
      type,
      // The store's variant says what its rows are.
      values: rows.map((row) => valueOf(row as Row)),
    }));
  switch (variant) {
    case "appmax":
      return arrange(appMaxColumnsOf(rows));
    case "agreement":
      return arrange(AGREEMENT_COLUMNS);
  }
}
