import { ArgumentError } from "../../../src/errors";
import { quoteName } from "../../../src/quoteName";
import type * as Pictures from "../../../src/present/picture/picture";
import { escapeMarkup } from "../../../src/present/escape";
import type { MimeBundle } from "../../protocol/cellProtocol";
import { renderNow } from "./mimeBundle";

/** How an image is shown. */
export interface ImageOptions {
  /** What it shows, for readers who cannot see it. */
  readonly alt?: string;
  /** In pixels of the page. */
  readonly width?: number;
  readonly height?: number;
}

/** The first bytes of the image formats that clients show. */
const FORMATS: readonly (readonly [type: string, magic: string])[] = [
  ["image/png", "\u0089PNG"],
  ["image/jpeg", "\u00ff\u00d8\u00ff"],
  ["image/gif", "GIF8"],
  ["image/svg+xml", "<svg"],
  ["image/svg+xml", "<?xml"],
];

function formatOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(8, bytes.length));
  const text = start.toString("latin1");
  return FORMATS.find(([, magic]) => text.startsWith(magic))?.[0];
}

/**
 * The bundle of an image: a file's bytes as they are, or numbers as a grey picture (784 of them as
 * 28 x 28 pixels).
 *
 * @throws ArgumentError if bytes are of no known format and make no picture
 */
export function imageBundle(
  image: Uint8Array | ArrayLike<number>,
  { alt = "", width, height }: ImageOptions,
): MimeBundle {
  if (!(image instanceof Uint8Array)) return pictureBundle(image);
  const type = formatOf(image);
  if (type === undefined) return pictureBundle(image);
  const bytes = Buffer.from(image);
  if (type === "image/svg+xml")
    return { [type]: bytes.toString("utf8"), "text/plain": alt || "image" };
  const size = [sizeAttribute("width", width), sizeAttribute("height", height)];
  const label = escapeMarkup(String(alt));
  const data = bytes.toString("base64");
  return {
    "text/html": `<img src="data:${type};base64,${data}" alt="${label}"${size.join("")}>`,
    [type]: data,
    "text/plain": alt || `${type}, ${bytes.length} bytes`,
  };
}

/** The attribute of a size in pixels; cells are not bound to the type that they are told. */
function sizeAttribute(name: "width" | "height", size: number | undefined): string {
  if (size === undefined) return "";
  if (typeof size !== "number" || !Number.isFinite(size) || size < 0)
    throw new ArgumentError(
      `the ${name} of an image is a number of pixels, found ${quoteName(String(size))}`,
    );
  return ` ${name}="${size}"`;
}

function pictureBundle(values: ArrayLike<number>): MimeBundle {
  // Loaded when the first picture is shown: a kernel must start fast.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createPicture } = require("../../../src/present/picture/picture") as typeof Pictures;
  const bundle = renderNow(createPicture(values));
  if (bundle instanceof Promise)
    throw new ArgumentError("a grey picture should be rendered at once, found a promise");
  return bundle;
}
