import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** Rows and columns of a tile of sums. */
export const GEMM_TILE = 4;

/** The members of `GemmKernels`. */
export const GEMM_MEMBERS = {
  /**
   * out += left · right, for all rows of `rowTiles` tiles and all columns of `columnTiles` tiles;
   * rows of `out` begin `stride` values apart. Each sum starts from what is in `out` and goes over
   * `inner` in order, no zero passed over, so that all implementations give the same bits, and so
   * do any parts into which `inner` is cut.
   */
  addTileProducts: {
    takes: {
      left: "count",
      right: "values",
      rowTiles: "count",
      columnTiles: "count",
      inner: "count",
      out: "values",
      stride: "count",
    },
  },
} as const satisfies MemberTable;

/**
 * Products of packed matrices: the one loop of everything that sends many rows, forms or points
 * through a layer at once. Positions count binary64 values.
 *
 * The left factor lies in tiles of GEMM_TILE rows, the right one in tiles of GEMM_TILE columns; a
 * tile holds GEMM_TILE numbers for each of the `inner` places that are summed over, one place after
 * the other.
 */
export type GemmKernels = Members<typeof GEMM_MEMBERS>;

/** The same in plain TypeScript. */
export function plainGemm(arena: Arena): GemmKernels {
  return {
    addTileProducts({ left, right, rowTiles, columnTiles, inner, out, stride }) {
      const { values } = arena;
      for (let i = 0; i < rowTiles * GEMM_TILE; i++) {
        const a = left + (i - (i % GEMM_TILE)) * inner + (i % GEMM_TILE);
        for (let j = 0; j < columnTiles * GEMM_TILE; j++) {
          const b = right + (j - (j % GEMM_TILE)) * inner + (j % GEMM_TILE);
          let sum = values[out + i * stride + j];
          for (let t = 0; t < inner * GEMM_TILE; t += GEMM_TILE)
            sum += values[a + t] * values[b + t];
          values[out + i * stride + j] = sum;
        }
      }
    },
  };
}
