import type { NamedColumns, Table } from "./table";

/**
 * Rows under rows: columns in the order in which they first appear, `undefined` where a table lacks
 * one.
 */
export function concatRows(tables: readonly Table[]): NamedColumns {
  const names = [...new Set(tables.flatMap((table) => table.columns.map(({ name }) => name)))];
  const rowCount = tables.reduce((sum, table) => sum + table.index.length, 0);
  const values = names.map((name) => {
    const column: unknown[] = [];
    for (const table of tables) {
      const position = table.columns.findIndex((candidate) => candidate.name === name);
      for (let row = 0; row < table.index.length; row++) {
        column.push(position < 0 ? undefined : table.valueAt(row, position));
      }
    }
    return column;
  });
  return { names, values, rowCount };
}

/**
 * Columns beside columns, rows matched by position: a shorter table ends in `undefined`, a name
 * that is taken gets the first free number behind it (`error`, `error1`, `error2`).
 */
export function concatColumns(tables: readonly Table[]): NamedColumns {
  const rowCount = Math.max(0, ...tables.map((table) => table.index.length));
  const names: string[] = [];
  const values: unknown[][] = [];
  for (const table of tables) {
    table.columns.forEach(({ name }, column) => {
      names.push(freeName(name, names));
      values.push(Array.from({ length: rowCount }, (_, row) => table.valueAt(row, column)));
    });
  }
  return { names, values, rowCount };
}

function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 1;
  while (taken.includes(`${name}${number}`)) number++;
  return `${name}${number}`;
}
