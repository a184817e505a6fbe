import { ArgumentError, InvariantError } from "../../errors";
import { requirePackage } from "../../packageRoot";
import { loadPlotlyScript } from "../figure/plotlyScript";
import { canvasUrl, createCanvasContext, type CanvasElement } from "./smallCanvas";
import { boxOf, boxOnPage } from "./svgMetrics";
import type { SvgNode } from "./svgNode";
import { isObject, membersOf } from "../../unknownValue";

/** Plotly in a window without a screen. */
export interface PlotlyWindow {
  readonly document: { readonly body: { innerHTML: string } };
  readonly Plotly: {
    toImage(figure: object, options: object): Promise<string>;
    readonly PlotSchema: { get(): { readonly traces: Readonly<Record<string, unknown>> } };
  };
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
  ) => {
    readonly window: PlotlyWindow & { eval(script: string): unknown } & Record<string, unknown>;
  };
  readonly VirtualConsole: new () => {
    on(event: "jsdomError", listener: (error: Error & { readonly type?: string }) => void): void;
  };
}

/** The package that measures paths. */
interface PathMeasures {
  readonly svgPathProperties: new (path: string) => {
    getTotalLength(): number;
    getPointAtLength(length: number): { readonly x: number; readonly y: number };
  };
}

/**
 * A window with Plotly in it; making one takes most of a second.
 *
 * @param onFailure  hears of errors that nobody in the window catches
 */
export function openPlotlyWindow(onFailure: (error: Error) => void): PlotlyWindow {
  const { JSDOM, VirtualConsole } = requirePackage<Jsdom>("jsdom");
  // A console of its own: jsdom complains of what it lacks and we replace.
  const virtualConsole = new VirtualConsole();
  virtualConsole.on("jsdomError", (error) => {
    if (error.type === "unhandled exception") onFailure(error);
  });
  const { window } = new JSDOM("<!doctype html><body></body>", {
    runScripts: "outside-only",
    pretendToBeVisual: true,
    virtualConsole,
  });
  supplyMissing(window);
  forbidRequests(window);
  window.eval(loadPlotlyScript());
  return window;
}

/** A property of a window, to be replaced. */
function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

function prototypeOf(window: Record<string, unknown>, name: string): object {
  const { prototype } = membersOf<{ prototype: object }>(window[name]);
  if (!isObject(prototype)) throw new InvariantError(`jsdom's window has no class ${name}`);
  return prototype;
}

/** What Plotly asks of a browser and jsdom does not have: measures of drawn elements above all. */
function supplyMissing(window: Record<string, unknown>): void {
  const svgElement = prototypeOf(window, "SVGElement");
  const { svgPathProperties } = requirePackage<PathMeasures>("svg-path-properties");
  define(svgElement, "getBBox", function (this: SvgNode) {
    return boxOf(this);
  });
  define(svgElement, "getComputedTextLength", function (this: SvgNode) {
    return boxOf(this).width;
  });
  define(svgElement, "getTotalLength", function (this: SvgNode) {
    return new svgPathProperties(this.getAttribute("d") ?? "").getTotalLength();
  });
  define(svgElement, "getPointAtLength", function (this: SvgNode, length: number) {
    return new svgPathProperties(this.getAttribute("d") ?? "").getPointAtLength(length);
  });
  define(prototypeOf(window, "Element"), "getBoundingClientRect", function (this: SvgNode) {
    const box = boxOnPage(this);
    const right = box.x + box.width;
    return { ...box, left: box.x, top: box.y, right, bottom: box.y + box.height };
  });
  // A class of the window's, as in every browser.
  (window.URL as { createObjectURL?: unknown }).createObjectURL = () => "";
  window.TextDecoder = TextDecoder;
  window.TextEncoder = TextEncoder;
  supplyCanvas(prototypeOf(window, "HTMLCanvasElement"));
}

/** Canvases that heat maps draw on; there is no WebGL. */
function supplyCanvas(canvas: object): void {
  const contexts = new WeakMap<object, ReturnType<typeof createCanvasContext>>();
  define(canvas, "getContext", function (this: CanvasElement, kind: string) {
    if (kind !== "2d") return null;
    const context = contexts.get(this) ?? createCanvasContext(this);
    contexts.set(this, context);
    return context;
  });
  define(canvas, "toDataURL", function (this: CanvasElement) {
    return canvasUrl(contexts.get(this) ?? createCanvasContext(this));
  });
}

/** A picture must not tell anyone that it is drawn: what it would fetch fails at once. */
function forbidRequests(window: Record<string, unknown>): void {
  const refuse = (): never => {
    throw new ArgumentError("a static picture asks no server, but this figure wants to");
  };
  for (const name of ["XMLHttpRequest", "WebSocket", "EventSource", "fetch"]) {
    define(window, name, refuse);
  }
}
