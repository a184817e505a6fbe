import { InvariantError } from "../../errors";
import type { PrintForm } from "./drawing";
import { askDrawingThread } from "./drawingThread";
import type { FigureData } from "../figure/figureData";
import { figureName } from "../figure/figureName";
import { plainFigure } from "../figure/plainFigure";

/** How figures are drawn. */
export interface DrawOptions {
  /** Milliseconds that the drawing of a figure may take. */
  readonly limitMilliseconds?: number;
}

/**
 * A figure takes half a second, on a busy machine a few; a window without a screen can also hang
 * for ever.
 */
const DRAWING_LIMIT = 20_000;

/**
 * A figure as a picture of its own: SVG without scripts, random names or references, in the colours
 * of the theme on white. Equal figures give equal bytes.
 *
 * It is drawn in a thread of its own, so that a figure that Plotly cannot draw without a browser
 * costs neither the program nor the figures after it.
 *
 * @throws ArgumentError if the figure has no static picture, or none within the limit; with the
 *   reason
 */
export async function renderSvg(figure: FigureData, options: DrawOptions = {}): Promise<string> {
  const { limitMilliseconds = DRAWING_LIMIT } = options;
  const plain = plainFigure(figure);
  const request = { figure: JSON.stringify(plain), name: figureName(plain) };
  const reply = await askDrawingThread({ kind: "draw", ...request }, limitMilliseconds);
  if (reply.kind === "drawn") return reply.svg;
  throw new InvariantError(`a thread asked to draw answered ${reply.kind}`);
}

/** A picture as a file for print, made in the same thread. */
export async function printSvg(
  svg: string,
  form: PrintForm,
  options: DrawOptions = {},
): Promise<Uint8Array> {
  const { limitMilliseconds = DRAWING_LIMIT } = options;
  const reply = await askDrawingThread({ kind: "print", svg, ...form }, limitMilliseconds);
  if (reply.kind === "printed") return reply.bytes;
  throw new InvariantError(`a thread asked to print answered ${reply.kind}`);
}
