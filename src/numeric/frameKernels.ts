import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** Integers that describe a row: its shape, the place of its frame's corner, its first value. */
export const HEAD = 3;

/** Integers that describe a shape: lines, width, and pitch: the width filled up to an even one. */
export const SHAPE = 3;

/** The members of `FrameKernels`. */
export const FRAME_MEMBERS = {
  /**
   * out[i] = row i · x. Six partial sums over the columns of a frame modulo 6, line after line,
   * added as ((s0 + s2) + s4) + ((s1 + s3) + s5).
   */
  multiplyFrames: {
    takes: {
      count: "count",
      heads: "integers",
      table: "integers",
      line: "count",
      x: "values",
      out: "values",
    },
  },

  /** out += Σ_i weights[i] · row i, row after row. */
  addFrames: {
    takes: {
      count: "count",
      heads: "integers",
      table: "integers",
      line: "count",
      weights: "values",
      out: "values",
    },
  },

  /**
   * products[i] = row i · x, out += Σ_i weights[i] · products[i] · row i: what the two above give,
   * but each row is read once.
   */
  applyFrames: {
    takes: {
      count: "count",
      heads: "integers",
      table: "integers",
      line: "count",
      weights: "values",
      x: "values",
      products: "values",
      out: "values",
    },
  },

  /**
   * The lower half of matrix += Σ_i weights[i] · row i · row iᵀ, entries as `BandKernels` has them.
   * Rows of one shape and corner form a group: `order` lists the rows group after group,
   * `groups[g]` is where group g begins in it. Sums go over the rows of a group in order, of weight
   * · value · value from left to right, and are added group after group.
   *
   * @param scratch   as many values as the largest group's frames have
   * @param pointers  as many integers as the largest group has rows
   */
  formNormal: {
    takes: {
      groupCount: "count",
      groups: "integers",
      order: "integers",
      heads: "integers",
      table: "integers",
      line: "count",
      weights: "values",
      matrix: "values",
      stride: "count",
      scratch: "values",
      pointers: "integers",
    },
  },
} as const satisfies MemberTable;

/**
 * Sparse rows over a picture whose lines are `line` values long. A row is zero outside a frame: its
 * line r lies on the picture from corner + r · line on, and in memory from its first value + r ·
 * pitch on, filled up with zeros. `heads` has HEAD integers for each row, `table` SHAPE for each
 * shape.
 *
 * Vectors over the picture are followed by one value more, which frames at its end touch with a
 * zero. Positions count values, those of lists integers; all implementations give the same bits.
 */
export type FrameKernels = Members<typeof FRAME_MEMBERS>;

/** The same in plain TypeScript. */
export function plainFrames(arena: Arena): FrameKernels {
  const plain: FrameKernels = {
    multiplyFrames({ count, heads, table, line, x, out }) {
      const { values, integers } = arena;
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
    },

    addFrames({ count, heads, table, line, weights, out }) {
      const { values, integers } = arena;
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
    },

    applyFrames({ count, heads, table, line, weights, x, products, out }) {
      const { values } = arena;
      plain.multiplyFrames({ count, heads, table, line, x, out: products });
      const kept = values.slice(products, products + count);
      for (let row = 0; row < count; row++) values[products + row] *= values[weights + row];
      plain.addFrames({ count, heads, table, line, weights: products, out });
      values.set(kept, products);
    },

    formNormal({ groupCount, groups, order, heads, table, line, weights, matrix, stride }) {
      const { values, integers } = arena;
      for (let group = 0; group < groupCount; group++) {
        const rows = integers.subarray(
          order + integers[groups + group],
          order + integers[groups + group + 1],
        );
        const head = heads + HEAD * rows[0];
        const [lines, width, pitch] = integers.subarray(table + SHAPE * integers[head]);
        const corner = integers[head + 1];
        /** Σ over the rows of weight · frame[p] · frame[q]. */
        const sumOfProducts = (p: number, q: number): number => {
          let sum = 0;
          for (const row of rows) {
            const frame = integers[heads + HEAD * row + 2];
            sum += values[weights + row] * values[frame + p] * values[frame + q];
          }
          return sum;
        };
        for (let p = 0; p < lines * pitch; p++) {
          const [pr, pc] = [Math.floor(p / pitch), p % pitch];
          if (pc >= width) continue;
          const to = matrix + (corner + pr * line + pc) * stride + corner;
          for (let q = 0; q < (pr + 1) * pitch; q++) {
            const place = to + Math.floor(q / pitch) * line + (q % pitch);
            values[place] += sumOfProducts(p, q);
          }
        }
      }
    },
  };
  return plain;
}
