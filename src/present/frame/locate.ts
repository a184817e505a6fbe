import { ArgumentError, ShapeError } from "../../errors";
import type { FrameLike, RowLabel } from "./frameType";
import { isFrame } from "../table/readTable";
import { alignLabels, positionsByLabel } from "./labels";
import { columnNamed, frameParts, readParts, type ColumnParts, type FrameParts } from "./parts";
import { quote, quoteAll } from "./quote";
import { rangeOf, takeColumns, takeRows } from "./rows";
import { isTypedArray } from "../../unknownValue";

/**
 * Which rows: positions or labels, one boolean a row, one slice such as `"2:5"`, or a series of
 * these.
 */
export type RowChoice = readonly unknown[] | FrameLike;

/** The rows where a condition holds; a series is matched by its labels, an array by position. */
export function query(parts: FrameParts, condition: RowChoice): FrameParts {
  const flags = flagsOf(parts, condition);
  if (flags === undefined) {
    throw new ArgumentError(
      'query takes one boolean a row, such as `frame.column("error").gt(0.01)`; ' +
        `found ${isFrame(condition) ? "a series of other values" : quoteAll(condition)}`,
    );
  }
  return takeRows(parts, rowsWhere(flags));
}

/** Rows and columns by position; positions below 0 count from the end. */
export function iloc(
  parts: FrameParts,
  { rows, columns }: { readonly rows?: RowChoice; readonly columns?: RowChoice } = {},
): FrameParts {
  const chosen = rows === undefined ? parts : takeRows(parts, rowPositions(parts, rows));
  if (columns === undefined) return chosen;
  const choice = valuesOf(columns);
  const flags = booleansAmong(choice, parts.names.length, "columns");
  const positions =
    flags === undefined ? placesOf(choice, parts.names.length, "column") : rowsWhere(flags);
  return takeColumns(chosen, positions);
}

/** Values of a series by position. */
export function ilocSeries(parts: FrameParts, rows: RowChoice): FrameParts {
  return takeRows(parts, rowPositions(parts, rows));
}

function rowPositions(parts: FrameParts, rows: RowChoice): number[] {
  const flags = flagsOf(parts, rows);
  if (flags !== undefined) return rowsWhere(flags);
  return placesOf(valuesOf(rows), parts.index.length, "row");
}

/** Rows and columns by label. A slice `"a:c"` of labels has both ends, as in pandas. */
export function loc(
  parts: FrameParts,
  { rows, columns }: { readonly rows?: RowChoice; readonly columns?: readonly string[] } = {},
): FrameParts {
  const chosen = rows === undefined ? parts : locSeries(parts, rows);
  if (columns === undefined) return chosen;
  const names = sliceOf(columns, parts.names, "column") ?? columns;
  const taken = names.map((name): ColumnParts => columnNamed(chosen, String(name)));
  return frameParts(taken, chosen.index, chosen.notes);
}

/** Values of a series by label. */
export function locSeries(parts: FrameParts, rows: RowChoice): FrameParts {
  const flags = flagsOf(parts, rows);
  if (flags !== undefined) return takeRows(parts, rowsWhere(flags));
  const choice = valuesOf(rows);
  const labels = sliceOf(choice, parts.index, "row") ?? choice;
  const places = positionsByLabel(parts.index);
  return takeRows(
    parts,
    labels.map((label) => placeOfLabel(places, label, parts.index)),
  );
}

/** The cell at a position. */
export function iat(parts: FrameParts, row: number, column: number): unknown {
  const [position] = placesOf([column], parts.names.length, "column");
  return ilocCell(parts, row, position ?? 0);
}

/** The value of a series at a position. */
export function ilocCell(parts: FrameParts, row: number, column: number = 0): unknown {
  const [position = 0] = placesOf([row], parts.index.length, "row");
  return parts.columns[column]?.[position];
}

/** The cell at a row label and a column name. */
export function at(parts: FrameParts, row: RowLabel, column: string): unknown {
  const { values } = columnNamed(parts, column);
  return values[placeOfLabel(positionsByLabel(parts.index), row, parts.index)];
}

