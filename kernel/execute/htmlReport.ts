import { escapeMarkup } from "../../src/present/escape";
import type { JsonObject } from "../protocol/message";
import { ansiToHtml } from "./ansi";
import { renderMarkdown } from "./markdown";
import { joinLines, type Notebook, type NotebookCell } from "./notebook";
import { reportStyle } from "./reportStyle";

/** A notebook that goes into a report, with the name it is listed under. */
export interface ReportedNotebook {
  readonly name: string;
  readonly notebook: Notebook;
}

/** How each type of data becomes HTML, the type that is preferred first. */
const renderers: readonly (readonly [type: string, render: (data: string) => string])[] = [
  ["text/html", (data) => data],
  ["image/svg+xml", (data) => data],
  ["image/png", (data) => `<img src="data:image/png;base64,${data.replace(/\s/g, "")}" alt="">`],
  ["image/jpeg", (data) => `<img src="data:image/jpeg;base64,${data.replace(/\s/g, "")}" alt="">`],
  ["text/markdown", renderMarkdown],
  ["text/plain", (data) => `<pre>${ansiToHtml(data)}</pre>`],
];

function renderBundle(data: JsonObject): string {
  for (const [type, render] of renderers) if (type in data) return render(joinLines(data[type]));
  return "";
}

function renderOutput(output: JsonObject): string {
  if (output.output_type === "stream") {
    const text = joinLines(output.text);
    return `<pre class="stream ${output.name === "stderr" ? "stderr" : "stdout"}">${ansiToHtml(text)}</pre>`;
  }
  if (output.output_type === "error") {
    const lines = Array.isArray(output.traceback) ? output.traceback.map(String) : [];
    return `<pre class="error">${ansiToHtml(lines.join("\n"))}</pre>`;
  }
  return `<div class="output">${renderBundle((output.data ?? {}) as JsonObject)}</div>`;
}

function renderCell(cell: NotebookCell): string {
  switch (cell.kind) {
    case "markdown":
      return `<section class="markdown">${renderMarkdown(cell.source)}</section>`;
    case "raw":
      return `<section class="raw"><pre>${escapeMarkup(cell.source)}</pre></section>`;
    case "code": {
      if (cell.source.trim() === "") return "";
      const count = cell.executionCount ?? " ";
      return [
        `<section class="code">`,
        `<div class="input"><span class="count">[${count}]</span><pre><code>${escapeMarkup(cell.source)}</code></pre></div>`,
        ...cell.outputs.map(renderOutput),
        `</section>`,
      ].join("\n");
    }
  }
}

/** The first heading of a notebook, else its name. */
function titleOf({ name, notebook }: ReportedNotebook): string {
  for (const cell of notebook.cells) {
    const heading = cell.kind === "markdown" ? /^#\s+(.+)$/m.exec(cell.source) : null;
    if (heading !== null) return heading[1].trim();
  }
  return name;
}

/**
 * One HTML page with all that the notebooks show. It needs no server and no other file: it opens from
 * disk, offline.
 */
export function renderHtmlReport(notebooks: readonly ReportedNotebook[]): string {
  const titles = notebooks.map(titleOf);
  const links = notebooks.map(
    ({ name }, index) =>
      `<li><a href="#${encodeURIComponent(name)}">${escapeMarkup(titles[index])}</a></li>`,
  );
  const articles = notebooks.map(
    ({ name, notebook }) =>
      `<article id="${encodeURIComponent(name)}">\n${notebook.cells.map(renderCell).join("\n")}\n</article>`,
  );
  const title = titles.length === 1 ? titles[0] : "RoundLab";
  return [
    "<!DOCTYPE html>",
    `<html lang="en">`,
    "<head>",
    `<meta charset="utf-8">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<style>${reportStyle}</style>`,
    "</head>",
    "<body>",
    notebooks.length > 1 ? `<nav><ul>${links.join("")}</ul></nav>` : "",
    `<main>${articles.join("\n")}</main>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}
