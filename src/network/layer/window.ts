import { ShapeError } from "../../errors";
import { readExtent, readPadding, readSize, type Fields } from "../format/fields";
import { nameExtent, pairOf, sidesOf, type Extent, type Padding } from "./extent";
import { checkSizes } from "./checkValues";

/** How windows move over an image, every size said. */
export interface WindowSizes {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly windowHeight: number;
  readonly windowWidth: number;
  readonly strideDown: number;
  readonly strideAcross: number;
  readonly top: number;
  readonly left: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** A layer that does the same to every window of every channel. */
export interface WindowLayer {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly window: Extent;
  /** How far windows lie apart; the window itself where absent, so that none overlap. */
  readonly stride?: Extent;
  readonly padding?: Padding;
}

/** How often a window of some length fits, moved by a stride. */
export function reach(length: number, padding: number, window: number, stride: number): number {
  return Math.floor((length + padding - window) / stride) + 1;
}

/** Where the part of a window that lies in the image begins, and where it ends. */
export function clipped(start: number, window: number, length: number): readonly [number, number] {
  return [Math.max(0, start), Math.min(length, start + window)];
}

/** @throws ShapeError unless it is a whole number from `smallest`, or a list of them */
export function checkWhole(
  value: number | readonly number[],
  smallest: number,
  name: string,
  where: string,
): void {
  for (const size of typeof value === "number" ? [value] : value) {
    if (Number.isSafeInteger(size) && size >= smallest) continue;
    throw new ShapeError(`${where}: ${name} must be a whole number >= ${smallest}, found ${size}`);
  }
}

/** The sizes of a pooling with those of its output. */
export function windowSizes(layer: WindowLayer): WindowSizes {
  const { channels, height, width, window, stride = window, padding = 0 } = layer;
  const [windowHeight, windowWidth] = pairOf(window);
  const [strideDown, strideAcross] = pairOf(stride);
  const [top, left, bottom, right] = sidesOf(padding);
  const outHeight = reach(height, top + bottom, windowHeight, strideDown);
  const outWidth = reach(width, left + right, windowWidth, strideAcross);
  const windows = { windowHeight, windowWidth, strideDown, strideAcross, top, left };
  return { channels, height, width, ...windows, outHeight, outWidth };
}

/** @throws ShapeError unless every window holds a pixel, and there is one */
export function checkWindows(layer: WindowLayer, where: string): void {
  const { channels, height, width, window, stride = window, padding = 0 } = layer;
  checkSizes({ channels, height, width }, where);
  checkWhole(window, 1, "window", where);
  checkWhole(stride, 1, "stride", where);
  checkWhole(padding, 0, "padding", where);
  const { windowHeight, windowWidth, outHeight, outWidth } = windowSizes(layer);
  if (outHeight < 1 || outWidth < 1) {
    throw new ShapeError(
      `${where} has windows of ${nameExtent(window)}, larger than its image of ${height} × ${width}: ` +
        "nothing would come out",
    );
  }
  const [top, left, bottom, right] = sidesOf(padding);
  const isInside = Math.max(top, bottom) < windowHeight && Math.max(left, right) < windowWidth;
  if (!isInside) {
    throw new ShapeError(
      `${where} has windows of ${nameExtent(window)} and a padding of ${sidesOf(padding).join(", ")}: ` +
        "some windows would hold no pixel",
    );
  }
}

/** What files say of windows. */
export const WINDOW_FIELDS: readonly string[] = [
  "channels",
  "height",
  "width",
  "window",
  "stride",
  "padding",
];

/** The windows of a file's fields. */
export function readWindows(fields: Fields): WindowLayer {
  const { stride, padding } = fields.values;
  return {
    channels: readSize(fields, "channels"),
    height: readSize(fields, "height"),
    width: readSize(fields, "width"),
    window: readExtent(fields, "window"),
    ...(stride === undefined ? {} : { stride: readExtent(fields, "stride") }),
    ...(padding === undefined ? {} : { padding: readPadding(fields, "padding") }),
  };
}
