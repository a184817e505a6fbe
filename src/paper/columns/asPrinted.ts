import type { CellValue, ColumnFacts } from "../../claim/column";

/** Digits of the longest number that the paper prints: all are shown as they are printed. */
const PRINTED_DIGITS = 9;

/**
 * The column of what the paper prints in the place of another: never under that one's kind, since
 * nothing here attains or proves it. It is left out where the paper prints nothing.
 *
 * @param heading  that of the column beside which it stands
 * @param ours  what is declared of that column
 * @param read  the printed number of a row
 */
export function asPrinted<Row>(
  heading: string,
  { type, unit, style }: ColumnFacts,
  read: (row: Row) => number | undefined,
): ColumnFacts & { readonly read: (row: Row) => CellValue } {
  return {
    type,
    kind: "printed",
    heading: `${heading}, paper`,
    meaning: `${heading} as the paper prints it of its own network`,
    digits: PRINTED_DIGITS,
    isOptional: true,
    ...(unit === undefined ? {} : { unit }),
    ...(style === undefined ? {} : { style }),
    read: (row) => read(row) ?? null,
  };
}
