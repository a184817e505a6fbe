import { escapeMarkup, scriptJson } from "../escape";
import type { FigureData } from "./figureData";
import { INK } from "./theme";
import { isList } from "../../unknownValue";

/** Where classic Notebook finds the Plotly library that RoundLab's kernelspec brings with it. */
export const PLOTLY_IN_KERNELSPEC = "kernelspecs/roundlab/plotly.min.js";

/**
 * A picture whose ink is that of the page around it: text in the page's colour, no paper, lines in
 * a grey that shows on black as on white.
 *
 * @param svg  as `renderSvg` gives it
 */
export function fitToPage(svg: string): string {
  const paper = new RegExp(`<rect [^>]*fill="(?:${INK.paper}|#fff)"[^>]*/>`);
  return svg
    .replace(paper, "")
    .replaceAll(`"${INK.text}"`, `"currentColor"`)
    .replaceAll(`"${INK.muted}"`, `"currentColor"`)
    .replaceAll(`"${INK.grid}"`, `"rgba(128,128,128,0.35)"`);
}

/** Title and caption of a figure in one line each, for readers who cannot see it. */
export function figureText(figure: FigureData): string {
  const { title, annotations } = figure.layout;
  const caption = isList(annotations)
    ? annotations.find((each) => memberOf(each, "align") === "left")
    : undefined;
  const name = typeof title === "string" ? title : memberOf(title, "text");
  const lines = [name ?? "Figure", memberOf(caption, "text") ?? ""];
  return lines
    .map((line) => withoutMarks(String(line)))
    .filter((line) => line !== "")
    .join("\n");
}

/** A member of whatever stands at a place of a layout, which nobody has checked. */
function memberOf(value: unknown, name: string): unknown {
  return value === null || typeof value !== "object" ? undefined : Reflect.get(value, name);
}

function withoutMarks(text: string): string {
  return text
    .replace(/<br>/g, " ")
    .replace(/<sub>/g, "_")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&amp;/g, "&");
}

/**
 * A figure as an HTML fragment: the static picture, and a script that puts the live plot in its
 * place where the page has Plotly. The script asks no other server; without Plotly, or without
 * scripts, the picture stays.
 */
export function figureFragment(figure: FigureData, svg: string, name: string): string {
  const script = `<script type="text/javascript">${liveCall(figure, name)}</script>`;
  return `<style>${LIVE_STYLE}</style>\n${figurePlace(figure, svg, name)}\n${script}`;
}

/** The place of a figure on a page: its static picture, where a later script finds it. */
export function figurePlace(figure: FigureData, svg: string, name: string): string {
  const label = escapeMarkup(figureText(figure).split("\n")[0] ?? "Figure");
  return (
    `<div class="roundlab-figure" data-figure="${name}" aria-label="${label}">` +
    `<div class="roundlab-static">${fitToPage(svg)}</div></div>`
  );
}

/** What the places of figures need of a page's style; images are to show their pixels. */
export const LIVE_STYLE =
  ".roundlab-figure{overflow-x:auto;color:inherit}.roundlab-figure image{image-rendering:pixelated}";

/** The script that makes the figure of this name live, wherever it stands on the page. */
export function liveCall({ data, layout, config }: FigureData, name: string): string {
  const given = { name, figure: { data, layout, config }, library: PLOTLY_IN_KERNELSPEC, ink: INK };
  return `(${LIVE_SCRIPT})(${scriptJson(given)});`;
}

/**
 * Runs in the page. It looks for Plotly on the page, then among the modules of requirejs, then, in
 * classic Notebook, in the kernelspec's own folder; and it colours the plot as the page is
 * coloured.
 */
const LIVE_SCRIPT = `function (given) {
  function repaint(value, from, to) {
    if (typeof value === "string") return value === from ? to : value;
    if (value === null || typeof value !== "object") return value;
    var copy = Array.isArray(value) ? [] : {};
    for (var key in value) copy[key] = repaint(value[key], from, to);
    return copy;
  }
  function draw(Plotly) {
    var places = document.querySelectorAll('[data-figure="' + given.name + '"]:not([data-live])');
    Array.prototype.forEach.call(places, function (place) {
      place.setAttribute("data-live", "");
      var colour = getComputedStyle(place).color;
      var layout = repaint(given.figure.layout, given.ink.text, colour);
      layout = repaint(layout, given.ink.muted, colour);
      layout = repaint(layout, given.ink.grid, "rgba(128,128,128,0.35)");
      layout.paper_bgcolor = "rgba(0,0,0,0)";
      var plot = document.createElement("div");
      plot.style.width = layout.width + "px";
      plot.style.height = layout.height + "px";
      place.appendChild(plot);
      var data = JSON.parse(JSON.stringify(given.figure.data));
      Promise.resolve(Plotly.newPlot(plot, data, layout, given.figure.config)).then(
        function () { place.querySelector(".roundlab-static").style.display = "none"; },
        function () { place.removeChild(plot); }
      );
    });
  }
  function viaRequire() {
    var notebook = window.Jupyter && window.Jupyter.notebook;
    if (requirejs.defined("plotly")) return requirejs(["plotly"], function (P) { draw(window.Plotly || P); });
    if (!notebook) return;
    var url = notebook.base_url + given.library;
    requirejs([url], function (P) { draw(window.Plotly || P); }, function () {});
  }
  if (window.Plotly) draw(window.Plotly);
  else if (window.requirejs && window.requirejs.defined) viaRequire();
}`;
