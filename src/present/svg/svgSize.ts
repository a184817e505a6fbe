import { FormatError } from "../../errors";

/**
 * Width and height of a picture in pixels, as its outermost element names them.
 *
 * @throws FormatError if it does not
 */
export function pictureSizeOf(svg: string): [number, number] {
  const start = /<svg[^>]*>/.exec(svg)?.[0] ?? "";
  const [width = NaN, height = NaN] = ["width", "height"].map((name) =>
    Number.parseFloat(new RegExp(` ${name}="([\\d.]+)(?:px)?"`).exec(start)?.[1] ?? ""),
  );
  if (width > 0 && height > 0) return [width, height];
  throw new FormatError(
    `a picture for print needs its width and height in pixels on the <svg> element, found ` +
      `${start.slice(0, 80) || "no such element"}`,
  );
}
