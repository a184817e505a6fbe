import { ArgumentError, ShapeError } from "../../errors";
import { encodePng } from "./png";

/** Pixels of one picture, row-major, with what stands below it. */
export interface Pixels {
  readonly pixels: ArrayLike<number>;
  readonly caption?: string;
}

/** How pixels become grey. */
export interface GreyOptions {
  /** Rows and columns of a picture; a square unless given. */
  readonly rows?: number;
  readonly columns?: number;
  /** Values shown white and black. Pictures shown together share it. */
  readonly range?: readonly [number, number];
  /** How many pixels of the screen a pixel of the picture takes on each side. */
  readonly enlarge?: number;
}

/** Rows and columns of a picture with so many pixels. */
export function pictureSize(pixelCount: number, options: GreyOptions): [number, number] {
  const side = Math.round(Math.sqrt(pixelCount));
  const rows =
    options.rows ?? (options.columns === undefined ? side : pixelCount / options.columns);
  const columns = options.columns ?? pixelCount / rows;
  const isWhole = Number.isInteger(rows) && Number.isInteger(columns);
  if (pixelCount === 0 || rows * columns !== pixelCount || !isWhole) {
    throw new ShapeError(
      `${pixelCount} pixels make no picture of ${rows} × ${columns}; give \`rows\` and \`columns\``,
    );
  }
  return [rows, columns];
}

/**
 * The range of grey that fits all of several pictures: 0 to 1, wider where a value lies outside.
 *
 * @throws ArgumentError if a pixel is not a number
 */
export function sharedRange(pictures: readonly Pixels[]): [number, number] {
  let lower = 0;
  let upper = 1;
  pictures.forEach(({ pixels }, picture) => {
    for (let i = 0; i < pixels.length; i++) {
      const value = pixels[i] ?? NaN;
      if (!Number.isFinite(value)) {
        throw new ArgumentError(
          `pixel ${i} of picture ${picture} is ${value}, expected a finite number`,
        );
      }
      lower = Math.min(lower, value);
      upper = Math.max(upper, value);
    }
  });
  return [lower, upper];
}

/**
 * A picture as grey bytes, the lower end of the range white (255), the upper black (0), clipped
 * outside.
 */
export function greyBytes(
  pixels: ArrayLike<number>,
  [white, black]: readonly [number, number],
): Uint8Array {
  return Uint8Array.from(pixels, (value) => {
    const share = (value - white) / (black - white);
    return Math.round(255 * (1 - Math.min(1, Math.max(0, share))));
  });
}

/** A picture as a PNG file, its pixels enlarged to squares. */
export function picturePng(
  pixels: ArrayLike<number>,
  range: readonly [number, number],
  options: GreyOptions,
): Buffer {
  const [rows, columns] = pictureSize(pixels.length, options);
  const grey = greyBytes(pixels, range);
  const { enlarge = 4 } = options;
  const width = columns * enlarge;
  const large = new Uint8Array(rows * enlarge * width);
  for (let row = 0; row < rows * enlarge; row++) {
    const from = Math.floor(row / enlarge) * columns;
    for (let column = 0; column < width; column++) {
      large[row * width + column] = grey[from + Math.floor(column / enlarge)] ?? 0;
    }
  }
  return encodePng(large, rows * enlarge, width);
}

/** A PNG file as an address that a page can show without asking for it. */
export function pngUrl(png: Buffer): string {
  return `data:image/png;base64,${png.toString("base64")}`;
}
