import { cellSignal } from "../../cellSignal";
import type { MimeBundle } from "../display";
import type { FigureData } from "./figureData";
import { figureFragment, figureText } from "./figureHtml";
import { figureName } from "./figureName";
import { noteSvg, pictureNote } from "./figureNote";
import { plainFigure } from "./plainFigure";
import { printSvg, renderSvg, type DrawOptions } from "../svg/staticSvg";
import { messageOf } from "../../errors";

/**
 * A figure in every format that notebook clients read: live in JupyterLab and VS Code, an
 * interactive or static picture in HTML, a picture alone, and its title and caption as text. A
 * figure that has no static picture is live all the same; a note with the reason stands in the
 * picture's place.
 */
export async function displayFigure(
  figure: FigureData,
  options: DrawOptions = {},
): Promise<MimeBundle> {
  const plain = plainFigure(figure);
  const { svg, notes } = await drawOrTell(plain, options);
  const pdf = await printOrLeave(svg, options);
  return {
    "application/vnd.plotly.v1+json": plain,
    "text/html": figureFragment(plain, svg, figureName(plain)),
    "image/svg+xml": svg,
    ...(pdf === undefined ? {} : { "application/pdf": pdf }),
    "text/plain": [figureText(plain), ...notes].join("\n"),
  };
}

/** The figure's picture, or one that says why there is none. */
async function drawOrTell(
  figure: FigureData,
  options: DrawOptions,
): Promise<{ svg: string; notes: string[] }> {
  const signal = cellSignal();
  try {
    return { svg: await renderSvg(figure, options), notes: [] };
  } catch (error) {
    signal?.throwIfAborted();
    const reason = messageOf(error);
    return { svg: noteSvg(figure, reason), notes: [pictureNote(reason)] };
  }
}

/**
 * The picture as PDF, which converters to LaTeX take; without one they look for a program that
 * makes it from the SVG, and fail where there is none. A picture that cannot be one goes without.
 */
async function printOrLeave(svg: string, options: DrawOptions): Promise<string | undefined> {
  const signal = cellSignal();
  try {
    const bytes = await printSvg(svg, { format: "pdf" }, options);
    return Buffer.from(bytes).toString("base64");
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
