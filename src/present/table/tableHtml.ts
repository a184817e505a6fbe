import { escapeMarkup } from "../escape";
import { typesetMarkup } from "./symbols";
import type { FormattedColumn, FormattedTable } from "./formatTable";

/**
 * Colours come from the page: text is the page's own, lines and stripes are a grey that shows on
 * black as on white. So a table fits light and dark themes, also those that no media query knows
 * of.
 */
const STYLE = `<style>
table.roundlab{border-collapse:collapse;font-size:0.93em;line-height:1.35;color:inherit;background:none;border:0;margin:0.4em 0}
table.roundlab caption{caption-side:top;text-align:left;font-weight:600;padding:0 0 0.4em;color:inherit}
table.roundlab th,table.roundlab td{padding:0.22em 0.75em;border:0;text-align:left;white-space:nowrap;color:inherit;background:none}
table.roundlab td{font-variant-numeric:tabular-nums}
table.roundlab thead th{vertical-align:bottom;font-weight:600;border-bottom:1px solid rgba(128,128,128,0.7)}
table.roundlab thead small{display:block;font-weight:400;font-size:0.85em;opacity:0.75}
table.roundlab tbody tr:nth-child(odd){background:none}
table.roundlab tbody tr:nth-child(even){background:rgba(128,128,128,0.09)}
table.roundlab tbody th{font-weight:400;opacity:0.7}
table.roundlab .n{text-align:right}
table.roundlab .gap{text-align:center;opacity:0.6}
table.roundlab td.t{white-space:pre-wrap;max-width:36em;overflow-wrap:anywhere}
.roundlab-note{font-size:0.85em;opacity:0.75;margin:0.2em 0 0.6em}
@media (prefers-color-scheme:dark){table.roundlab tbody tr:nth-child(even){background:rgba(160,160,160,0.13)}}
@media print{table.roundlab{font-size:9pt}table.roundlab tr{break-inside:avoid}}
</style>`;

/** Characters up to which a text stays on one line, where longer ones give way. */
const SHORT_TEXT = 30;

/** A table as an HTML fragment that needs nothing from elsewhere; every text in it is escaped. */
export function renderTableHtml(table: FormattedTable): string {
  const caption = table.caption === "" ? "" : `<caption>${typeset(table.caption)}</caption>`;
  const notes = table.footnotes
    .map((line) => `<p class="roundlab-note">${typeset(line)}</p>`)
    .join("\n");
  return [
    `<div class="roundlab-table" style="overflow-x:auto">`,
    STYLE,
    `<table class="roundlab">`,
    caption,
    `<thead><tr>${headerCells(table)}</tr></thead>`,
    `<tbody>`,
    ...bodyRows(table),
    `</tbody>`,
    `</table>`,
    notes,
    `</div>`,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

/** Words about the table, in which `E_Ξ` is E with the index Ξ; cells stand as they are. */
function typeset(text: string): string {
  return typesetMarkup(text, escapeMarkup);
}

function headerCells(table: FormattedTable): string {
  const cells = [table.index, ...table.columns].map(headerCell);
  if (table.columnGap !== undefined) cells.splice(1 + table.columnGap, 0, `<th class="gap">…</th>`);
  return cells.join("");
}

function headerCell({ heading, subheading, isRightAligned }: FormattedColumn): string {
  const small = subheading === "" ? "" : `<small>${typeset(subheading)}</small>`;
  return `<th scope="col"${isRightAligned ? ` class="n"` : ""}>${typeset(heading)}${small}</th>`;
}

function bodyRows(table: FormattedTable): string[] {
  const rows = table.index.cells.map((label, row) => {
    const cells = table.columns.map(({ cells, isRightAligned }) => {
      const text = cells[row] ?? "";
      const kind = isRightAligned ? "n" : text.length > SHORT_TEXT ? "t" : "s";
      return `<td class="${kind}">${escapeMarkup(text)}</td>`;
    });
    if (table.columnGap !== undefined) cells.splice(table.columnGap, 0, `<td class="gap">…</td>`);
    const side = table.index.isRightAligned ? ` class="n"` : "";
    return `<tr><th scope="row"${side}>${escapeMarkup(label)}</th>${cells.join("")}</tr>`;
  });
  if (table.rowGap !== undefined) rows.splice(table.rowGap, 0, gapRow(table));
  return rows;
}

function gapRow(table: FormattedTable): string {
  const width = table.columns.length + (table.columnGap === undefined ? 0 : 1);
  return `<tr><th class="gap">⋮</th>${`<td class="gap">⋮</td>`.repeat(width)}</tr>`;
}
