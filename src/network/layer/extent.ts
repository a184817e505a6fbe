/** One number for height and width, or both in this order. */
export type Extent = number | readonly [down: number, across: number];

/** One number for all four sides of an image, or top, left, bottom, right. */
export type Padding = number | readonly [top: number, left: number, bottom: number, right: number];

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
  return down === across ? down : extent;
}

/** A padding as one number where all sides are equal. */
export function shortPadding(padding: Padding): Padding {
  const [first, ...rest] = sidesOf(padding);
  return rest.every((side) => side === first) ? first : padding;
}

/** An extent in words: `5 × 5`. */
export function nameExtent(extent: Extent): string {
  return pairOf(extent).join(" × ");
}
