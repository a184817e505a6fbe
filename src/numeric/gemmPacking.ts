import { GEMM_TILE } from "./gemmKernels";
import type { Matrix } from "./matrix";

/*
 * Factors as the kernel of packed tiles reads them. A panel is a list of the places that are summed
 * over; a tile has GEMM_TILE numbers for each of them, one place after the other.
 */

/** Tiles for so many rows or columns. */
export const tiles = (count: number): number => Math.ceil(count / GEMM_TILE);

/** Some columns of a right factor. */
export function packColumns(
  view: Float64Array,
  { columns, data }: Matrix,
  panel: Int32Array,
  first: number,
  width: number,
): void {
  const tile = panel.length * GEMM_TILE;
  for (let t = 0; t < panel.length; t++) {
    const from = panel[t] * columns + first;
    let to = t * GEMM_TILE;
    let column = 0;
    for (; column + GEMM_TILE <= width; column += GEMM_TILE, to += tile) {
      view[to] = data[from + column];
      view[to + 1] = data[from + column + 1];
      view[to + 2] = data[from + column + 2];
      view[to + 3] = data[from + column + 3];
    }
    for (let rest = 0; column < width && rest < GEMM_TILE; rest++) {
      view[to + rest] = column + rest < width ? data[from + column + rest] : 0;
    }
  }
}

/**
 * Some rows of a left factor, or of a right one that is given transposed: four side by side, place
 * after place; 0 beyond the last.
 */
export function packRows(
  view: Float64Array,
  { columns, data }: Matrix,
  panel: Int32Array,
  first: number,
  rows: number,
): void {
  let to = 0;
  for (let row = 0; row < rows; row += GEMM_TILE) {
    const start = (first + row) * columns;
    const present = Math.min(GEMM_TILE, rows - row);
    for (let t = 0; t < panel.length; t++, to += GEMM_TILE) {
      const from = start + panel[t];
      view[to] = data[from];
      view[to + 1] = present > 1 ? data[from + columns] : 0;
      view[to + 2] = present > 2 ? data[from + 2 * columns] : 0;
      view[to + 3] = present > 3 ? data[from + 3 * columns] : 0;
    }
  }
}
