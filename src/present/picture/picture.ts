import { withDisplay, type Displayable, type MimeBundle } from "../display";
import { escapeMarkup } from "../escape";
import {
  greyBytes,
  picturePng,
  pictureSize,
  pngUrl,
  sharedRange,
  type GreyOptions,
  type Pixels,
} from "./greyScale";

/** Grey pictures that show themselves in a notebook, in rows. */
export interface Picture extends Displayable {
  readonly rows: readonly (readonly Pixels[])[];
  readonly range: readonly [number, number];
}

/** How pictures are shown. */
export interface PictureOptions extends GreyOptions {
  /** Below a single picture. */
  readonly caption?: string;
}

/**
 * A point as a picture: 784 values become 28 × 28 pixels, 0 white and 1 black.
 *
 * @throws ShapeError if the values make no picture; ArgumentError if one is not finite
 */
export function createPicture(pixels: ArrayLike<number>, options: PictureOptions = {}): Picture {
  const { caption } = options;
  return createPictures([[{ pixels, ...(caption === undefined ? {} : { caption }) }]], options);
}

/**
 * Rows of pictures that share one range of grey, so that they can be compared.
 *
 * @example
 * rl.createPictures([[{ pixels: x, caption: "a 5" }]])
 */
export function createPictures(
  rows: readonly (readonly Pixels[])[],
  options: GreyOptions = {},
): Picture {
  const all = rows.flat();
  const range = options.range ?? sharedRange(all);
  for (const { pixels } of all) pictureSize(pixels.length, options);
  return withDisplay({ rows, range }, () => showPictures(rows, range, options));
}

function showPictures(
  rows: readonly (readonly Pixels[])[],
  range: readonly [number, number],
  options: GreyOptions,
): MimeBundle {
  const html = rows.map((row) => {
    const figures = row.map((picture) => pictureHtml(picture, range, options)).join("");
    return `<div style="display:flex;flex-wrap:wrap;gap:0.6em">${figures}</div>`;
  });
  const all = rows.flat();
  const [only] = all;
  return {
    "text/html": `<div class="roundlab-pictures">${html.join("")}</div>`,
    ...(only !== undefined && all.length === 1
      ? { "image/png": picturePng(only.pixels, range, options).toString("base64") }
      : {}),
    "text/plain": all.map((picture) => pictureText(picture, range, options)).join("\n\n"),
  };
}

function pictureHtml(
  { pixels, caption = "" }: Pixels,
  range: readonly [number, number],
  options: GreyOptions,
): string {
  const [rows, columns] = pictureSize(pixels.length, options);
  const label = escapeMarkup(caption);
  const url = pngUrl(picturePng(pixels, range, options));
  const { enlarge = 4 } = options;
  const size = `width="${columns * enlarge}" height="${rows * enlarge}"`;
  return (
    `<figure style="margin:0.3em 0;text-align:center">` +
    `<img alt="${label === "" ? `${rows} × ${columns} pixels` : label}" src="${url}" ${size} ` +
    `style="image-rendering:pixelated;border:1px solid rgba(128,128,128,0.5)">` +
    (label === "" ? "" : `<figcaption style="font-size:0.85em">${label}</figcaption>`) +
    `</figure>`
  );
}

/** Darkness of a pair of pixels, one above the other, from light to dark. */
const SHADES = " .:-=+*#%@";

/**
 * A picture for a terminal: one character for two pixels, for characters are twice as high as wide.
 */
function pictureText(
  { pixels, caption = "" }: Pixels,
  range: readonly [number, number],
  options: GreyOptions,
): string {
  const [rows, columns] = pictureSize(pixels.length, options);
  const grey = greyBytes(pixels, range);
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 2) {
    let line = "";
    for (let column = 0; column < columns; column++) {
      const above = grey[row * columns + column] ?? 255;
      const below = row + 1 < rows ? (grey[(row + 1) * columns + column] ?? 255) : above;
      const darkness = 1 - (above + below) / 510;
      line += SHADES[Math.min(SHADES.length - 1, Math.floor(darkness * SHADES.length))] ?? " ";
    }
    lines.push(line.trimEnd());
  }
  return [...lines, ...(caption === "" ? [] : [caption])].join("\n");
}
