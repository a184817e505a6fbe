/**
 * One number for all values of an image, or one for each channel: with `pixels` values to a
 * channel, value i belongs to channel ⌊i / pixels⌋. With one pixel a channel is a value.
 */
export type PerChannel = number | Float64Array;

/** The number that belongs to value `index` where there is one number for all, or one for each. */
export function ofValue(numbers: PerChannel, index: number): number {
  return typeof numbers === "number" ? numbers : numbers[index];
}

/** The number that belongs to value `index`. */
export function atValue(numbers: PerChannel, pixels: number, index: number): number {
  return typeof numbers === "number" ? numbers : numbers[Math.floor(index / pixels)];
}
