import type { FormattedColumn, FormattedTable } from "./formatTable";
import { padToWidth, terminalWidth } from "./textWidth";

/**
 * A table as aligned plain text for a terminal: caption, headings, a rule, the rows, footnotes.
 * Control characters inside cells are shown as escapes, so that no cell can move the cursor.
 */
export function renderTableText(table: FormattedTable): string {
  const columns = [table.index, ...table.columns].map((column) => layOut(column, table.rowGap));
  if (table.columnGap !== undefined) {
    const height = columns[0]?.length ?? 0;
    columns.splice(1 + table.columnGap, 0, Array<string>(height).fill("…"));
  }
  const hasSubheadings = table.columns.some(({ subheading }) => subheading !== "");
  const lines: string[] = [];
  const height = columns[0]?.length ?? 0;
  for (let line = 0; line < height; line++) {
    if (line === 1 && !hasSubheadings) continue;
    lines.push(
      columns
        .map((column) => column[line])
        .join("  ")
        .trimEnd(),
    );
  }
  const rule = "─".repeat(Math.max(...lines.map(terminalWidth)));
  lines.splice(hasSubheadings ? 2 : 1, 0, rule);
  const caption = table.caption === "" ? [] : [cleanText(table.caption)];
  return [...caption, ...lines, ...table.footnotes.map(cleanText)].join("\n");
}

/**
 * The lines of one column, all of one width: heading, subheading, cells with the gap among them.
 */
function layOut(column: FormattedColumn, rowGap: number | undefined): string[] {
  const lines = [column.heading, column.subheading, ...column.cells].map(cleanText);
  if (rowGap !== undefined) lines.splice(2 + rowGap, 0, "⋮");
  const width = Math.max(...lines.map(terminalWidth));
  return lines.map((line) => padToWidth(line, width, column.isRightAligned));
}

function cleanText(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\t") return "\\t";
    if (character === "\r") return "\\r";
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
