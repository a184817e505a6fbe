import { createHash } from "node:crypto";
import { renderAnsi } from "./ansiHtml";
import type { MimeBundle } from "../display";
import { escapeMarkup } from "../escape";
import type { FigureData } from "../figure/figureData";
import { figurePlace, LIVE_STYLE, liveCall } from "../figure/figureHtml";
import { figureName } from "../figure/figureName";
import { renderMarkdownText } from "./markdownHtml";
import { REPORT_STYLE } from "./reportStyle";
import { membersOf } from "../../unknownValue";

/** A piece of a report. */
export type ReportBlock =
  | { readonly kind: "markdown"; readonly text: string }
  | { readonly kind: "code"; readonly source: string }
  /** What a program printed; a terminal's colours are kept. */
  | { readonly kind: "printed"; readonly text: string; readonly isError?: boolean }
  /** A shown value in several formats; the richest that a page can show offline is taken. */
  | { readonly kind: "output"; readonly bundle: MimeBundle };

/** A part of a report that its table of contents names. */
export interface ReportSection {
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

/** A whole report. */
export interface Report {
  readonly title: string;
  /** A sentence below the title. */
  readonly summary?: string;
  readonly sections: readonly ReportSection[];
  /** What was computed with what: commit, versions, data, seeds. */
  readonly provenance?: readonly (readonly [string, string])[];
  /** The text of the Plotly library, which makes figures live; without it they are pictures. */
  readonly plotlyScript?: string;
}

/**
 * A report as one HTML document that needs nothing else: it opens from disk without a network, and
 * its security policy forbids it to ask for anything.
 */
export function renderHtmlReport(report: Report): string {
  const figures = new Map<string, FigureData>();
  const sections = report.sections.map((section, i) =>
    renderSection(section, i, report.title, figures),
  );
  const scripts =
    report.plotlyScript === undefined || figures.size === 0
      ? []
      : liveScripts(report.plotlyScript, figures);
  return [
    `<!doctype html>`,
    `<html lang="en">`,
    `<head>`,
    `<meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${policy(scripts)}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeMarkup(report.title)}</title>`,
    `<style>\n${REPORT_STYLE}\n${LIVE_STYLE}\n</style>`,
    `</head>`,
    `<body>`,
    `<div class="page">`,
    header(report),
    contents(report.sections),
    ...sections,
    provenance(report.provenance ?? []),
    `</div>`,
    ...scripts.map((script) => `<script>${script}</script>`),
    `</body>`,
    `</html>`,
    ``,
  ].join("\n");
}

/** A section; one that is called as the whole report is has no heading of its own. */
function renderSection(
  { title, blocks }: ReportSection,
  index: number,
  reportTitle: string,
  figures: Map<string, FigureData>,
): string {
  const isWhole = title === reportTitle;
  // Headings of prose stand below the section's, or below the report's.
  const depth = isWhole ? 0 : 2;
  return [
    `<section id="section-${index + 1}">`,
    ...(isWhole ? [] : [`<h2>${escapeMarkup(title)}</h2>`]),
    ...blocks.map((block) => renderBlock(block, depth, figures)),
    `</section>`,
  ].join("\n");
}

/** Forbids every request, and every script but these, which are known by their hashes. */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map(
    (script) => `'sha256-${createHash("sha256").update(script, "utf8").digest("base64")}'`,
  );
  const allowed = hashes.length === 0 ? "" : `script-src ${hashes.join(" ")}; `;
  return `default-src 'none'; ${allowed}style-src 'unsafe-inline'; img-src data: blob:; font-src data:`;
}

function header({ title, summary }: Report): string {
  const sentence = summary === undefined ? "" : `<p>${escapeMarkup(summary)}</p>`;
  return `<header><h1>${escapeMarkup(title)}</h1>${sentence}</header>`;
}

