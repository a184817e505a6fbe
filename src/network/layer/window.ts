import { ShapeError } from "../../errors";

/** One number for height and width, or both in this order. */
export type Extent = number | readonly [down: number, across: number];

/** One number for all four sides of an image, or top, left, bottom, right. */
export type Padding = number | readonly [top: number, left: number, bottom: number, right: number];

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

/** Height and width of an extent. */
export function pairOf(extent: Extent): readonly [number, number] {
  return typeof extent === "number" ? [extent, extent] : extent;
}

/** The four sides of a padding. */
export function sidesOf(padding: Padding): readonly [number, number, number, number] {
  return typeof padding === "number" ? [padding, padding, padding, padding] : padding;
}

/** An extent as one number where both are equal: equal functions are written in one way. */
export function shortExtent(extent: Extent): Extent {
  const [down, across] = pairOf(extent);
  return down === across ? down : [down, across];
}

/** A padding as one number where all sides are equal. */
export function shortPadding(padding: Padding): Padding {
  const sides = sidesOf(padding);
  return sides.every((side) => side === sides[0]) ? sides[0] : sides;
}

/** How often a window of some length fits, moved by a stride. */
export function reach(length: number, padding: number, window: number, stride: number): number {
  return Math.floor((length + padding - window) / stride) + 1;
}

/** Where the part of a window that lies in the image begins, and where it ends. */
export function clipped(start: number, window: number, length: number): readonly [number, number] {
  return [Math.max(0, start), Math.min(length, start + window)];
}

/** An extent in words: `5 × 5`. */
export function nameExtent(extent: Extent): string {
  return pairOf(extent).join(" × ");
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
