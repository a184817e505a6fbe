import { writeFileSync } from "node:fs";
import { extname } from "node:path";
import { ArgumentError, StoreError, messageOf } from "../../errors";
import { quoteName } from "../../quoteName";
import type { PrintForm } from "../svg/drawing";
import type { FigureData } from "./figureData";
import { printSvg, renderSvg, type DrawOptions } from "../svg/staticSvg";

/** How a figure is saved. */
export interface SaveFigureOptions extends DrawOptions {
  /** Of a PNG; 300 unless given, which is what print asks for. */
  readonly dotsPerInch?: number;
}

const PRINT_DOTS = 300;

/**
 * Saves a figure's static picture under a path that ends in `.svg`, `.pdf` or `.png`. It is as
 * large on paper as the figure's pixels are on a page of 96 to the inch: 760 are 20.1 cm. SVG and
 * PDF hold lines and letters, PNG dots. Equal figures give equal files.
 *
 * @throws ArgumentError for another ending, or if the figure has no static picture (with the
 * reason);
 *   StoreError if the file cannot be written
 * @example
 * const figure = rl.lineFigure([{ series: [{ name: "error", x: [4, 8], y: [2, 0.4] }] }]);
 * await rl.saveFigure(figure, "errors.svg");
 */
export async function saveFigure(
  figure: FigureData,
  path: string,
  options: SaveFigureOptions = {},
): Promise<void> {
  const form = formOf(path, options);
  const svg = await renderSvg(figure, options);
  const content = form.format === "svg" ? svg : await printSvg(svg, form, options);
  try {
    writeFileSync(path, content);
  } catch (error) {
    throw new StoreError(
      `the figure cannot be written to ${quoteName(path, 200)}: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

type Form = PrintForm | { readonly format: "svg" };

function formOf(path: string, { dotsPerInch = PRINT_DOTS }: SaveFigureOptions): Form {
  const ending = extname(path).toLowerCase();
  if (ending === ".svg") return { format: "svg" };
  if (ending === ".pdf") return { format: "pdf" };
  if (ending !== ".png") {
    throw new ArgumentError(
      `a figure is saved as .svg, .pdf or .png, but ${quoteName(path, 200)} ends in ` +
        `${ending === "" ? "none of them" : quoteName(ending)}`,
    );
  }
  if (!(dotsPerInch >= 10 && dotsPerInch <= 2400)) {
    throw new ArgumentError(`dotsPerInch is between 10 and 2400, found ${dotsPerInch}`);
  }
  return { format: "png", dotsPerInch };
}
