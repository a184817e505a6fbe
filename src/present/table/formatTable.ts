import { formatColumn } from "./columnFormat";
import { elide } from "./elide";
import { explainKinds, kindAndUnit } from "../../claim/kindOfNumber";
import { formatCount } from "../numberFormat";
import type { Table, TableColumn } from "./table";

/** How much of a table is shown. */
export interface TableLimits {
  /** Rows up to which a table is shown whole. */
  readonly maxRows: number;
  /** Rows shown of a longer table, half from either end. */
  readonly endRows: number;
  /** Columns up to which a table is shown whole; of a wider one both ends are shown. */
  readonly maxColumns: number;
}

/** Tables of up to 60 rows and 20 columns are shown whole, as in pandas. */
export const TABLE_LIMITS: TableLimits = { maxRows: 60, endRows: 20, maxColumns: 20 };

/** A column of a table as text, ready to be aligned. */
export interface FormattedColumn {
  readonly heading: string;
  /** Kind and unit; empty when neither is known. */
  readonly subheading: string;
  readonly isRightAligned: boolean;
  readonly cells: readonly string[];
}

/** A table as text: what a renderer lays out without looking at a number again. */
export interface FormattedTable {
  readonly caption: string;
  /** The row labels; `heading` is the name of the index. */
  readonly index: FormattedColumn;
  readonly columns: readonly FormattedColumn[];
  /** Rows before the gap, or `undefined` when nothing is left out. */
  readonly rowGap: number | undefined;
  /** Columns before the gap, or `undefined` when nothing is left out. */
  readonly columnGap: number | undefined;
  /** Lines under the table: its size when not all is shown, and what its kinds of number claim. */
  readonly footnotes: readonly string[];
}

/** The text of a table's visible part, its middle left out when it is too long or too wide. */
export function formatTable(table: Table, limits: Partial<TableLimits> = {}): FormattedTable {
  const { maxRows, endRows, maxColumns } = { ...TABLE_LIMITS, ...limits };
  const rows = elide(table.index.length, maxRows, endRows);
  const columns = elide(table.columns.length, maxColumns);
  const labels = rows.positions.map((row) => table.index[row] ?? "");
  return {
    caption: table.caption,
    index: {
      heading: table.indexName,
      subheading: "",
      isRightAligned: labels.every((label) => typeof label === "number"),
      cells: labels.map(String),
    },
    columns: columns.positions.map((position) =>
      formatOne(table, table.columns[position], position, rows.positions),
    ),
    rowGap: rows.hiddenCount > 0 ? rows.before : undefined,
    columnGap: columns.hiddenCount > 0 ? columns.before : undefined,
    footnotes: footnotes(table, rows.hiddenCount > 0 || columns.hiddenCount > 0),
  };
}

function formatOne(
  table: Table,
  { name, dtype, note }: TableColumn,
  position: number,
  rows: readonly number[],
): FormattedColumn {
  const values = rows.map((row) => table.valueAt(row, position));
  return {
    heading: note.label ?? name,
    subheading: kindAndUnit(note.kind, note.isUnitInCaption === true ? undefined : note.unit),
    isRightAligned: dtype === "int32" || dtype === "float32",
    cells: formatColumn(values, dtype, note),
  };
}

function footnotes(table: Table, isElided: boolean): string[] {
  const lines: string[] = [];
  if (isElided || table.index.length === 0) {
    const rows = formatCount(table.index.length);
    lines.push(`${rows} rows × ${formatCount(table.columns.length)} columns`);
  }
  const kinds = explainKinds(table.columns.map((column) => column.note));
  if (kinds !== "") lines.push(kinds);
  return lines;
}
