import { requirePackage } from "../packageRoot";
import type { FigureData } from "./figureData";
import { figureName } from "./figureName";
import { loadPlotlyScript } from "./plotlyScript";
import { cleanSvg } from "./svgClean";
import { boxOf, boxOnPage } from "./svgMetrics";
import type { SvgNode } from "./svgNode";
import { FONT } from "./theme";

/** Plotly in a window without a screen. */
interface Drawing {
  readonly document: { readonly body: { innerHTML: string } };
  readonly Plotly: { toImage(figure: object, options: object): Promise<string> };
  readonly DOMParser: new () => { parseFromString(text: string, type: string): SvgDocument };
  readonly XMLSerializer: new () => { serializeToString(node: SvgNode): string };
}

interface SvgDocument {
  readonly documentElement: SvgNode;
}

interface Jsdom {
  readonly JSDOM: new (
    html: string,
    options: object,
  ) => { readonly window: Drawing & { eval(script: string): unknown } & Record<string, unknown> };
  readonly VirtualConsole: new () => object;
}

/** The one window, made at the first figure: it costs most of a second, and figures share it. */
let window: Drawing | undefined;
/**
 * Figures are drawn one after another, for Plotly measures texts in shared elements of the page.
 */
let queue: Promise<unknown> = Promise.resolve();

/**
 * A figure as a picture of its own: SVG without scripts, random names or references, in the colours
 * of the theme on white. Equal figures give equal bytes.
 */
export function renderSvg(figure: FigureData): Promise<string> {
  const drawn = queue.then(() => draw(figure));
  queue = drawn.catch(() => undefined);
  return drawn;
}

async function draw(figure: FigureData): Promise<string> {
  window ??= openWindow();
  const { document, Plotly, DOMParser, XMLSerializer } = window;
  // Plotly writes into what it is given, so it gets a copy.
  const { data, layout } = JSON.parse(JSON.stringify(figure)) as FigureData;
  const { width = 760, height = 460 } = layout;
  try {
    const text = await Plotly.toImage(
      { data, layout, config: { staticPlot: true } },
      { format: "svg", width, height, imageDataOnly: true },
    );
    const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
    cleanSvg(svg, figureName(figure));
    svg.setAttribute("font-family", FONT.family);
    svg.setAttribute("role", "img");
    return new XMLSerializer().serializeToString(svg);
  } finally {
    document.body.innerHTML = "";
  }
}

function openWindow(): Drawing {
  const { JSDOM, VirtualConsole } = requirePackage("jsdom") as Jsdom;
  // A console of its own that nobody listens to: jsdom complains of what it lacks and we replace.
  const dom = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  supplyMissing(dom.window);
  dom.window.eval(loadPlotlyScript());
  return dom.window;
}

/** What Plotly asks of a browser and jsdom does not have: measures of drawn elements above all. */
function supplyMissing(window: Record<string, unknown>): void {
  const svgElement = (window.SVGElement as { prototype: object }).prototype;
  const element = (window.Element as { prototype: object }).prototype;
  const define = (target: object, name: string, value: unknown): void => {
    Object.defineProperty(target, name, { value, configurable: true, writable: true });
  };
  define(svgElement, "getBBox", function (this: SvgNode) {
    return boxOf(this);
  });
  define(svgElement, "getComputedTextLength", function (this: SvgNode) {
    return boxOf(this).width;
  });
  define(element, "getBoundingClientRect", function (this: SvgNode) {
    const box = boxOnPage(this);
    const right = box.x + box.width;
    return { ...box, left: box.x, top: box.y, right, bottom: box.y + box.height };
  });
  (window.URL as { createObjectURL?: unknown }).createObjectURL = () => "";
  window.TextDecoder = TextDecoder;
  window.TextEncoder = TextEncoder;
  define((window.HTMLCanvasElement as { prototype: object }).prototype, "getContext", () => null);
}
