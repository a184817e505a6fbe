import type { AppMaxRow } from "../experiment/runAppMax";
import { summarise } from "../experiment/summary";
import type { ColumnNote } from "./columnFormat";
import { createDataFrame } from "./dataFrame";
import type { DataFrame } from "./frameType";
import { createTable, type Table } from "./table";

const UNIT = "logits, L1";

/** How the columns of AppMax rows are headed and what their numbers claim. */
export const APPMAX_NOTES: Readonly<Record<string, ColumnNote>> = {
  error: { label: "E(x)", kind: "attained", unit: UNIT },
  maximum: { label: "maximum", kind: "attained", unit: UNIT },
  upperBound: { label: "upper bound", kind: "bound", unit: UNIT },
  gap: { label: "gap", style: "powerOfTen", digits: 2 },
  milliseconds: { label: "ms", style: "count" },
};

const APPMAX_COLUMNS = [
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

/** The rows of an AppMax run, one per point, for a terminal. */
export function appMaxTable(rows: readonly AppMaxRow[]): Table {
  return createTable(rows, { ...describeRows(rows), columns: APPMAX_COLUMNS });
}

/** The rows of an AppMax run as a DataFrame, without their times: it is the same at every run. */
export function appMaxFrame(rows: readonly AppMaxRow[]): DataFrame {
  const columns = APPMAX_COLUMNS.filter((name) => name !== "milliseconds");
  return createDataFrame(rows, { ...describeRows(rows), columns });
}

function describeRows(rows: readonly AppMaxRow[]) {
  return {
    caption: "Largest weight-rounding error on the polytope of each point (bounds hold there)",
    index: rows.map(({ point }) => point),
    indexName: "point",
    notes: APPMAX_NOTES,
  };
}

/** Rows of one network, or of one bit width, under the name that the table shows. */
export interface NamedRows {
  readonly name: string;
  readonly rows: readonly AppMaxRow[];
}

/** How the columns of a summary are headed and what their numbers claim. */
export const SUMMARY_NOTES: Readonly<Record<string, ColumnNote>> = {
  E_T: { label: "E_T", kind: "attained", unit: UNIT },
  E_Xi: { label: "E_Ξ(T)", kind: "attained", unit: UNIT },
  upperBound: { label: "E_Ξ(T) at most", kind: "bound", unit: UNIT },
  mean_E_T: { label: "mean E_T", kind: "sample", unit: UNIT },
  mean_E_Xi: { label: "mean E_Ξ(T)", kind: "sample", unit: UNIT },
};

/**
 * E_T, E_Ξ(T) and their means for each set of rows (paper, Eqs. 19, 33, 34), with what is
 * certified.
 */
export function summaryTable(sets: readonly NamedRows[]): Table {
  const data = sets.map(({ rows }) => {
    const { points, E_T, E_Xi, upperBound, mean_E_T, mean_E_Xi, certified } = summarise(rows);
    return { points, certified, E_T, E_Xi, upperBound, mean_E_T, mean_E_Xi };
  });
  return createTable(data, {
    caption: "Worst-case error estimates (bounds hold on the polytopes of the sample's points)",
    index: sets.map(({ name }) => name),
    indexName: "network",
    notes: SUMMARY_NOTES,
  });
}
