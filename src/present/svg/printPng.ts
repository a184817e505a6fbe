import { readFileSync } from "node:fs";
import { requirePackage, resolvePackage } from "../../packageRoot";
import { withResolution } from "../picture/png";
import { loadPrintFonts, PRINT_FONT } from "./printFonts";
import { FONT } from "../figure/theme";

/** The part of resvg that is used. */
interface Resvg {
  initWasm(module: Buffer): Promise<void>;
  readonly Resvg: new (
    svg: string,
    options: object,
  ) => { render(): { asPng(): Uint8Array; free(): void }; free(): void };
}

/** Pixels of a page to an inch. */
const PIXELS_PER_INCH = 96;

/** The one instance of the renderer, which its package allows to be made once. */
let loading: Promise<Resvg> | undefined;

async function loadResvg(): Promise<Resvg> {
  const library = requirePackage<Resvg>("@resvg/resvg-wasm");
  await library.initWasm(readFileSync(resolvePackage("@resvg/resvg-wasm/index_bg.wasm")));
  return library;
}

/** A picture as a PNG file with so many dots an inch, which it says of itself. */
export async function printPng(svg: string, dotsPerInch: number): Promise<Buffer> {
  loading ??= loadResvg();
  const { Resvg } = await loading;
  const { regular, bold, italic, boldItalic } = loadPrintFonts();
  const drawn = new Resvg(forResvg(svg), {
    fitTo: { mode: "zoom", value: dotsPerInch / PIXELS_PER_INCH },
    font: {
      fontBuffers: [regular, bold, italic, boldItalic],
      defaultFontFamily: PRINT_FONT,
    },
  });
  const image = drawn.render();
  const png = withResolution(image.asPng(), dotsPerInch);
  image.free();
  drawn.free();
  return png;
}

/** It reads one font by name, and knows an older word for pixels that are to be seen. */
function forResvg(svg: string): string {
  return svg
    .replaceAll(`font-family="${FONT.family}"`, `font-family="${PRINT_FONT}"`)
    .replaceAll(`image-rendering="pixelated"`, `image-rendering="optimizeSpeed"`);
}
