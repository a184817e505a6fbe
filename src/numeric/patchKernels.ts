import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** The members of `PatchKernels`. */
export const PATCH_MEMBERS = {
  /**
   * out += the transposed convolution of a patch.
   *
   * For each pixel of the patch that lies in the picture, in reading order: the sums over its
   * channels in order, zeros passed over, of coefficient · weights, and then the addition of these
   * `kernel` lines of `run` values to out.
   *
   * @param patch    rows × columns pixels of `channels` values, the first at (top, left) of a
   *                 picture of height × width
   * @param active   for each pixel of the picture a list of `channels` integers, of which the first
   *                 so many count as `counts` says: others of its channels are passed over
   * @param weights  by channel, `pitch` values apart: kernel · run of them, and zeros up to an even
   *                 number
   * @param run      values of one line of a kernel: its columns times the channels before it
   * @param step     values from a pixel's place in out to that of its right neighbour
   * @param line     and to that of the one below, for a stride of one line; `stride` lines on
   * @param scratch  `pitch` + 8 values, and as many as there are channels
   * @param found    as many integers as there are channels
   */
  pullConvolution: {
    takes: {
      patch: "values",
      rows: "count",
      columns: "count",
      top: "count",
      left: "count",
      channels: "count",
      height: "count",
      width: "count",
      active: "integers",
      counts: "integers",
      weights: "values",
      pitch: "count",
      kernel: "count",
      run: "count",
      step: "count",
      line: "count",
      stride: "count",
      out: "values",
      scratch: "values",
      found: "integers",
    },
  },

  /** out = 0 for `length` values. */
  clear: { takes: { out: "values", length: "count" } },

  /**
   * `lines` lines of `run` values, `line` apart, of out += factor · weights, which lie one after
   * another.
   */
  addLines: {
    takes: {
      weights: "values",
      lines: "count",
      run: "count",
      factor: "number",
      out: "values",
      line: "count",
    },
  },
} as const satisfies MemberTable;

/**
 * Linear forms on pictures, carried back through convolutions: coefficients on a rectangle of the
 * values behind one become coefficients on the values before it. Channels of a pixel lie beside
 * each other. Positions count values, those of lists integers; all implementations give the same
 * bits.
 */
export type PatchKernels = Members<typeof PATCH_MEMBERS>;

/** The same in plain TypeScript. */
export function plainPatches(arena: Arena): PatchKernels {
  return {
    pullConvolution({
      patch,
      rows,
      columns,
      top,
      left,
      channels,
      height,
      width,
      active,
      counts,
      weights,
      pitch,
      kernel,
      run,
      step,
      line,
      stride,
      out,
      scratch,
    }) {
      const { values, integers } = arena;
      for (let r = Math.max(0, -top); r < rows && top + r < height; r++) {
        for (let c = Math.max(0, -left); c < columns && left + c < width; c++) {
          const pixel = (top + r) * width + left + c;
          const from = patch + (r * columns + c) * channels;
          let isZero = true;
          for (let entry = 0; entry < integers[counts + pixel]; entry++) {
            const channel = integers[active + pixel * channels + entry];
            const factor = values[from + channel];
            if (factor === 0) continue;
            if (isZero) values.fill(0, scratch, scratch + pitch);
            isZero = false;
            const own = weights + channel * pitch;
            for (let tap = 0; tap < pitch; tap++) {
              values[scratch + tap] += factor * values[own + tap];
            }
          }
          if (isZero) continue;
          const to = out + r * stride * line + c * step;
          for (let ky = 0; ky < kernel; ky++) {
            for (let k = 0; k < run; k++) {
              values[to + ky * line + k] += values[scratch + ky * run + k];
            }
          }
        }
      }
    },

    clear({ out, length }) {
      arena.values.fill(0, out, out + length);
    },

    addLines({ weights, lines, run, factor, out, line }) {
      const { values } = arena;
      for (let r = 0; r < lines; r++) {
        for (let k = 0; k < run; k++) {
          values[out + r * line + k] += factor * values[weights + r * run + k];
        }
      }
    },
  };
}
