import type { RowOracle } from "../lp/program";

/**
 * The same rows, numbered alike, of which those from `start` up to `end` hold everywhere: a relaxation. Every
 * bound of it is one of the program with all rows, and a basis of it starts that program.
 */
export function hideRows(rows: RowOracle, start: number, end: number): RowOracle {
  return {
    rowCount: rows.rowCount,
    row: (index, out) => rows.row(index, out),
    slacks(y, out) {
      rows.slacks(y, out);
      out.fill(Infinity, start, end);
    },
  };
}
