import { cellSignal } from "../cellSignal";
import type { MimeBundle } from "./display";
import type { FigureData } from "./figureData";
import { figureFragment, figureText } from "./figureHtml";
import { figureName } from "./figureName";
import { noteSvg, pictureNote } from "./figureNote";
import { plainFigure } from "./plainFigure";
import { renderSvg, type DrawOptions } from "./staticSvg";

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
  return {
    "application/vnd.plotly.v1+json": plain,
    "text/html": figureFragment(plain, svg, figureName(plain)),
    "image/svg+xml": svg,
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
    const reason = (error as Error).message;
    return { svg: noteSvg(figure, reason), notes: [pictureNote(reason)] };
  }
}
