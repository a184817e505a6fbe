import type { NamedColumn } from "../../claim/column";
import type { ColumnNote } from "./columnFormat";

/**
 * What tables and frames say of columns that are declared: heading, kind, unit and style, by name.
 * Columns of which nothing of that is known are left out.
 */
export function notesOfColumns(
  columns: readonly NamedColumn[],
): Readonly<Record<string, ColumnNote>> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const note = noteOf(column);
      return Object.keys(note).length === 0 ? [] : [[column.name, note] as const];
    }),
  );
}

function noteOf(column: NamedColumn) {
  const { name, heading, kind, unit, style, digits, decimals, end } = column;
  const note: ColumnNote = {
    label: heading ?? name,
    kind,
    end,
    // A heading that is the unit says it once.
    unit: unit === heading ? undefined : unit,
    style,
    digits,
    decimals,
  };
  const given = Object.entries(note).filter(([, value]) => value !== undefined);
  return given.length === 1 && heading === undefined ? {} : Object.fromEntries(given);
}
