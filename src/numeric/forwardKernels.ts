import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** The members of `ForwardKernels`. */
export const FORWARD_MEMBERS = {
  /**
   * A convolution, four out channels at a time: for each of `groups` groups of four channels and
   * each of height × width pixels, out = bias + Σ_t weight · input, summed over t in order, one
   * product at a time. Biases are not −0: then products that are 0 may be passed over.
   *
   * Tap t of the pixel in `row` and `column` is the value at input + shifts[t] + row · rowStep +
   * column. A group has four biases, then four to the next; its weights are taps × 4. `out` has
   * four planes a group.
   *
   * @param lists  integers: two more than twice the taps, for each four pixels of a row
   */
  convolve: {
    takes: {
      input: "values",
      shifts: "integers",
      taps: "count",
      weights: "values",
      bias: "values",
      groups: "count",
      rowStep: "count",
      height: "count",
      width: "count",
      out: "values",
      lists: "integers",
    },
  },

  /**
   * `addRows` of `Kernels` with rows of binary32, each promoted to binary64 before it is used:
   * `matrix` and `stride` count singles, `weights` and `out` values. Values that are binary32
   * numbers give the bits that they give in binary64, from half the memory.
   */
  addPromotedRows: {
    takes: {
      matrix: "singles",
      stride: "count",
      list: "integers",
      weights: "values",
      count: "count",
      size: "count",
      out: "values",
    },
  },
} as const satisfies MemberTable;

/** The inner loops of layers that run forwards, in the memory and by the rules of `Kernels`. */
export type ForwardKernels = Members<typeof FORWARD_MEMBERS>;

/** The reference, and what serves where SIMD is missing. */
export function plainForward(arena: Arena): ForwardKernels {
  return {
    convolve({ input, shifts, taps, weights, bias, groups, rowStep, height, width, out }) {
      const { values, integers } = arena;
      const plane = height * width;
      for (let channel = 0; channel < 4 * groups; channel++) {
        const group = Math.floor(channel / 4);
        const first = weights + 4 * group * taps + (channel % 4);
        for (let pixel = 0; pixel < plane; pixel++) {
          const from = input + Math.floor(pixel / width) * rowStep + (pixel % width);
          let sum = values[bias + channel];
          for (let t = 0; t < taps; t++) {
            sum += values[first + 4 * t] * values[from + integers[shifts + t]];
          }
          values[out + channel * plane + pixel] = sum;
        }
      }
    },

    addPromotedRows({ matrix, stride, list, weights, count, size, out }) {
      const { values, singles, integers } = arena;
      for (let t = 0; t < count; t++) {
        const weight = values[weights + t];
        if (weight === 0) continue;
        const row = matrix + integers[list + t] * stride;
        for (let j = 0; j < size; j++) values[out + j] += weight * singles[row + j];
      }
    },
  };
}
