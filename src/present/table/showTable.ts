import type { MimeBundle } from "../display";
import { formatTable, TABLE_LIMITS, type TableLimits } from "./formatTable";
import { readTable, type TableLike } from "./readTable";
import { renderTableHtml } from "./tableHtml";
import { renderTableLatex, type LatexOptions } from "./tableLatex";
import { renderTableMarkdown } from "./tableMarkdown";
import { renderDataResource } from "./tableResource";
import { renderTableText } from "./tableText";

/** How much of a table a text shows. */
export interface TextLimits extends TableLimits {
  /** Columns of the terminal; middle columns of the table are left out until its lines fit. */
  readonly maxWidth: number;
}

/** A frame or table as aligned plain text, for terminals and logs. */
export function renderText(table: TableLike, limits: Partial<TextLimits> = {}): string {
  const view = readTable(table);
  const maxWidth = limits.maxWidth ?? Infinity;
  let maxColumns = Math.min(limits.maxColumns ?? TABLE_LIMITS.maxColumns, view.columns.length);
  let text = renderTableText(formatTable(view, { ...limits, maxColumns }));
  while (maxColumns > 1 && widthOfTable(text) > maxWidth) {
    maxColumns--;
    text = renderTableText(formatTable(view, { ...limits, maxColumns }));
  }
  return text;
}

/** The width of the rule under the headings, which is as wide as the widest line of the table. */
function widthOfTable(text: string): number {
  return text.split("\n").find((line) => line.startsWith("─"))?.length ?? 0;
}

/** A frame or table as a self-contained HTML fragment. */
export function renderHtml(table: TableLike, limits: Partial<TableLimits> = {}): string {
  return renderTableHtml(formatTable(readTable(table), limits));
}

/** A frame or table in Markdown. */
export function renderMarkdown(table: TableLike, limits: Partial<TableLimits> = {}): string {
  return renderTableMarkdown(formatTable(readTable(table), limits));
}

/**
 * A frame or table in LaTeX for a paper, whole unless limits are given: rules of the package
 * booktabs, escaped texts, kinds and units under the headings, what kinds claim as notes below.
 * @example
 * rl.toLatex(rl.createDataFrame({ E_T: [0.02] }, { notes: { E_T: { kind: "sample" } } }))
 */
export function toLatex(
  table: TableLike,
  options: LatexOptions & Partial<TableLimits> = {},
): string {
  const whole = { maxRows: Infinity, maxColumns: Infinity, ...options };
  return renderTableLatex(formatTable(readTable(table), whole), options);
}

/** A frame or table in every format that notebook clients read; at most 60 rows of it are sent. */
export function displayTable(table: TableLike, limits: Partial<TableLimits> = {}): MimeBundle {
  const view = readTable(table);
  const formatted = formatTable(view, limits);
  return {
    "text/html": renderTableHtml(formatted),
    "text/latex": renderTableLatex(formatted),
    "application/vnd.dataresource+json": renderDataResource(view, limits),
    "text/plain": renderTableText(formatted),
  };
}
