import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** Rows of a tile. */
export const TILE = 16;

/** The members of `TileKernels`. */
export const TILE_MEMBERS = {
  /** out[row] = Σ_t weights[t] · (column list[t] of the row), for all rows of `tileCount` tiles. */
  sumTiles: {
    takes: {
      tiles: "singles",
      stride: "count",
      tileCount: "count",
      list: "integers",
      weights: "singles",
      count: "count",
      out: "singles",
    },
  },

  /** The same for two weightings of one list at once: outA by the weights `a`, outB by `b`. */
  sumTilesTwice: {
    takes: {
      tiles: "singles",
      stride: "count",
      tileCount: "count",
      list: "integers",
      a: "singles",
      b: "singles",
      count: "count",
      outA: "singles",
      outB: "singles",
    },
  },
} as const satisfies MemberTable;

/**
 * Sums over rows of binary32 that lie in tiles of TILE rows: a tile holds column after column, TILE
 * numbers each, and begins `stride` singles after the one before. `list` names columns.
 *
 * Everything is in single precision; sums go over the list in order, from zero on, with no weight
 * passed over, so that all implementations give the same bits. Positions count singles, those of
 * lists integers.
 */
export type TileKernels = Members<typeof TILE_MEMBERS>;

const { fround } = Math;

/** The same in plain TypeScript. */
export function plainTiles(arena: Arena): TileKernels {
  const plain: TileKernels = {
    sumTiles({ tiles, stride, tileCount, list, weights, count, out }) {
      const { singles, integers } = arena;
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
    },

    sumTilesTwice({ tiles, stride, tileCount, list, a, b, count, outA, outB }) {
      plain.sumTiles({ tiles, stride, tileCount, list, weights: a, count, out: outA });
      plain.sumTiles({ tiles, stride, tileCount, list, weights: b, count, out: outB });
    },
  };
  return plain;
}
