import type { Arena } from "./arena";
import type { Given, Members, MemberTable } from "./members";

/** The members of `ColumnKernels`. */
export const COLUMN_MEMBERS = {
  /**
   * out[i] = Σ_k factors[k] · entry (list[i], places[k]) for i < rows, summed over k in order, one
   * product at a time.
   */
  sumColumns: {
    takes: {
      matrix: "values",
      stride: "count",
      list: "integers",
      rows: "count",
      places: "integers",
      factors: "values",
      count: "count",
      out: "values",
    },
  },

  /** The same for a matrix of binary32, each entry promoted to binary64 before it is used. */
  sumPromotedColumns: {
    takes: {
      matrix: "singles",
      stride: "count",
      list: "integers",
      rows: "count",
      places: "integers",
      factors: "values",
      count: "count",
      out: "values",
    },
  },
} as const satisfies MemberTable;

/**
 * Parts of matrix products: of a few rows, and of a few columns in them. Positions count values of
 * the memory, or singles of a matrix of binary32; all implementations give the same bits.
 */
export type ColumnKernels = Members<typeof COLUMN_MEMBERS>;

/** The same in plain TypeScript. */
export function plainColumns(arena: Arena): ColumnKernels {
  return {
    sumColumns: (given) => sumOver(arena, arena.values, given),
    sumPromotedColumns: (given) => sumOver(arena, arena.singles, given),
  };
}

function sumOver(
  { values, integers }: Arena,
  entries: Float64Array | Float32Array,
  given: Given<typeof COLUMN_MEMBERS.sumColumns>,
): void {
  const { matrix, stride, list, rows, places, factors, count, out } = given;
  for (let i = 0; i < rows; i++) {
    const row = matrix + integers[list + i] * stride;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      sum += values[factors + k] * entries[row + integers[places + k]];
    }
    values[out + i] = sum;
  }
}
