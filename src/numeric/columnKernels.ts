import type { Arena } from "./arena";

/**
 * Parts of matrix products: of a few rows, and of a few columns in them. Positions count values of
 * the memory, or singles of a matrix of binary32; all implementations give the same bits.
 */
export interface ColumnKernels {
  /**
   * out[i] = Σ_k factors[k] · entry (list[i], places[k]) for i < rows, summed over k in order, one
   * product at a time.
   */
  sumColumns(
    matrix: number,
    stride: number,
    list: number,
    rows: number,
    places: number,
    factors: number,
    count: number,
    out: number,
  ): void;

  /** The same for a matrix of binary32, each entry promoted to binary64 before it is used. */
  sumPromotedColumns(
    matrix: number,
    stride: number,
    list: number,
    rows: number,
    places: number,
    factors: number,
    count: number,
    out: number,
  ): void;
}

/** The same in plain TypeScript. */
export class PlainColumns implements ColumnKernels {
  constructor(private readonly arena: Arena) {}

  sumColumns(
    matrix: number,
    stride: number,
    list: number,
    rows: number,
    places: number,
    factors: number,
    count: number,
    out: number,
  ): void {
    this.sum(this.arena.values, matrix, stride, list, rows, places, factors, count, out);
  }

  sumPromotedColumns(
    matrix: number,
    stride: number,
    list: number,
    rows: number,
    places: number,
    factors: number,
    count: number,
    out: number,
  ): void {
    this.sum(this.arena.singles, matrix, stride, list, rows, places, factors, count, out);
  }

  private sum(
    entries: Float64Array | Float32Array,
    matrix: number,
    stride: number,
    list: number,
    rows: number,
    places: number,
    factors: number,
    count: number,
    out: number,
  ): void {
    const { values, integers } = this.arena;
    for (let i = 0; i < rows; i++) {
      const row = matrix + integers[list + i] * stride;
      let sum = 0;
      for (let k = 0; k < count; k++) {
        sum += values[factors + k] * entries[row + integers[places + k]];
      }
      values[out + i] = sum;
    }
  }
}
