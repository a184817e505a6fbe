import type { ColumnFacts } from "../../claim/column";
import type { ColumnNote } from "./columnFormat";

/**
 * What tables and frames say of columns that are declared: heading, kind, unit and style, by name.
 * Columns of which nothing of that is known are left out.
 */
export function notesOfColumns(
  columns: readonly (ColumnFacts & { readonly name: string })[],
): Readonly<Record<string, ColumnNote>> {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const note = noteOf(column);
      return Object.keys(note).length === 0 ? [] : [[column.name, note] as const];
    }),
  );
}

function noteOf({ name, heading, kind, unit, style, digits }: ColumnFacts & { name: string }) {
  const note: ColumnNote = {
    label: heading ?? name,
    kind,
    // A heading that is the unit says it once.
    unit: unit === heading ? undefined : unit,
    style,
    digits,
  };
  const given = Object.entries(note).filter(([, value]) => value !== undefined);
  return given.length === 1 && heading === undefined ? {} : Object.fromEntries(given);
}
