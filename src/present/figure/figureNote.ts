import { escapeMarkup } from "../escape";
import type { FigureData } from "./figureData";
import { figureText } from "./figureHtml";
import { LINE_HEIGHT, wrapText } from "../svg/textMetrics";
import { FONT, INK } from "./theme";

const WIDTH = 760;
const MARGIN = 14;

/**
 * What a figure without a static picture says in its place; it goes on to be live where Plotly is.
 */
export function pictureNote(reason: string): string {
  return `${reason}. The figure is live where a page has Plotly, as in JupyterLab and VS Code.`;
}

/** A framed text in the place of a figure's static picture: its title, and why there is none. */
export function noteSvg(figure: FigureData, reason: string): string {
  const title = figureText(figure).split("\n")[0] ?? "";
  const inner = WIDTH - 2 * MARGIN;
  const lines = [
    ...wrapText(title, inner, FONT.size).map((text) => ({ text, weight: "bold" })),
    ...wrapText(pictureNote(reason), inner, FONT.size).map((text) => ({ text, weight: "normal" })),
  ];
  const step = FONT.size * LINE_HEIGHT;
  const height = Math.ceil(lines.length * step + 2 * MARGIN);
  const texts = lines.map(
    ({ text, weight }, line) =>
      `<text x="${MARGIN}" y="${Math.round(MARGIN + (line + 0.8) * step)}" font-size="${FONT.size}" ` +
      `font-weight="${weight}" fill="${INK.text}">${escapeMarkup(text)}</text>`,
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
    `viewBox="0 0 ${WIDTH} ${height}" font-family="${FONT.family}" role="img">` +
    `<rect x="0" y="0" width="${WIDTH}" height="${height}" fill="#fff"/>` +
    `<path d="M1,1H${WIDTH - 1}V${height - 1}H1Z" fill="none" stroke="${INK.muted}" stroke-dasharray="4 3"/>` +
    `${texts.join("")}</svg>`
  );
}