function contents(sections: readonly ReportSection[]): string {
  if (sections.length < 2) return "";
  const items = sections.map(
    ({ title }, i) => `<li><a href="#section-${i + 1}">${escapeMarkup(title)}</a></li>`,
  );
  return `<nav><h2>Contents</h2><ol>${items.join("")}</ol></nav>`;
}

function provenance(facts: readonly (readonly [string, string])[]): string {
  if (facts.length === 0) return "";
  const rows = facts.map(
    ([name, value]) => `<dt>${escapeMarkup(name)}</dt><dd>${escapeMarkup(value)}</dd>`,
  );
  return `<section id="provenance"><h2>Provenance</h2><dl class="provenance">${rows.join("")}</dl></section>`;
}

function renderBlock(block: ReportBlock, depth: number, figures: Map<string, FigureData>): string {
  switch (block.kind) {
    case "markdown":
      return `<div class="prose">${demoteHeadings(renderMarkdownText(block.text), depth)}</div>`;
    case "code":
      return `<pre class="code"><code>${escapeMarkup(block.source)}</code></pre>`;
    case "printed": {
      const name = block.isError === true ? "output error" : "output";
      return `<div class="${name}"><pre>${renderAnsi(block.text)}</pre></div>`;
    }
    case "output":
      return `<div class="output">${renderBundle(block.bundle, depth, figures)}</div>`;
  }
}

/** Headings so many levels further down. */
function demoteHeadings(html: string, depth: number): string {
  return html.replace(
    /<(\/?)h([1-6])>/g,
    (_, slash: string, level: string) => `<${slash}h${Math.min(6, Number(level) + depth)}>`,
  );
}

/** The richest format of a bundle that needs nothing from elsewhere. */
function renderBundle(bundle: MimeBundle, depth: number, figures: Map<string, FigureData>): string {
  const figure = bundle["application/vnd.plotly.v1+json"];
  const svg = textOf(bundle["image/svg+xml"]);
  if (isFigure(figure) && svg !== "") {
    const name = figureName(figure);
    figures.set(name, figure);
    return figurePlace(figure, svg, name);
  }
  const html = textOf(bundle["text/html"]);
  if (html !== "") return html;
  if (svg !== "") return imageOf("image/svg+xml", Buffer.from(svg, "utf8").toString("base64"));
  for (const type of ["image/png", "image/jpeg", "image/gif"]) {
    const data = textOf(bundle[type]).replace(/\s/g, "");
    if (data !== "") return imageOf(type, data);
  }
  const markdown = textOf(bundle["text/markdown"]);
  if (markdown !== "")
    return `<div class="prose">${demoteHeadings(renderMarkdownText(markdown), depth)}</div>`;
  const text = textOf(bundle["text/plain"]);
  if (text !== "") return `<pre>${renderAnsi(text)}</pre>`;
  const json = bundle["application/json"];
  return json === undefined ? "" : `<pre>${escapeMarkup(JSON.stringify(json, null, 2))}</pre>`;
}

function imageOf(type: string, base64: string): string {
  return `<img alt="" src="data:${type};base64,${escapeMarkup(base64)}">`;
}

/** A text of a bundle; notebooks store texts as lists of lines too. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join("");
  return typeof value === "string" ? value : "";
}

function isFigure(value: unknown): value is FigureData {
  if (value === null || typeof value !== "object") return false;
  const { data, layout } = membersOf<FigureData>(value);
  return Array.isArray(data) && typeof layout === "object" && layout !== null;
}

/** The library, then a call for each figure, as texts that nothing in them can end early. */
function liveScripts(plotlyScript: string, figures: ReadonlyMap<string, FigureData>): string[] {
  const library = plotlyScript
    .replace(/<\/(script)/gi, "<\\/$1")
    .replace(/<!--/g, "<\\!--")
    // A browser reads line ends so before it compares the hash.
    .replace(/\r\n?/g, "\n");
  const calls = [...figures].map(([name, figure]) => liveCall(figure, name));
  return [library, `\n${calls.join("\n")}\n`];
}
