import { columnsFor, type CellValue, type Column, type ColumnFacts } from "../../claim/column";
import type { RunVariant } from "../namedRuns";
import { AGREEMENT_COLUMNS } from "./agreementColumns";
import { APPMAX_COLUMNS } from "./appMaxColumns";

/** A column with its values, as files are written from them. */
export interface ColumnValues {
  readonly name: string;
  readonly type: ColumnFacts["type"];
  readonly values: readonly CellValue[];
}

/** Rows of a variant as columns, in the order of the documentation. */
export function columnsOfRows(variant: RunVariant, rows: readonly object[]): ColumnValues[] {
  const arrange = <Row>(columns: readonly Column<Row>[]): ColumnValues[] => {
    // The store's variant says what its rows are.
    const own = rows as readonly Row[];
    return columnsFor(columns, own).map(({ name, type, read }) => ({
      name,
      type,
      values: own.map(read),
    }));
  };
  switch (variant) {
    case "appmax":
      return arrange(APPMAX_COLUMNS);
    case "agreement":
      return arrange(AGREEMENT_COLUMNS);
  }
}
