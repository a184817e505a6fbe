import type { MimeBundle } from "./display";
import type { FigureData } from "./figureData";
import { figureFragment, figureText } from "./figureHtml";
import { figureName } from "./figureName";
import { renderSvg } from "./staticSvg";

/**
 * A figure in every format that notebook clients read: live in JupyterLab and VS Code, an
 * interactive or static picture in HTML, a picture alone, and its title and caption as text.
 */
export async function displayFigure(figure: FigureData): Promise<MimeBundle> {
  const { data, layout, config } = figure;
  const svg = await renderSvg(figure);
  return {
    "application/vnd.plotly.v1+json": { data, layout, config },
    "text/html": figureFragment(figure, svg, figureName(figure)),
    "image/svg+xml": svg,
    "text/plain": figureText(figure),
  };
}
