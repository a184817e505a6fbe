import type { Column } from "../../claim/column";
import { declaredParts, type DeclaredOptions } from "../table/declaredTable";
import { createDataFrame } from "./dataFrame";
import type { DataFrame } from "./frameType";

/**
 * A DataFrame of rows whose columns are declared; see `declareColumns`. What `declaredTable` is to
 * a terminal.
 */
export function declaredFrame<Row extends object>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: DeclaredOptions = {},
): DataFrame<Row> {
  const { values, options: said } = declaredParts(columns, rows, options);
  // Columns without a rule of their own are fields of the rows; the others' types are theirs.
  return createDataFrame(values, said) as unknown as DataFrame<Row>;
}
