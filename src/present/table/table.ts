import { ShapeError } from "../../errors";
import type { ColumnNote, Dtype } from "./columnFormat";

/** One column of a table: its name, what it holds, and what is said about it. */
export interface TableColumn {
  readonly name: string;
  readonly dtype: Dtype;
  readonly note: ColumnNote;
}

/**
 * What every renderer of tables reads: columns, row labels and a way to reach a cell. It is a view,
 * so that showing sixty rows of seventy thousand costs sixty rows.
 */
export interface Table {
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  /** One label per row. */
  readonly index: ArrayLike<string | number>;
  /** Heading of the row labels. */
  readonly indexName: string;
  readonly valueAt: (row: number, column: number) => unknown;
}

/** What a table says besides its values. */
export interface TableNotes {
  readonly caption?: string;
  readonly indexName?: string;
  /** By column name. */
  readonly notes?: Readonly<Record<string, ColumnNote>>;
}

/** Values of equal length by column name. */
export interface Columns {
  readonly [name: string]: ArrayLike<unknown>;
}

/** Rows as objects by column name, rows as arrays in the order of the columns, or whole columns. */
export type TableData = readonly object[] | Columns;

/** Columns in order, as arrays or typed arrays of one length. */
export interface NamedColumns {
  readonly names: readonly string[];
  readonly values: readonly ArrayLike<unknown>[];
  readonly rowCount: number;
}

/**
 * Data in any accepted form, as columns in order.
 *
 * @param names  order and choice of columns; without it the order in which they first appear
 * @returns rows given as objects yield `undefined` where a row lacks a column
 * @throws ShapeError if columns differ in length, a row array has another length, or a name repeats
 */
export function arrangeColumns(data: TableData, names?: readonly string[]): NamedColumns {
  if (names !== undefined && new Set(names).size !== names.length) {
    throw new ShapeError(`a table needs distinct column names, found ${names.join(", ")}`);
  }
  return isRows(data) ? arrangeRows(data, names) : arrangeGivenColumns(data, names);
}

function isRows(data: TableData): data is readonly object[] {
  return Array.isArray(data);
}

function arrangeGivenColumns(data: Columns, names: readonly string[] | undefined): NamedColumns {
  const order = names ?? Object.keys(data);
  const values = order.map((name) => {
    const column = data[name];
    if (column === undefined) {
      throw new ShapeError(
        `column ${JSON.stringify(name)} was asked for, but the data have ${Object.keys(data).join(", ")}`,
      );
    }
    return column;
  });
  const rowCount = values[0]?.length ?? 0;
  values.forEach((column, position) => {
    if (column.length !== rowCount) {
      throw new ShapeError(
        `column ${JSON.stringify(order[position])} has ${column.length} values, but ` +
          `${JSON.stringify(order[0])} has ${rowCount}; all columns of a table have one length`,
      );
    }
  });
  return { names: order, values, rowCount };
}

function arrangeRows(rows: readonly object[], names: readonly string[] | undefined): NamedColumns {
  if (rows.length > 0 && rows.every((row) => isVector(row))) return arrangeVectors(rows, names);
  const order = names ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = order.map((name) =>
    // Own members alone: a row lacks `constructor` unless it has a column of that name.
    rows.map((row) => (Object.hasOwn(row, name) ? Reflect.get(row, name) : undefined)),
  );
  return { names: order, values, rowCount: rows.length };
}

function arrangeVectors(
  rows: readonly ArrayLike<unknown>[],
  names: readonly string[] | undefined,
): NamedColumns {
  const width = names?.length ?? rows[0]?.length ?? 0;
  rows.forEach((row, position) => {
    if (row.length !== width) {
      throw new ShapeError(`row ${position} has ${row.length} values, expected ${width}`);
    }
  });
  const order = names ?? Array.from({ length: width }, (_, column) => String(column));
  const values = order.map((_, column) => rows.map((row) => row[column]));
  return { names: order, values, rowCount: rows.length };
}

function isVector(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

/**
 * What a column holds, judged by all of its values. A missing value makes whole numbers floats, as
 * in danfojs, whose integers cannot be missing.
 */
export function inferDtype(values: ArrayLike<unknown>): Dtype {
  if (ArrayBuffer.isView(values)) {
    // By name, for arrays of notebook cells and of workers belong to another realm.
    return Object.prototype.toString.call(values).includes("Float") ? "float32" : "int32";
  }
  let found: Dtype = "undefined";
  let isMissing = false;
  for (let row = 0; row < values.length; row++) {
    const dtype = dtypeOf(values[row]);
    if (dtype === "undefined") isMissing = true;
    else if (found === "undefined") found = dtype;
    else if (found !== dtype) found = isNumeric(found) && isNumeric(dtype) ? "float32" : "string";
    if (found === "string") return found;
  }
  return found === "int32" && isMissing ? "float32" : found;
}

function isNumeric(dtype: Dtype): boolean {
  return dtype === "int32" || dtype === "float32";
}

function dtypeOf(value: unknown): Dtype {
  if (value === undefined || value === null) return "undefined";
  if (typeof value === "number") return Number.isSafeInteger(value) ? "int32" : "float32";
  if (typeof value === "boolean") return "boolean";
  return Object.prototype.toString.call(value) === "[object Date]" ? "datetime" : "string";
}

/** A table over plain data, for places that need no DataFrame. */
export function createTable(
  data: TableData,
  options: TableNotes & {
    readonly columns?: readonly string[];
    readonly index?: readonly (string | number)[];
  } = {},
): Table {
  const { names, values, rowCount } = arrangeColumns(data, options.columns);
  const index = options.index ?? Array.from({ length: rowCount }, (_, row) => row);
  if (index.length !== rowCount) {
    throw new ShapeError(`a table of ${rowCount} rows got an index of ${index.length} labels`);
  }
  return {
    caption: options.caption ?? "",
    indexName: options.indexName ?? "",
    index,
    columns: names.map((name, column) => ({
      name,
      dtype: inferDtype(values[column] ?? []),
      note: noteOf(options, name),
    })),
    valueAt: (row, column) => values[column]?.[row],
  };
}

/** What is said about the column of this name; nothing when nothing is. */
export function noteOf(notes: TableNotes, name: string): ColumnNote {
  return notes.notes !== undefined && Object.hasOwn(notes.notes, name)
    ? (notes.notes[name] ?? {})
    : {};
}
