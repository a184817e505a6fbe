import type { RowLabel } from "./frameType";
import { noteOf, type TableNotes } from "../table/table";
import { positionsByLabel, sameLabels } from "./labels";
import { newColumn, takeCells } from "./missing";
import { commonNote, setNote, withoutHeading } from "./notes";
import {
  columnsOf,
  countedLabels,
  frameParts,
  positionOf,
  type ColumnParts,
  type FrameParts,
} from "./parts";
import { withLabelColumn } from "./reshape";

/**
 * Rows under rows, counted from 0: columns in the order in which they first appear, missing where a
 * frame lacks one. Labels that are shown under a name become a column. A kind or a unit stays where
 * all frames with the column agree on it.
 */
export function concatRows(frames: readonly FrameParts[]): FrameParts {
  const given = frames.map(withLabelColumn);
  const names = [...new Set(given.flatMap((parts) => parts.names))];
  const columns = names.map((name) => stack(name, given));
  const notes = names.reduce(
    (all, name) => setNote(all, name, sharedNote(name, given)),
    captionOf(frames),
  );
  const rowCount = given.reduce((sum, parts) => sum + parts.index.length, 0);
  return frameParts(columns, countedLabels(rowCount), notes);
}

function stack(name: string, frames: readonly FrameParts[]): ColumnParts {
  const values: unknown[] = [];
  let isFloat = false;
  for (const parts of frames) {
    const position = positionOf(parts, name);
    if (position !== undefined && parts.dtypes[position] === "float32") isFloat = true;
    const column = position === undefined ? undefined : parts.columns[position];
    for (let row = 0; row < parts.index.length; row++) values.push(column?.[row]);
  }
  return newColumn(name, values, { isFloat });
}

function sharedNote(name: string, frames: readonly FrameParts[]) {
  const withColumn = frames.filter((parts) => parts.names.includes(name));
  return commonNote(withColumn.map(({ notes }) => noteOf(notes, name)));
}

function captionOf([first]: readonly FrameParts[]): TableNotes {
  return { caption: first?.notes.caption };
}

/**
 * Columns beside columns, rows matched by their labels: a row is missing where a frame lacks its
 * label, and a name that is taken gets the first free number behind it (`error`, `error1`,
 * `error2`).
 */
export function concatColumns(frames: readonly FrameParts[]): FrameParts {
  const index = [...new Set(frames.flatMap((parts) => parts.index))];
  const columns: ColumnParts[] = [];
  let notes: TableNotes = { ...captionOf(frames), indexName: frames[0]?.notes.indexName };
  for (const parts of frames) {
    const rows = rowsFor(index, parts);
    for (const column of columnsOf(parts)) {
      const name = freeName(column.name, columns);
      const note = noteOf(parts.notes, column.name);
      columns.push({ ...takeCells(column, rows), name });
      notes = setNote(notes, name, name === column.name ? note : withoutHeading(note));
    }
  }
  return frameParts(columns, index, notes);
}

function rowsFor(index: readonly RowLabel[], parts: FrameParts): (number | undefined)[] {
  if (sameLabels(index, parts.index)) return countedLabels(index.length);
  const places = positionsByLabel(parts.index);
  return index.map((label) => places.get(label));
}

function freeName(name: string, taken: readonly ColumnParts[]): string {
  const isTaken = (candidate: string): boolean => taken.some((column) => column.name === candidate);
  if (!isTaken(name)) return name;
  let number = 1;
  while (isTaken(`${name}${number}`)) number++;
  return `${name}${number}`;
}
