import { ArgumentError, ShapeError } from "../../errors";
import type { RowLabel } from "./frameType";
import { checkLabels } from "./labels";
import { newColumn } from "./missing";
import { pruneNotes, renameNotes } from "./notes";
import {
  columnAt,
  columnNamed,
  columnsOf,
  countedLabels,
  frameParts,
  labelColumn,
  namesIndex,
  positionOf,
  seriesParts,
  type FrameParts,
} from "./parts";
import { quote, quoteAll } from "./quote";
import { rangeOf, takeColumns, takeRows } from "./rows";

/** The frame without some columns, or without the rows of some labels. */
export function drop(
  parts: FrameParts,
  options: { readonly columns?: string | readonly string[]; readonly index?: readonly RowLabel[] },
): FrameParts {
  const { columns = [], index = [] } = options ?? {};
  const names = typeof columns === "string" ? [columns] : columns;
  const unknownNames = names.filter((name) => !parts.names.includes(name));
  if (unknownNames.length > 0) {
    throw new ArgumentError(
      `there is no column ${quoteAll(unknownNames)} to drop; the columns are ${quoteAll(parts.names)}`,
    );
  }
  const labels = new Set(parts.index);
  const unknownLabels = index.filter((label) => !labels.has(label));
  if (unknownLabels.length > 0) {
    throw new ArgumentError(
      `there is no row labelled ${quoteAll(unknownLabels)} to drop; the labels are ${quoteAll(parts.index)}`,
    );
  }
  const dropped = new Set(index);
  const rows = rangeOf(0, parts.index.length).filter((row) => !dropped.has(parts.index[row]));
  const kept = rangeOf(0, parts.names.length).filter(
    (column) => !names.includes(parts.names[column] ?? ""),
  );
  return takeColumns(index.length === 0 ? parts : takeRows(parts, rows), kept);
}

/** Columns (axis 1, danfojs's default) or row labels (axis 0) under other names. */
export function rename(
  parts: FrameParts,
  names: { readonly [from: string]: RowLabel },
  { axis = 1 }: { readonly axis?: 0 | 1 } = {},
): FrameParts {
  const renamed = <Label extends RowLabel>(label: Label): RowLabel =>
    Object.hasOwn(names, label) ? (names[label] ?? label) : label;
  if (axis === 0) return { ...parts, index: checkLabels(parts.index.map(renamed)) };
  const nameOf = (name: string): string => String(renamed(name));
  const { indexName } = parts.notes;
  const isIndex = indexName !== undefined && namesIndex(parts, indexName);
  const notes = renameNotes(parts.notes, nameOf);
  return {
    ...parts,
    names: parts.names.map(nameOf),
    notes: isIndex ? { ...notes, indexName: nameOf(indexName) } : notes,
  };
}

/**
 * Other row labels: given ones, or those of a column, whose name they then bear. The column stays
 * unless `drop` is set, as in danfojs.
 */
export function setIndex(
  parts: FrameParts,
  options: {
    readonly index?: readonly RowLabel[];
    readonly column?: string;
    readonly drop?: boolean;
  },
): FrameParts {
  const { index, column, drop: isDropped = false } = options ?? {};
  if (column !== undefined) {
    const labels = checkLabels(columnNamed(parts, column).values);
    const labelled = { ...parts, index: labels, notes: { ...parts.notes, indexName: column } };
    return isDropped && parts.names.includes(column)
      ? drop(labelled, { columns: [column] })
      : labelled;
  }
  if (index === undefined) throw new ArgumentError("setIndex needs `column` or `index`");
  if (index.length !== parts.index.length) {
    throw new ShapeError(
      `setIndex got ${index.length} labels for ${parts.index.length} rows; give one for each`,
    );
  }
  return { ...parts, index: checkLabels(index), notes: { ...parts.notes, indexName: undefined } };
}

/**
 * Rows counted from 0. The labels become the first column, under their name or as `index`, as in
 * pandas; with `drop` they go.
 *
 * @throws ArgumentError if a column of other values has that name
 */
export function resetIndex(
  parts: FrameParts,
  { drop: isDropped = false }: { readonly drop?: boolean } = {},
): FrameParts {
  const { indexName } = parts.notes;
  const notes = { ...parts.notes, indexName: undefined };
  const counted = { ...parts, index: countedLabels(parts.index.length), notes };
  if (isDropped) return counted;
  const name = indexName === undefined || indexName === "" ? freeName(parts, "index") : indexName;
  const position = positionOf(parts, name);
  if (position !== undefined) {
    const { values } = columnAt(parts, position);
    if (parts.index.every((label, row) => label === values[row])) return counted;
    throw new ArgumentError(
      `the row labels are called ${quote(name)}, but a column of other values is so called too; ` +
        "rename it first, or reset with { drop: true }",
    );
  }
  return frameParts([{ ...labelColumn(parts), name }, ...columnsOf(parts)], counted.index, notes);
}

function freeName(parts: FrameParts, name: string): string {
  let number = 0;
  let free = name;
  while (parts.names.includes(free)) free = `level_${number++}`;
  return free;
}

/** Labels with a name as the first column, for what loses labels; others are left out. */
export function withLabelColumn(parts: FrameParts): FrameParts {
  const { indexName = "" } = parts.notes;
  if (indexName === "" || parts.names.includes(indexName)) {
    return resetIndex(parts, { drop: true });
  }
  return resetIndex(parts);
}

/** Rows and columns exchanged: labels become names, as texts. */
export function transpose(parts: FrameParts): FrameParts {
  const rows = parts.index.map((label, row) =>
    newColumn(
      String(label),
      parts.columns.map((column) => column[row]),
      { isFloat: parts.dtypes.includes("float32") },
    ),
  );
  return frameParts(rows, parts.names, { caption: parts.notes.caption });
}

/**
 * The column of a name as a series, with its note; the row labels too, under the name they bear.
 */
export function columnSeries(parts: FrameParts, name: string): FrameParts {
  const notes = pruneNotes(parts.notes, [name]);
  const isIndex = namesIndex(parts, name);
  return seriesParts(
    columnNamed(parts, name),
    parts.index,
    isIndex ? { ...notes, indexName: undefined } : notes,
  );
}
