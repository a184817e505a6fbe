import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** The members of `ScatterKernels`. */
export const SCATTER_MEMBERS = {
  /**
   * For values and their counts beside each other: sums[2 p] += value · weight and sums[2 p + 1] +=
   * count · |weight| at every p = targets[n] + shifts[tap].
   *
   * @param pairs  a value and its count for each neuron
   */
  scatterPairs: {
    takes: {
      count: "count",
      targets: "integers",
      offsets: "integers",
      pairs: "values",
      shifts: "integers",
      taps: "count",
      weights: "values",
      sums: "values",
    },
  },

  /**
   * For values alone, and which places were added to: those whose flag is 0 are listed in the order
   * in which they are reached, and their flag becomes 1.
   *
   * @returns how many places are listed
   */
  scatterValues: {
    takes: {
      count: "count",
      targets: "integers",
      offsets: "integers",
      factors: "values",
      shifts: "integers",
      taps: "count",
      weights: "values",
      sums: "values",
      flags: "integers",
      list: "integers",
    },
    gives: "count",
  },
} as const satisfies MemberTable;

/**
 * Linear forms carried back through a convolution, neuron after neuron: neuron n adds its weights,
 * which begin at offsets[n], at targets[n] + shifts[tap]. The shifts say where each tap stands, so
 * that a kernel knows neither kernel size nor stride, dilation or channels; the picture that is
 * added to is padded as far as taps reach. Positions count values, those of lists integers; all
 * implementations give the same bits.
 */
export type ScatterKernels = Members<typeof SCATTER_MEMBERS>;

/** The same in plain TypeScript. */
export function plainScatter(arena: Arena): ScatterKernels {
  return {
    scatterPairs({ count, targets, offsets, pairs, shifts, taps, weights, sums }) {
      const { values, integers } = arena;
      for (let n = 0; n < count; n++) {
        const value = values[pairs + 2 * n];
        const size = values[pairs + 2 * n + 1];
        const own = weights + integers[offsets + n];
        for (let tap = 0; tap < taps; tap++) {
          const at = sums + 2 * (integers[targets + n] + integers[shifts + tap]);
          const weight = values[own + tap];
          values[at] += value * weight;
          values[at + 1] += size * Math.abs(weight);
        }
      }
    },

    scatterValues({ count, targets, offsets, factors, shifts, taps, weights, sums, flags, list }) {
      const { values, integers } = arena;
      let found = 0;
      for (let n = 0; n < count; n++) {
        const factor = values[factors + n];
        const own = weights + integers[offsets + n];
        for (let tap = 0; tap < taps; tap++) {
          const place = integers[targets + n] + integers[shifts + tap];
          if (integers[flags + place] === 0) {
            integers[flags + place] = 1;
            integers[list + found++] = place;
          }
          values[sums + place] += factor * values[own + tap];
        }
      }
      return found;
    },
  };
}
