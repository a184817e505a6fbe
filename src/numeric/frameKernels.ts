import type { Arena } from "./arena";

/** Integers that describe a row: its shape, the place of its frame's corner, its first value. */
export const HEAD = 3;

/** Integers that describe a shape: lines, width, and pitch: the width filled up to an even one. */
export const SHAPE = 3;

/**
 * Sparse rows over a picture whose lines are `line` values long. A row is zero outside a frame: its
 * line r lies on the picture from corner + r · line on, and in memory from its first value + r ·
 * pitch on, filled up with zeros. `heads` has HEAD integers for each row, `table` SHAPE for each
 * shape.
 *
 * Vectors over the picture are followed by one value more, which frames at its end touch with a
 * zero. Positions count values, those of lists integers; all implementations give the same bits.
 */
export interface FrameKernels {
  /**
   * out[i] = row i · x. Six partial sums over the columns of a frame modulo 6, line after line,
   * added as ((s0 + s2) + s4) + ((s1 + s3) + s5).
   */
  multiplyFrames(
    count: number,
    heads: number,
    table: number,
    line: number,
    x: number,
    out: number,
  ): void;

  /** out += Σ_i weights[i] · row i, row after row. */
  addFrames(
    count: number,
    heads: number,
    table: number,
    line: number,
    weights: number,
    out: number,
  ): void;

  /**
   * products[i] = row i · x, out += Σ_i weights[i] · products[i] · row i: what the two above give,
   * but each row is read once.
   */
  applyFrames(
    count: number,
    heads: number,
    table: number,
    line: number,
    weights: number,
    x: number,
    products: number,
    out: number,
  ): void;

  /**
   * The lower half of matrix += Σ_i weights[i] · row i · row iᵀ, entries as `BandKernels` has them.
   * Rows of one shape and corner form a group: `order` lists the rows group after group,
   * `groups[g]` is where group g begins in it. Sums go over the rows of a group in order, of weight
   * · value · value from left to right, and are added group after group.
   *
   * @param scratch   as many values as the largest group's frames have
   * @param pointers  as many integers as the largest group has rows
   */
  formNormal(
    groupCount: number,
    groups: number,
    order: number,
    heads: number,
    table: number,
    line: number,
    weights: number,
    matrix: number,
    stride: number,
    scratch: number,
    pointers: number,
  ): void;
}

/** The same in plain TypeScript. */
export class PlainFrames implements FrameKernels {
  constructor(private readonly arena: Arena) {}

  multiplyFrames(
    count: number,
    heads: number,
    table: number,
    line: number,
    x: number,
    out: number,
  ): void {
    const { values, integers } = this.arena;
    const sums = new Float64Array(6);
    for (let row = 0; row < count; row++) {
      const head = heads + HEAD * row;
      const shape = table + SHAPE * integers[head];
      const pitch = integers[shape + 2];
      sums.fill(0);
      for (let r = 0; r < integers[shape]; r++) {
        const from = x + integers[head + 1] + r * line;
        const frame = integers[head + 2] + r * pitch;
        for (let column = 0; column < pitch; column++) {
          sums[column % 6] += values[frame + column] * values[from + column];
        }
      }
      values[out + row] = sums[0] + sums[2] + sums[4] + (sums[1] + sums[3] + sums[5]);
    }
  }

  addFrames(
    count: number,
    heads: number,
    table: number,
    line: number,
    weights: number,
    out: number,
  ): void {
    const { values, integers } = this.arena;
    for (let row = 0; row < count; row++) {
      const head = heads + HEAD * row;
      const shape = table + SHAPE * integers[head];
      const pitch = integers[shape + 2];
      const weight = values[weights + row];
      for (let r = 0; r < integers[shape]; r++) {
        const to = out + integers[head + 1] + r * line;
        const frame = integers[head + 2] + r * pitch;
        for (let column = 0; column < pitch; column++) {
          values[to + column] += weight * values[frame + column];
        }
      }
    }
  }

  applyFrames(
    count: number,
    heads: number,
    table: number,
    line: number,
    weights: number,
    x: number,
    products: number,
    out: number,
  ): void {
    const { values } = this.arena;
    this.multiplyFrames(count, heads, table, line, x, products);
    const kept = values.slice(products, products + count);
    for (let row = 0; row < count; row++) values[products + row] *= values[weights + row];
    this.addFrames(count, heads, table, line, products, out);
    values.set(kept, products);
  }

  formNormal(
    groupCount: number,
    groups: number,
    order: number,
    heads: number,
    table: number,
    line: number,
    weights: number,
    matrix: number,
    stride: number,
  ): void {
    const { integers } = this.arena;
    for (let group = 0; group < groupCount; group++) {
      const rows = integers.subarray(
        order + integers[groups + group],
        order + integers[groups + group + 1],
      );
      const head = heads + HEAD * rows[0];
      const [lines, width, pitch] = integers.subarray(table + SHAPE * integers[head]);
      const corner = integers[head + 1];
      for (let p = 0; p < lines * pitch; p++) {
        const [pr, pc] = [Math.floor(p / pitch), p % pitch];
        if (pc >= width) continue;
        const to = matrix + (corner + pr * line + pc) * stride + corner;
        for (let q = 0; q < (pr + 1) * pitch; q++) {
          const place = to + Math.floor(q / pitch) * line + (q % pitch);
          this.addProducts(rows, heads, weights, p, q, place);
        }
      }
    }
  }

  /** values[place] += Σ over the rows of weight · frame[p] · frame[q]. */
  private addProducts(
    rows: Int32Array,
    heads: number,
    weights: number,
    p: number,
    q: number,
    place: number,
  ): void {
    const { values, integers } = this.arena;
    let sum = 0;
    for (const row of rows) {
      const frame = integers[heads + HEAD * row + 2];
      sum += values[weights + row] * values[frame + p] * values[frame + q];
    }
    values[place] += sum;
  }
}
