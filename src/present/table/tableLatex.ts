import type { FormattedColumn, FormattedTable } from "./formatTable";
import { latexText } from "./latexText";

/** How a table stands in a document. */
export interface LatexOptions {
  /** Named for `\ref`; a table with a label floats. */
  readonly label?: string;
  /** Floats, with its caption numbered, as papers have it; otherwise it stands where it is put. */
  readonly isFloating?: boolean;
}

/**
 * A table in LaTeX, in the style of the package booktabs: rules above, below and under the
 * headings, none between columns; numbers on the right; kinds and units in a second line of the
 * headings; what kinds claim as notes below. Its index is left out when it is only a count of the
 * rows.
 */
export function renderTableLatex(table: FormattedTable, options: LatexOptions = {}): string {
  const { label, isFloating = label !== undefined } = options;
  const isCounted = table.index.heading === "" && table.index.isRightAligned;
  const columns = isCounted ? [...table.columns] : [table.index, ...table.columns];
  const gapAt = table.columnGap === undefined ? undefined : table.columnGap + (isCounted ? 0 : 1);
  const tabular = [
    `\\begin{tabular}{${columnSpecification(columns, gapAt)}}`,
    `\\toprule`,
    ...headings(columns, gapAt),
    `\\midrule`,
    ...bodyRows(columns, table, gapAt),
    `\\bottomrule`,
    `\\end{tabular}`,
  ];
  const notes = table.footnotes.map(
    (note) => `\\par\\smallskip{\\footnotesize ${latexText(note)}}`,
  );
  const caption = latexText(table.caption);
  const above = caption === "" ? [] : [isFloating ? `\\caption{${caption}}` : `{${caption}}\\par`];
  const named = label === undefined ? [] : [`\\label{${label.replace(/[{}\\%#]/g, "")}}`];
  const [begin, end] = isFloating
    ? ["\\begin{table}[htbp]\n\\centering", "\\end{table}"]
    : ["\\begin{center}", "\\end{center}"];
  return [begin, ...above, ...named, ...tabular, ...notes, end].join("\n");
}

function columnSpecification(columns: readonly FormattedColumn[], gapAt?: number): string {
  const letters: string[] = columns.map(({ isRightAligned }) => (isRightAligned ? "r" : "l"));
  if (gapAt !== undefined) letters.splice(gapAt, 0, "c");
  return letters.join("");
}

function headings(columns: readonly FormattedColumn[], gapAt?: number): string[] {
  const lines = [
    row(
      columns.map(({ heading }) => latexText(heading)),
      gapAt,
      "\\ldots{}",
    ),
  ];
  if (columns.every(({ subheading }) => subheading === "")) return lines;
  const small = columns.map(({ subheading }) =>
    subheading === "" ? "" : `{\\footnotesize ${latexText(subheading)}}`,
  );
  return [...lines, row(small, gapAt, "")];
}

function bodyRows(
  columns: readonly FormattedColumn[],
  { index, rowGap }: FormattedTable,
  gapAt?: number,
): string[] {
  const rows = index.cells.map((_, at) =>
    row(
      columns.map(({ cells }) => latexText(cells[at] ?? "")),
      gapAt,
      "\\ldots{}",
    ),
  );
  if (rowGap !== undefined) {
    const dots = columns.map(() => "$\\vdots$");
    rows.splice(rowGap, 0, row(dots, gapAt, ""));
  }
  return rows;
}

/** A line of the table; one that begins with `[` would be read as an option of the line before. */
function row(cells: readonly string[], gapAt: number | undefined, gap: string): string {
  const all = [...cells];
  if (gapAt !== undefined) all.splice(gapAt, 0, gap);
  const line = all.join(" & ");
  return `${line.startsWith("[") ? `{}${line}` : line} \\\\`;
}
