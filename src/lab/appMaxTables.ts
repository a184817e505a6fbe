import { describeDomain, describeDomainName, toDomain, type DomainChoice } from "../analyse/domain";
import { columnsFor, declareColumns, factsOf, pickColumns, type Column } from "../claim/column";
import { IN_REAL_ARITHMETIC, TO_ROUNDING } from "../claim/proof";
import type { AppMaxResult } from "../analyse/appMax";
import type { Twins } from "../analyse/twin";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import type { AppMaxOutcome, AppMaxRow } from "../experiment/variant/runAppMax";
import { isProvedInReal } from "../experiment/variant/provedBound";
import { whyUncertified } from "../experiment/variant/provedDigits";
import { APPMAX_COLUMNS, SUMMARY_COLUMNS } from "../experiment/variant/appMaxColumns";
import { summarise, type AppMaxSummary } from "../experiment/variant/summary";
import type { ColumnNote } from "../present/table/columnFormat";
import { notesOfColumns } from "../present/table/columnNote";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { declaredTable } from "../present/table/declaredTable";
import type { Table } from "../present/table/table";

/** What people are shown of rows; an allowance only where some row has one. */
const SHOWN_COLUMNS = pickColumns(
  APPMAX_COLUMNS,
  "label",
  "error",
  "maximum",
  "upperBound",
  "roundingAllowance",
  "gap",
  "iterations",
  "milliseconds",
  "solver",
  "status",
);

const WHY = {
  type: "text",
  heading: "why uncertified",
  meaning: "why the search ended before the gap was closed; empty where it did not",
} as const;

/** What stands behind the status where a row is uncertified: how far it got, why no farther. */
const UNCERTIFIED_COLUMNS = [
  ...pickColumns(APPMAX_COLUMNS, "digits"),
  ...declareColumns<AppMaxRow, "why", keyof AppMaxRow>({ why: { ...WHY, read: whyUncertified } }),
];

/** All columns that a table of rows may have. */
export const APPMAX_TABLE_COLUMNS: readonly Column<AppMaxRow>[] = [
  ...SHOWN_COLUMNS,
  ...UNCERTIFIED_COLUMNS.map((column) => ({ ...column, isOptional: true })),
];

/** How the columns of AppMax rows are headed and what their numbers claim. */
export const APPMAX_NOTES: Readonly<Record<string, ColumnNote>> = notesOfColumns([
  ...APPMAX_COLUMNS,
  ...UNCERTIFIED_COLUMNS,
]);

/** Rows of AppMax and what belongs to them: as they are, or a whole outcome of `runAppMax`. */
export type AppMaxRows = readonly AppMaxRow[] | AppMaxOutcome;

/** What rows alone do not say. */
export interface AppMaxTableOptions {
  /** The domain that the rows were computed in; of an outcome it is known. */
  readonly domain?: DomainChoice;
}

/** The rows of an AppMax run, one per point, for a terminal. */
export function appMaxTable(run: AppMaxRows, options: AppMaxTableOptions = {}): Table {
  const rows = rowsOf(run);
  return declaredTable(columnsOf(rows, SHOWN_COLUMNS), rows, describeRows(run, options));
}

/**
 * The rows of an AppMax run as a DataFrame, without their times: it is the same at every run. A
 * whole outcome also tells the box in which its bounds hold; rows alone do so with
 * `options.domain`.
 */
export function appMaxFrame(
  run: AppMaxRows,
  options: AppMaxTableOptions = {},
): DataFrame<AppMaxRow> {
  const rows = rowsOf(run);
  const timeless = SHOWN_COLUMNS.filter(({ name }) => name !== "milliseconds");
  return declaredFrame(columnsOf(rows, timeless), rows, describeRows(run, options));
}

/** These columns, and how far uncertified rows got where there are some. */
function columnsOf(
  rows: readonly AppMaxRow[],
  shown: readonly Column<AppMaxRow>[],
): readonly Column<AppMaxRow>[] {
  const isWhole = rows.every(({ status }) => status === "certified");
  return [...columnsFor(shown, rows), ...(isWhole ? [] : UNCERTIFIED_COLUMNS)];
}

function rowsOf(run: AppMaxRows): readonly AppMaxRow[] {
  return "rows" in run ? run.rows : run;
}

