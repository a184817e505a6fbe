import { ArgumentError } from "../../errors";
import type { Dtype } from "../table/columnFormat";
import type { FrameLike, RowLabel } from "./frameType";
import { isFrame, NOTES } from "../table/readTable";
import type { TableNotes } from "../table/table";
import { quote, quoteAll } from "./quote";

/**
 * A frame or a series taken apart: whole columns, one label a row, and what is said about them. The
 * methods of frames are functions from parts to parts, which know nothing of danfojs.
 */
export interface FrameParts {
  /** A series has exactly one column. */
  readonly isSeries: boolean;
  readonly names: readonly string[];
  /** One array a name, all of the length of `index`. */
  readonly columns: readonly (readonly unknown[])[];
  readonly dtypes: readonly Dtype[];
  /** Distinct labels. */
  readonly index: readonly RowLabel[];
  readonly notes: TableNotes;
}

/** One column out of its frame. */
export interface ColumnParts {
  readonly name: string;
  readonly values: readonly unknown[];
  readonly dtype: Dtype;
}

/** The members of danfojs's frames and series that parts are read from. */
interface InnerFrame {
  readonly values: readonly unknown[];
  readonly columns: readonly unknown[] | string;
  readonly index: readonly RowLabel[];
  readonly dtypes: readonly Dtype[];
  readonly $isSeries: boolean;
  readonly config?: { readonly tableDisplayConfig?: { readonly [NOTES]?: TableNotes } };
}

/**
 * The parts of a frame or a series of any copy of danfojs. Cells are read from its rows, which are
 * what is shown, never from danfojs's second copy of them by column.
 *
 * @throws ArgumentError if the value is no frame
 */
export function readParts(frame: FrameLike): FrameParts {
  if (!isFrame(frame)) {
    throw new ArgumentError(
      `expected a DataFrame or a Series, found ${Object.prototype.toString.call(frame)}; ` +
        "make one of plain data with createDataFrame",
    );
  }
  // isFrame has looked at the members; the public types leave some of them out.
  const { values, columns, index, dtypes, $isSeries, config } = frame as unknown as InnerFrame;
  const names = (typeof columns === "string" ? [columns] : columns).map(String);
  if (values.length !== index.length) {
    throw new ArgumentError(
      `a frame has ${values.length} rows, but ${index.length} row labels: something has changed its ` +
        "values in place; make it anew with createDataFrame",
    );
  }
  return {
    isSeries: $isSeries,
    names,
    columns: $isSeries ? [values] : names.map((_, column) => columnOf(values, column)),
    dtypes: names.map((_, column) => dtypes[column] ?? "undefined"),
    index,
    notes: config?.tableDisplayConfig?.[NOTES] ?? {},
  };
}

function columnOf(rows: readonly unknown[], column: number): unknown[] {
  const values = new Array<unknown>(rows.length);
  for (let row = 0; row < rows.length; row++) {
    // Rows of danfojs's frames are arrays.
    values[row] = (rows[row] as readonly unknown[])[column];
  }
  return values;
}

/** The position of a column, or `undefined` where there is none of this name. */
export function positionOf(parts: FrameParts, name: string): number | undefined {
  const position = parts.names.indexOf(name);
  return position < 0 ? undefined : position;
}

/** Whether the row labels are shown under this name, and no column is. */
export function namesIndex(parts: FrameParts, name: string): boolean {
  return name !== "" && parts.notes.indexName === name && !parts.names.includes(name);
}

/**
 * The column of this name; the row labels, where it is they that are shown under it.
 *
 * @throws ArgumentError if neither bears the name
 */
export function columnNamed(parts: FrameParts, name: string): ColumnParts {
  const position = positionOf(parts, name);
  if (position !== undefined) return columnAt(parts, position);
  if (namesIndex(parts, name)) return labelColumn(parts);
  throw new ArgumentError(
    `there is no column ${quote(name)}; the columns are ${quoteAll(shownNames(parts))}`,
  );
}

/** The column at a position that is known to be there. */
export function columnAt(parts: FrameParts, position: number): ColumnParts {
  return {
    name: parts.names[position] ?? "",
    values: parts.columns[position] ?? [],
    dtype: parts.dtypes[position] ?? "undefined",
  };
}

/** The row labels as a column, under the name that they are shown with. */
export function labelColumn({ index, notes }: FrameParts): ColumnParts {
  const isNumeric = index.every((label) => typeof label === "number");
  const isWhole = index.every(Number.isSafeInteger);
  return {
    name: notes.indexName ?? "",
    values: index,
    dtype: isNumeric ? (isWhole ? "int32" : "float32") : "string",
  };
}

/**
 * All names that stand over a frame when it is shown: that of the labels, where it has one, is
 * first.
 */
export function shownNames(parts: FrameParts): string[] {
  const { indexName = "" } = parts.notes;
  return namesIndex(parts, indexName) ? [indexName, ...parts.names] : [...parts.names];
}

/** A series as parts. */
export function seriesParts(
  { name, values, dtype }: ColumnParts,
  index: readonly RowLabel[],
  notes: TableNotes = {},
): FrameParts {
  return { isSeries: true, names: [name], columns: [values], dtypes: [dtype], index, notes };
}

/** A frame of given columns as parts. */
export function frameParts(
  columns: readonly ColumnParts[],
  index: readonly RowLabel[],
  notes: TableNotes = {},
): FrameParts {
  return {
    isSeries: false,
    names: columns.map(({ name }) => name),
    columns: columns.map(({ values }) => values),
    dtypes: columns.map(({ dtype }) => dtype),
    index,
    notes,
  };
}

/** All columns of parts, one by one. */
export function columnsOf(parts: FrameParts): ColumnParts[] {
  return parts.names.map((_, position) => columnAt(parts, position));
}

/** The labels 0, 1, 2, ... */
export function countedLabels(count: number): number[] {
  return Array.from({ length: count }, (_, row) => row);
}
