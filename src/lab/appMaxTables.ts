import { describeDomain, describeDomainName, toDomain, type DomainChoice } from "../analyse/domain";
import { declareColumns } from "../claim/column";
import { IN_REAL_ARITHMETIC, TO_ROUNDING } from "../claim/proof";
import type { AppMaxResult } from "../analyse/appMax";
import type { Twins } from "../analyse/twin";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import type { AppMaxOutcome, AppMaxRow } from "../experiment/variant/runAppMax";
import { hasAllowance, isProvedInReal } from "../experiment/variant/provedBound";
import { provedDigits, whyUncertified } from "../experiment/variant/provedDigits";
import { APPMAX_COLUMNS, SUMMARY_COLUMNS } from "../experiment/variant/appMaxColumns";
import { summarise } from "../experiment/variant/summary";
import type { ColumnNote } from "../present/table/columnFormat";
import { notesOfColumns } from "../present/table/columnNote";
import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";
import { createTable, type Table } from "../present/table/table";

/** What people are told of an uncertified row beside its `reason`. */
const WHY_COLUMNS = declareColumns<{ readonly why: string }>({
  why: {
    type: "text",
    heading: "why uncertified",
    meaning: "why the search ended before the gap was closed; empty where it did not",
  },
});

/** How the columns of AppMax rows are headed and what their numbers claim. */
export const APPMAX_NOTES: Readonly<Record<string, ColumnNote>> = {
  ...notesOfColumns(APPMAX_COLUMNS),
  ...notesOfColumns(WHY_COLUMNS),
};

/** The columns that people are shown. */
const SHOWN_COLUMNS = [
  "label",
  "error",
  "maximum",
  "upperBound",
  "gap",
  "iterations",
  "milliseconds",
  "solver",
  "status",
];

/** What stands behind the status where a row is uncertified. */
const UNCERTIFIED_COLUMNS = ["digits", "why"];

/** Rows of AppMax and what belongs to them: as they are, or a whole outcome of `runAppMax`. */
export type AppMaxRows = readonly AppMaxRow[] | AppMaxOutcome;

/** What rows alone do not say. */
export interface AppMaxTableOptions {
  /** The domain that the rows were computed in; of an outcome it is known. */
  readonly domain?: DomainChoice;
}

/** The rows of an AppMax run, one per point, for a terminal. */
export function appMaxTable(run: AppMaxRows, options: AppMaxTableOptions = {}): Table {
  return createTable(withDigits(rowsOf(run)), {
    ...describeRows(run, options),
    columns: columnsFor(rowsOf(run)),
  });
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
  const columns = columnsFor(rowsOf(run)).filter((name) => name !== "milliseconds");
  return createDataFrame(withDigits(rowsOf(run)), { ...describeRows(run, options), columns });
}

/**
 * Columns of a table of rows: bounds in real arithmetic have their allowance beside them, and an
 * uncertified one also says how far it got, and why no farther.
 */
function columnsFor(rows: readonly AppMaxRow[]): readonly string[] {
  const isWhole = rows.every(({ status }) => status === "certified");
  const columns = SHOWN_COLUMNS.flatMap((name) =>
    name === "upperBound" && rows.some(hasAllowance) ? [name, "roundingAllowance"] : [name],
  );
  return isWhole ? columns : [...columns, ...UNCERTIFIED_COLUMNS];
}

function withDigits(rows: readonly AppMaxRow[]) {
  return rows.map((row) => ({ ...row, digits: provedDigits(row), why: whyUncertified(row) }));
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
    notes: notesFor(APPMAX_NOTES, `every input of ${polytope}, ${proof}`),
  };
}

/** The box of rows as far as it is known: rows alone do not say it. */
function describeBox(domain: DomainChoice | undefined): string {
  return domain === undefined ? "the run's domain" : describeDomain(toDomain(domain));
}

/** Notes whose bounds say for which inputs they are proved. */
function notesFor(
  notes: Readonly<Record<string, ColumnNote>>,
  inputs: string,
): Readonly<Record<string, ColumnNote>> {
  const named = Object.entries(notes).map(([name, note]): [string, ColumnNote] => [
    name,
    note.kind === "bound" ? { ...note, inputs } : note,
  ]);
  return Object.fromEntries(named);
}

/** AppMax at one point as a table of one row; its bound names the box and what is assumed. */
export function appMaxResultTable({ network, approximated }: Twins, result: AppMaxResult): Table {
  const { error, maximum, upperBound, gap, roundingAllowance, iterations, solver, status, reason } =
    result;
  const box = describeDomainName(result.domain);
  const allowance = roundingAllowance === undefined ? {} : { roundingAllowance };
  const why = status === "certified" ? {} : { why: reason };
  const row = { error, maximum, upperBound, ...allowance, gap, iterations, solver, status, ...why };
  const proof =
    roundingAllowance === undefined
      ? TO_ROUNDING
      : `${IN_REAL_ARITHMETIC} with the rounding allowance added`;
  return createTable([row], {
    caption:
      `Largest difference of ${approximated.name} from ${network.name} on the point's polytope in ${box}; ` +
      `the bound holds there${assumedOf(assumptionsOf([network, approximated]))}`,
    notes: notesFor(APPMAX_NOTES, `every input of the point's polytope in ${box}, ${proof}`),
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

/**
 * E_T, E_Ξ(T) and their means for each set of rows (paper, Eqs. 19, 33, 34), with what is
 * certified.
 */
export function summaryTable(sets: readonly NamedRows[]): Table {
  const data = sets.map(({ rows }) => {
    const { points, E_T, E_Xi, upperBound, mean_E_T, mean_E_Xi, certified } = summarise(rows);
    return { points, certified, E_T, E_Xi, upperBound, mean_E_T, mean_E_Xi };
  });
  const boxes = new Set(sets.map(({ domain }) => describeBox(domain)));
  const polytopes = `the polytopes of the sample's points in ${[...boxes].join(" or ")}`;
  const isReal = sets.every(({ rows }) => isProvedInReal(rows));
  const proof = isReal ? IN_REAL_ARITHMETIC : TO_ROUNDING;
  return createTable(data, {
    caption: `Worst-case error estimates over ${polytopes}; bounds hold there`,
    index: sets.map(({ name }) => name),
    indexName: "network",
    notes: notesFor(SUMMARY_NOTES, `every input of ${polytopes}, ${proof}`),
  });
}
