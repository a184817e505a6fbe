import { escapeMarkup } from "./escape";
import { renderMath } from "./mathHtml";

/**
 * Markdown as HTML: headings, paragraphs, lists, quotations, tables, code, emphasis, links, formulae.
 * HTML in the text is shown as text; links lead only to the web, to mail or within the page.
 */
export function renderMarkdownText(markdown: string): string {
  return renderBlocks(markdown.replace(/\r\n?/g, "\n").split("\n"));
}

function renderBlocks(lines: readonly string[]): string {
  const html: string[] = [];
  let at = 0;
  while (at < lines.length) {
    const block = readBlock(lines, at);
    if (block.html !== "") html.push(block.html);
    at = block.next;
  }
  return html.join("\n");
}

interface Block {
  readonly html: string;
  /** The line after the block. */
  readonly next: number;
}

const LIST_ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;

function readBlock(lines: readonly string[], at: number): Block {
  const line = lines[at] ?? "";
  if (line.trim() === "") return { html: "", next: at + 1 };
  const fence = /^\s*(```+|~~~+)/.exec(line)?.[1];
  if (fence !== undefined) return readFence(lines, at, fence);
  if (line.trim().startsWith("$$")) return readDisplayMath(lines, at);
  const heading = HEADING.exec(line);
  if (heading !== null) {
    const level = heading[1]?.length ?? 1;
    return { html: `<h${level}>${renderInline(heading[2] ?? "")}</h${level}>`, next: at + 1 };
  }
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return { html: "<hr>", next: at + 1 };
  if (line.startsWith(">")) {
    const next = endOf(lines, at, (text) => text.startsWith(">"));
    const inner = lines.slice(at, next).map((text) => text.replace(/^> ?/, ""));
    return { html: `<blockquote>${renderBlocks(inner)}</blockquote>`, next };
  }
  if (LIST_ITEM.test(line)) return readList(lines, at);
  if (line.includes("|") && /^\s*\|?[\s:|-]*-[\s:|-]*$/.test(lines[at + 1] ?? ""))
    return readTable(lines, at);
  const next = endOf(lines, at, (text, position) => position === at || !startsBlock(text));
  return { html: `<p>${renderInline(lines.slice(at, next).join("\n"))}</p>`, next };
}

function endOf(
  lines: readonly string[],
  from: number,
  belongs: (line: string, position: number) => boolean,
): number {
  let at = from;
  while (at < lines.length && belongs(lines[at] ?? "", at)) at++;
  return at;
}

function startsBlock(line: string): boolean {
  return (
    line.trim() === "" ||
    HEADING.test(line) ||
    LIST_ITEM.test(line) ||
    /^(\s*(```|~~~)|>|\$\$)/.test(line)
  );
}

function readFence(lines: readonly string[], at: number, fence: string): Block {
  const end = endOf(lines, at + 1, (line) => !line.trim().startsWith(fence));
  const code = lines.slice(at + 1, end).join("\n");
  return { html: `<pre><code>${escapeMarkup(code)}</code></pre>`, next: end + 1 };
}

function readDisplayMath(lines: readonly string[], at: number): Block {
  const rest = lines.slice(at).join("\n").trimStart().slice(2);
  const end = rest.indexOf("$$");
  const tex = end < 0 ? rest : rest.slice(0, end);
  const used = tex.split("\n").length;
  return { html: `<p class="display-math">${renderMath(tex)}</p>`, next: at + used };
}

function readList(lines: readonly string[], at: number): Block {
  const [, indent = "", mark = ""] = LIST_ITEM.exec(lines[at] ?? "") ?? [];
  const isOrdered = /\d/.test(mark);
  const items: string[][] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? "";
    const item = LIST_ITEM.exec(line);
    const isSibling = item !== null && (item[1]?.length ?? 0) <= indent.length;
    if (isSibling && /\d/.test(item[2] ?? "") === isOrdered) items.push([item[3] ?? ""]);
    else if (line.trim() === "" || isSibling || !/^\s/.test(line)) {
      if (line.trim() === "" || isSibling || startsBlock(line)) break;
      items.at(-1)?.push(line);
    } else items.at(-1)?.push(line.slice(Math.min(line.search(/\S/), indent.length + 2)));
  }
  const name = isOrdered ? "ol" : "ul";
  const body = items.map((item) => `<li>${renderItem(item)}</li>`).join("");
  return { html: `<${name}>${body}</${name}>`, next };
}

/** The first paragraph of an item stands without a paragraph's space around it. */
function renderItem(lines: readonly string[]): string {
  const end = endOf(lines, 0, (line, position) => position === 0 || !startsBlock(line));
  return renderInline(lines.slice(0, end).join("\n")) + renderBlocks(lines.slice(end));
}

function readTable(lines: readonly string[], at: number): Block {
  const next = endOf(lines, at, (line) => line.includes("|"));
  const [head = [], marks = [], ...rows] = lines.slice(at, next).map(splitCells);
  const aligns = marks.map((mark) => (/-:$/.test(mark) ? ` style="text-align:right"` : ""));
  const row = (cells: readonly string[], name: string): string =>
    `<tr>${cells.map((cell, i) => `<${name}${aligns[i] ?? ""}>${renderInline(cell)}</${name}>`).join("")}</tr>`;
  const body = rows.map((cells) => row(cells, "td")).join("");
  return { html: `<table><thead>${row(head, "th")}</thead><tbody>${body}</tbody></table>`, next };
}

function splitCells(line: string): string[] {
  const inner = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** Code, formulae and links first, for marks inside them mean nothing; the rest is escaped text. */
const INLINE =
  /(`+)([^]*?[^`])\1(?!`)|\$([^$\s](?:[^$]*[^$\s])?)\$(?!\d)|!?\[([^\]]*)\]\(([^)\s]*)(?:\s+"[^"]*")?\)|<(https?:[^>\s]+)>|\\([!-/:-@[-`{-~])/g;

/** Stands around the number of a piece that is finished; a character of private use. */
const KEPT = "\ue000";

function renderInline(text: string): string {
  let html = "";
  let at = 0;
  const kept: string[] = [];
  const keep = (piece: string): string => `${KEPT}${kept.push(piece) - 1}${KEPT}`;
  for (const match of text.matchAll(INLINE)) {
    const [whole, , code, tex, label, target, address, escaped] = match;
    html += escapeMarkup(text.slice(at, match.index));
    at = match.index + whole.length;
    if (code !== undefined) html += keep(`<code>${escapeMarkup(code.trim())}</code>`);
    else if (tex !== undefined) html += keep(renderMath(tex));
    else if (address !== undefined) html += keep(link(address, escapeMarkup(address)));
    else if (escaped !== undefined) html += keep(escapeMarkup(escaped));
    else html += keep(link(target ?? "", renderInline(label ?? "")));
  }
  html += escapeMarkup(text.slice(at));
  return emphasise(html).replace(/\ue000(\d+)\ue000/g, (_, i: string) => kept[Number(i)] ?? "");
}

function emphasise(html: string): string {
  return html
    .replace(/\*\*(\S(?:[^]*?\S)?)\*\*/g, "<strong>$1</strong>")
    .replace(/(?<![\w*])\*(\S(?:[^*]*?\S)?)\*(?![\w*])/g, "<em>$1</em>")
    .replace(/(?<!\w)_(\S(?:[^_]*?\S)?)_(?!\w)/g, "<em>$1</em>")
    .replace(/ {2,}\n/g, "<br>\n");
}

function link(target: string, label: string): string {
  return /^(https?:|mailto:|#)/.test(target)
    ? `<a href="${escapeMarkup(target)}">${label}</a>`
    : label;
}
