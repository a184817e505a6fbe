import { escapeMarkdownCell } from "../escape";
import type { FormattedColumn, FormattedTable } from "./formatTable";

/** A table in the Markdown of GitHub, its index left out when it is only a count of the rows. */
export function renderTableMarkdown(table: FormattedTable): string {
  const isCounted = table.index.heading === "" && table.index.isRightAligned;
  const columns = isCounted ? [...table.columns] : [table.index, ...table.columns];
  const lines = columns.map((column) => layOut(column, table.rowGap));
  if (table.columnGap !== undefined) {
    const at = table.columnGap + (isCounted ? 0 : 1);
    lines.splice(
      at,
      0,
      (lines[0] ?? []).map((_, line) => (line === 1 ? ":-:" : "…")),
    );
  }
  const height = lines[0]?.length ?? 0;
  const rows = Array.from(
    { length: height },
    (_, line) => `| ${lines.map((column) => column[line]).join(" | ")} |`,
  );
  const caption = table.caption === "" ? [] : [`**${escapeMarkdownCell(table.caption)}**`, ""];
  const notes = table.footnotes.flatMap((line) => ["", `*${escapeMarkdownCell(line)}*`]);
  return [...caption, ...rows, ...notes].join("\n");
}

function layOut(column: FormattedColumn, rowGap: number | undefined): string[] {
  const { heading, subheading, isRightAligned } = column;
  const title = subheading === "" ? heading : `${heading} (${subheading})`;
  const cells = column.cells.map(escapeMarkdownCell);
  if (rowGap !== undefined) cells.splice(rowGap, 0, "⋮");
  return [escapeMarkdownCell(title), isRightAligned ? "--:" : ":--", ...cells];
}