function describeRows(run: AppMaxRows, options: AppMaxTableOptions) {
  const known = "rows" in run ? (run.experiment.box ?? run.experiment.domain) : undefined;
  const domain = options.domain ?? known;
  const box = describeBox(domain);
  const polytope = `the point's polytope in ${box}`;
  const assumed = "rows" in run ? assumedOf(run.assumptions) : "";
  const proof = isProvedInReal(rowsOf(run))
    ? `${IN_REAL_ARITHMETIC} with the rounding allowance added`
    : TO_ROUNDING;
  return {
    caption: `Largest weight-rounding error on the polytope of each point in ${box}; bounds hold there${assumed}`,
    index: rowsOf(run).map(({ point }) => point),
    indexName: "point",
    inputs: `every input of ${polytope}, ${proof}`,
  };
}

/** The box of rows as far as it is known: rows alone do not say it. */
function describeBox(domain: DomainChoice | undefined): string {
  return domain === undefined ? "the run's domain" : describeDomain(toDomain(domain));
}

/** What is shown of AppMax at one point. */
type ResultRow = Pick<
  AppMaxResult,
  | "error"
  | "maximum"
  | "upperBound"
  | "roundingAllowance"
  | "gap"
  | "iterations"
  | "solver"
  | "status"
  | "reason"
>;

/** The columns of AppMax at one point: those of a row of a run, as far as there is one. */
export const APPMAX_RESULT_COLUMNS = declareColumns<ResultRow, "why", "reason">({
  error: factsOf(APPMAX_COLUMNS, "error"),
  maximum: factsOf(APPMAX_COLUMNS, "maximum"),
  upperBound: factsOf(APPMAX_COLUMNS, "upperBound"),
  roundingAllowance: factsOf(APPMAX_COLUMNS, "roundingAllowance"),
  gap: factsOf(APPMAX_COLUMNS, "gap"),
  iterations: factsOf(APPMAX_COLUMNS, "iterations"),
  solver: factsOf(APPMAX_COLUMNS, "solver"),
  status: factsOf(APPMAX_COLUMNS, "status"),
  why: {
    ...WHY,
    isOptional: true,
    read: ({ status, reason }) => (status === "certified" ? null : (reason ?? null)),
  },
});

/** AppMax at one point as a table of one row; its bound names the box and what is assumed. */
export function appMaxResultTable({ network, approximated }: Twins, result: AppMaxResult): Table {
  const box = describeDomainName(result.domain);
  const proof =
    result.roundingAllowance === undefined
      ? TO_ROUNDING
      : `${IN_REAL_ARITHMETIC} with the rounding allowance added`;
  return declaredTable(columnsFor(APPMAX_RESULT_COLUMNS, [result]), [result], {
    caption:
      `Largest difference of ${approximated.name} from ${network.name} on the point's polytope in ${box}; ` +
      `the bound holds there${assumedOf(assumptionsOf([network, approximated]))}`,
    inputs: `every input of the point's polytope in ${box}, ${proof}`,
  });
}

/** Rows of one network, or of one bit width, under the name that the table shows. */
export interface NamedRows {
  readonly name: string;
  readonly rows: readonly AppMaxRow[];
  /** The domain that they were computed in. */
  readonly domain?: DomainChoice;
}

/** How the columns of a summary are headed and what their numbers claim. */
export const SUMMARY_NOTES = notesOfColumns(SUMMARY_COLUMNS);

/** What people are shown of a summary. */
export const SUMMARY_TABLE_COLUMNS: readonly Column<AppMaxSummary>[] = pickColumns(
  SUMMARY_COLUMNS,
  "points",
  "certified",
  "E_T",
  "E_Xi",
  "upperBound",
  "mean_E_T",
  "mean_E_Xi",
);

/**
 * E_T, E_Ξ(T) and their means for each set of rows (paper, Eqs. 19, 33, 34), with what is
 * certified.
 */
export function summaryTable(sets: readonly NamedRows[]): Table {
  const boxes = new Set(sets.map(({ domain }) => describeBox(domain)));
  const polytopes = `the polytopes of the sample's points in ${[...boxes].join(" or ")}`;
  const isReal = sets.every(({ rows }) => isProvedInReal(rows));
  const summaries = sets.map(({ rows }) => summarise(rows));
  return declaredTable(SUMMARY_TABLE_COLUMNS, summaries, {
    caption: `Worst-case error estimates over ${polytopes}; bounds hold there`,
    index: sets.map(({ name }) => name),
    indexName: "network",
    inputs: `every input of ${polytopes}, ${isReal ? IN_REAL_ARITHMETIC : TO_ROUNDING}`,
  });
}
