import type { Arena } from "./arena";

/** Rows of a tile. */
export const TILE = 16;

/**
 * Sums over rows of binary32 that lie in tiles of TILE rows: a tile holds column after column, TILE
 * numbers each, and begins `stride` singles after the one before. `list` names columns.
 *
 * Everything is in single precision; sums go over the list in order, from zero on, with no weight
 * passed over, so that all implementations give the same bits. Positions count singles, those of
 * lists integers.
 */
export interface TileKernels {
  /** out[row] = Σ_t weights[t] · (column list[t] of the row), for all rows of `tileCount` tiles. */
  sumTiles(
    tiles: number,
    stride: number,
    tileCount: number,
    list: number,
    weights: number,
    count: number,
    out: number,
  ): void;

  /** The same for two weightings of one list at once: outA by the weights `a`, outB by `b`. */
  sumTilesTwice(
    tiles: number,
    stride: number,
    tileCount: number,
    list: number,
    a: number,
    b: number,
    count: number,
    outA: number,
    outB: number,
  ): void;
}

const { fround } = Math;

/** The same in plain TypeScript. */
export class PlainTiles implements TileKernels {
  constructor(private readonly arena: Arena) {}

  sumTiles(
    tiles: number,
    stride: number,
    tileCount: number,
    list: number,
    weights: number,
    count: number,
    out: number,
  ): void {
    const { singles, integers } = this.arena;
    for (let tile = 0; tile < tileCount; tile++) {
      const sums = out + tile * TILE;
      singles.fill(0, sums, sums + TILE);
      for (let t = 0; t < count; t++) {
        const column = tiles + tile * stride + integers[list + t] * TILE;
        const weight = singles[weights + t];
        // A product of two singles is exact in binary64, so rounding it gives the single product.
        for (let row = 0; row < TILE; row++) {
          singles[sums + row] += fround(weight * singles[column + row]);
        }
      }
    }
  }

  sumTilesTwice(
    tiles: number,
    stride: number,
    tileCount: number,
    list: number,
    a: number,
    b: number,
    count: number,
    outA: number,
    outB: number,
  ): void {
    this.sumTiles(tiles, stride, tileCount, list, a, count, outA);
    this.sumTiles(tiles, stride, tileCount, list, b, count, outB);
  }
}