/** A label's position; a text such as `"7"` also finds the number 7 where no text is so called. */
function placeOfLabel(
  places: ReadonlyMap<unknown, number>,
  label: unknown,
  index: readonly RowLabel[],
): number {
  const isNumeral = typeof label === "string" && label.trim() !== "";
  const place = places.get(label) ?? (isNumeral ? places.get(Number(label)) : undefined);
  if (place !== undefined) return place;
  throw new ArgumentError(
    `there is no row labelled ${quote(label)}; the labels are ${quoteAll(index)}` +
      (typeof label === "number" ? "; iloc takes positions" : ""),
  );
}

/**
 * A choice of one boolean a row as booleans in the order of the rows; `undefined` if it is another
 * choice.
 *
 * @throws ShapeError if booleans do not fit the rows
 */
function flagsOf(parts: FrameParts, choice: RowChoice): readonly boolean[] | undefined {
  const flags = booleansAmong(valuesOf(choice), parts.index.length, "rows");
  if (flags === undefined || !isFrame(choice)) return flags;
  const order = alignLabels(readParts(choice).index, parts.index, {
    from: "the condition",
    to: "the frame",
  });
  return order === undefined ? flags : order.map((position) => flags[position]);
}

function booleansAmong(
  choice: readonly unknown[],
  count: number,
  what: string,
): readonly boolean[] | undefined {
  const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
  if (choice.length === 0 && count > 0) return undefined;
  if (!choice.every(isFlag)) return undefined;
  if (choice.length !== count) {
    throw new ShapeError(
      `one boolean for each of the ${count} ${what} is needed, found ${choice.length}`,
    );
  }
  return choice;
}

function rowsWhere(flags: readonly boolean[]): number[] {
  return rangeOf(0, flags.length).filter((row) => flags[row]);
}

function valuesOf(choice: RowChoice): readonly unknown[] {
  if (isFrame(choice)) return choice.values;
  if (Array.isArray(choice)) return choice;
  if (isTypedArray(choice)) return Array.from(choice);
  throw new ArgumentError(
    `rows and columns are chosen by an array, such as [0, 2] or ["2:5"], found ${quote(choice)}`,
  );
}

/** Positions as given, or out of one slice, counted from 0; those below 0 count from the end. */
function placesOf(choice: readonly unknown[], count: number, what: "row" | "column"): number[] {
  const [first] = choice;
  if (choice.length === 1 && typeof first === "string" && first.includes(":")) {
    return sliceOfPositions(first, count);
  }
  return choice.map((value) => {
    const position = typeof value === "number" && value < 0 ? value + count : value;
    if (typeof position !== "number" || !Number.isInteger(position)) {
      throw new ArgumentError(
        `iloc takes positions (whole numbers), booleans, or one slice such as ["2:5"], found ` +
          `${quote(value)}; loc takes labels`,
      );
    }
    if (position >= 0 && position < count) return position;
    throw new ArgumentError(
      `there is no ${what} at position ${quote(value)}: there are ${count}, counted from 0; loc takes labels`,
    );
  });
}

function sliceOfPositions(slice: string, count: number): number[] {
  const parts = slice.split(":").map((part) => part.trim());
  if (parts.length !== 2 || !parts.every((part) => /^(-?\d+)?$/.test(part))) {
    throw new ArgumentError(
      `a slice of positions reads "2:5", ":5" or "2:", found ${quote(slice)}`,
    );
  }
  const [from = "", to = ""] = parts;
  const place = (text: string): number =>
    Math.min(count, Math.max(0, Number(text) < 0 ? Number(text) + count : Number(text)));
  return rangeOf(from === "" ? 0 : place(from), to === "" ? count : place(to));
}

/** The labels of one slice `"a:c"`, both ends among them; `undefined` if the choice is no slice. */
function sliceOf(
  choice: readonly unknown[],
  labels: readonly RowLabel[],
  what: "row" | "column",
): readonly RowLabel[] | undefined {
  const [slice] = choice;
  if (choice.length !== 1 || typeof slice !== "string" || labels.includes(slice)) return undefined;
  const parts = slice.split(":").map((part) => part.trim().replace(/^(["'`])(.*)\1$/, "$2"));
  if (parts.length !== 2) return undefined;
  const [from = "", to = ""] = parts;
  const place = (text: string): number => {
    const found = labels.findIndex((label) => label === text || String(label) === text);
    if (found >= 0) return found;
    throw new ArgumentError(
      `the slice ${quote(slice)} names no ${what} ${quote(text)}; there are ${quoteAll(labels)}`,
    );
  };
  const start = from === "" ? 0 : place(from);
  return labels.slice(start, to === "" ? labels.length : place(to) + 1);
}
