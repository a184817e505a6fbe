import { createRequire } from "node:module";
import type { SvgNode } from "../../../src/present/svg/svgNode";

/**
 * A page without a screen; its types are written out, for the DOM's own would be seen by every
 * file.
 */
export interface Page {
  readonly document: {
    readonly body: { innerHTML: string };
    querySelector(selector: string): SvgNode | null;
    querySelectorAll(selector: string): ArrayLike<SvgNode>;
  };
  readonly DOMParser: new () => {
    parseFromString(text: string, type: string): { readonly documentElement: SvgNode };
  };
  eval(script: string): unknown;
}

/**
 * @param runScripts  `dangerously` runs the page's own scripts, `outside-only` those of `page.eval`
 */
export function openPage(
  html: string = "",
  runScripts: "outside-only" | "dangerously" = "outside-only",
): Page {
  const { JSDOM } = createRequire(__filename)("jsdom") as {
    JSDOM: new (html: string, options: object) => { readonly window: Page };
  };
  return new JSDOM(html, { runScripts }).window;
}

/** The outermost element of a picture. */
export function parseSvg(svg: string): SvgNode {
  const { DOMParser } = openPage();
  return new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
}
