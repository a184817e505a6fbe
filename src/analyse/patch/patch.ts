/** One value among those after some layers, by its index, with a factor. */
export interface Term {
  place: number;
  factor: number;
}

/** Lines and columns of a picture; the first ones may lie outside it. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly rows: number;
  readonly columns: number;
}

/**
 * A rectangle of the values after so many layers, with all their channels: coefficients of a form
 * on them.
 */
export interface Patch extends Rectangle {
  readonly layerCount: number;
}

/** Calls back for each pixel of a rectangle that lies in the picture: its place in both. */
export function forPixels(
  { top, left, rows, columns }: Rectangle,
  { height, width }: { readonly height: number; readonly width: number },
  visit: (place: number, pixel: number) => void,
): void {
  for (let r = Math.max(0, -top); r < rows && top + r < height; r++) {
    for (let c = Math.max(0, -left); c < columns && left + c < width; c++) {
      visit(r * columns + c, (top + r) * width + left + c);
    }
  }
}
