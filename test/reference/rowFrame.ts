/**
 * What pandas does with rows and labels, written as plainly as can be: a frame is a list of rows, a
 * row a label and its cells by name. The reference for the methods of DataFrames; nothing here is
 * fast, and nothing is shared with the code that it is the measure of.
 */

export type Label = string | number;

export interface Row {
  readonly label: Label;
  readonly cells: Readonly<Record<string, unknown>>;
}

export interface RowFrame {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
}

/** One value a label. */
export type RowSeries = readonly { readonly label: Label; readonly value: unknown }[];

/** Said instead of a result: the method must refuse. */
export const REFUSED = Symbol("refused");

export function missing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}

export function seriesOf(frame: RowFrame, column: string): RowSeries {
  return frame.rows.map((row) => ({ label: row.label, value: row.cells[column] }));
}

export function where(frame: RowFrame, keep: (row: Row, position: number) => boolean): RowFrame {
  return { ...frame, rows: frame.rows.filter(keep) };
}

export function pick(frame: RowFrame, columns: readonly string[]): RowFrame {
  return { columns, rows: frame.rows };
}

export function mapCells(
  frame: RowFrame,
  change: (value: unknown, column: string, row: Row) => unknown,
): RowFrame {
  return {
    columns: frame.columns,
    rows: frame.rows.map((row) => ({
      label: row.label,
      cells: Object.fromEntries(
        frame.columns.map((column) => [column, change(row.cells[column], column, row)]),
      ),
    })),
  };
}

export function mapValues(
  series: RowSeries,
  change: (value: unknown, label: Label, position: number) => unknown,
): RowSeries {
  return series.map(({ label, value }, position) => ({
    label,
    value: change(value, label, position),
  }));
}

function before(left: unknown, right: unknown): boolean {
  return (left as number) < (right as number);
}

/** Insertion into place after all that are not larger: slow, stable, missing ones at the end. */
export function sorted<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => unknown,
  ascending: boolean = true,
): Item[] {
  const done: Item[] = [];
  for (const item of items.filter((candidate) => !missing(keyOf(candidate)))) {
    const goesBefore = (other: Item): boolean =>
      ascending ? before(keyOf(item), keyOf(other)) : before(keyOf(other), keyOf(item));
    const place = done.findIndex(goesBefore);
    done.splice(place < 0 ? done.length : place, 0, item);
  }
  return [...done, ...items.filter((candidate) => missing(keyOf(candidate)))];
}

export function transposed(frame: RowFrame): RowFrame {
  return {
    columns: frame.rows.map(({ label }) => String(label)),
    rows: frame.columns.map((column) => ({
      label: column,
      cells: Object.fromEntries(frame.rows.map((row) => [String(row.label), row.cells[column]])),
    })),
  };
}

/** Rows counted from 0, their labels in front as a column. */
export function withIndexColumn(frame: RowFrame, name: string): RowFrame {
  return {
    columns: [name, ...frame.columns],
    rows: frame.rows.map((row, position) => ({
      label: position,
      cells: { [name]: row.label, ...row.cells },
    })),
  };
}

/** Rows of two frames beside one another, as pandas's merge on one column has them. */
export function merged(
  left: RowFrame,
  right: RowFrame,
  on: string,
  how: "inner" | "left" | "right" | "outer",
): RowFrame {
  const same = (a: unknown, b: unknown): boolean => a === b || (missing(a) && missing(b));
  const name = (column: string, other: RowFrame, suffix: string): string =>
    column !== on && other.columns.includes(column) ? column + suffix : column;
  const join = (a: Row | undefined, b: Row | undefined): Record<string, unknown> => {
    const cells: Record<string, unknown> = {};
    for (const column of left.columns) cells[name(column, right, "_x")] = a?.cells[column];
    for (const column of right.columns) {
      if (column !== on) cells[name(column, left, "_y")] = b?.cells[column];
    }
    cells[on] = (a ?? b)?.cells[on];
    return cells;
  };
  const found: Record<string, unknown>[] = [];
  const [outer, inner] = how === "right" ? [right.rows, left.rows] : [left.rows, right.rows];
  for (const row of outer) {
    const partners = inner.filter((other) => same(row.cells[on], other.cells[on]));
    for (const other of partners) {
      found.push(how === "right" ? join(other, row) : join(row, other));
    }
    if (partners.length === 0 && how !== "inner") {
      found.push(how === "right" ? join(undefined, row) : join(row, undefined));
    }
  }
  if (how === "outer") {
    for (const row of right.rows) {
      if (!left.rows.some((other) => same(row.cells[on], other.cells[on]))) {
        found.push(join(undefined, row));
      }
    }
  }
  const ordered = how === "outer" ? sorted(found, (cells) => cells[on]) : found;
  return {
    columns: [
      ...left.columns.map((column) => name(column, right, "_x")),
      ...right.columns.filter((column) => column !== on).map((column) => name(column, left, "_y")),
    ],
    rows: ordered.map((cells, label) => ({ label, cells })),
  };
}
