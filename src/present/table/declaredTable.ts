import type { Column, NamedColumn } from "../../claim/column";
import type { ColumnNote } from "./columnFormat";
import { notesOfColumns } from "./columnNote";
import { createTable, type Columns, type Table, type TableNotes } from "./table";

/** What a table of declared columns says besides them. */
export interface DeclaredOptions {
  readonly caption?: string;
  readonly indexName?: string;
  /** One label per row. */
  readonly index?: readonly (string | number)[];
  /** For which inputs its bounds are proved: which box it was is known where rows are at hand. */
  readonly inputs?: string;
}

/** Declared columns of rows as whatever makes tables and frames takes them. */
export interface DeclaredParts {
  readonly values: Columns;
  readonly options: TableNotes & {
    readonly columns: readonly string[];
    readonly index?: readonly (string | number)[];
  };
}

/**
 * What is declared of columns as notes, with the inputs for which bounds are proved. A unit that
 * the caption has in brackets is left out of the headings.
 */
export function declaredNotes(
  columns: readonly NamedColumn[],
  { caption = "", inputs }: Pick<DeclaredOptions, "caption" | "inputs">,
): Readonly<Record<string, ColumnNote>> {
  const notes = Object.entries(notesOfColumns(columns)).map(([name, note]) => {
    const { kind, unit } = note;
    const isSaid = unit !== undefined && caption.includes(`(${unit})`);
    const whole: ColumnNote = {
      ...note,
      ...(isSaid ? { isUnitInCaption: true } : {}),
      ...(kind === "bound" && inputs !== undefined ? { inputs } : {}),
    };
    return [name, whole] as const;
  });
  return Object.fromEntries(notes);
}

/**
 * Rows by the columns that are declared of them: names, order, values, headings, kinds and units
 * are all read there.
 */
export function declaredParts<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: DeclaredOptions = {},
): DeclaredParts {
  const { caption = "", indexName, index } = options;
  return {
    values: Object.fromEntries(columns.map(({ name, read }) => [name, rows.map(read)])),
    options: {
      columns: columns.map(({ name }) => name),
      notes: declaredNotes(columns, options),
      caption,
      ...(indexName === undefined ? {} : { indexName }),
      ...(index === undefined ? {} : { index }),
    },
  };
}

/** A table of rows whose columns are declared; see `declareColumns`. */
export function declaredTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: DeclaredOptions = {},
): Table {
  const { values, options: said } = declaredParts(columns, rows, options);
  return createTable(values, said);
}
