import { ArgumentError, ShapeError } from "../../errors";
import type { RowLabel } from "./frameType";
import { isFrame } from "../table/readTable";
import { alignLabels, checkLabels, isCounted } from "./labels";
import { newColumn } from "./missing";
import { withoutClaims } from "./notes";
import { columnsOf, frameParts, readParts, type FrameParts } from "./parts";
import { quote } from "./quote";
import { isList } from "../../unknownValue";

/**
 * Rows added below: a frame's, matched by the columns' names; a series or an array as one row; or
 * an array of rows. `index` has a label for each.
 */
export function append(
  parts: FrameParts,
  given: unknown,
  index: RowLabel | readonly RowLabel[],
): FrameParts {
  const added = rowsToAppend(parts, given);
  const labels = isList(index) ? index : [index];
  const count = added[0]?.length ?? 0;
  if (labels.length !== count) {
    throw new ShapeError(`append got ${labels.length} labels for ${count} rows; give one for each`);
  }
  const columns = columnsOf(parts).map(({ name, values, dtype }, column) =>
    newColumn(name, [...values, ...(added[column] ?? [])], { isFloat: dtype === "float32" }),
  );
  const claimed = count === 0 ? parts.notes : withoutClaims(parts.notes, parts.names);
  return frameParts(columns, checkLabels([...parts.index, ...labels]), claimed);
}

/** What is appended, column by column in the frame's order. */
function rowsToAppend(parts: FrameParts, given: unknown): (readonly unknown[])[] {
  if (isFrame(given)) {
    const other = readParts(given);
    const values = other.columns[0] ?? [];
    if (other.isSeries && isCounted(other.index)) return columnsOfRows(parts, [values]);
    const names = other.isSeries ? other.index : other.names;
    const order = alignLabels(names, parts.names, { from: "the new rows", to: "the columns" });
    return parts.names.map((_, column) => {
      const place = order?.[column] ?? column;
      return other.isSeries ? [values[place]] : (other.columns[place] ?? []);
    });
  }
  if (!Array.isArray(given)) {
    throw new ArgumentError(
      `append takes rows as arrays, a Series or a DataFrame, found ${quote(given)}`,
    );
  }
  const isRows = given.length > 0 && given.every((row) => Array.isArray(row));
  return columnsOfRows(parts, isRows ? given : [given]);
}

function columnsOfRows(parts: FrameParts, rows: readonly (readonly unknown[])[]): unknown[][] {
  rows.forEach((row, position) => {
    if (row.length === parts.names.length) return;
    throw new ShapeError(
      `new row ${position} has ${row.length} values, but the frame has ${parts.names.length} columns`,
    );
  });
  return parts.names.map((_, column) => rows.map((row) => row[column]));
}
