import { readFileSync } from "node:fs";
import { ArgumentError } from "../../errors";
import { resolvePackage } from "../../packageRoot";

/** Where the Plotly library may be found, the smaller bundle first. */
const BUNDLES = ["plotly.js-cartesian-dist-min", "plotly.js-dist"];

/**
 * The file of the Plotly library that is installed; it sets `window.Plotly` when a page runs it.
 */
export function findPlotly(): string {
  let failure: unknown;
  for (const bundle of BUNDLES) {
    try {
      return resolvePackage(bundle);
    } catch (error) {
      failure = error;
    }
  }
  throw new ArgumentError(
    `figures need one of the packages ${BUNDLES.join(", ")}, but none is installed; run npm ci`,
    { cause: failure },
  );
}

/** The text of the Plotly library. */
export function loadPlotlyScript(): string {
  return readFileSync(findPlotly(), "utf8");
}
