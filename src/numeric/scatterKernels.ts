import type { Arena } from "./arena";
import type { Given, Members, MemberTable } from "./members";

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
    scatterPairs(given) {
      const { values } = arena;
      const { pairs, sums } = given;
      forTaps(arena, given, (n, place, weight) => {
        const at = sums + 2 * place;
        values[at] += values[pairs + 2 * n] * weight;
        values[at + 1] += values[pairs + 2 * n + 1] * Math.abs(weight);
      });
    },

    scatterValues(given) {
      const { values, integers } = arena;
      const { factors, sums, flags, list } = given;
      let found = 0;
      forTaps(arena, given, (n, place, weight) => {
        if (integers[flags + place] === 0) {
          integers[flags + place] = 1;
          integers[list + found++] = place;
        }
        values[sums + place] += values[factors + n] * weight;
      });
      return found;
    },
  };
}

/** What both take: neurons, and where their taps stand. */
type Taps = Pick<
  Given<typeof SCATTER_MEMBERS.scatterPairs>,
  "count" | "targets" | "offsets" | "shifts" | "taps" | "weights"
>;

/** Calls back for each tap of each neuron, in order: the neuron, the place, and the weight. */
function forTaps(
  { values, integers }: Arena,
  { count, targets, offsets, shifts, taps, weights }: Taps,
  visit: (neuron: number, place: number, weight: number) => void,
): void {
  for (let n = 0; n < count; n++) {
    const target = integers[targets + n];
    const own = weights + integers[offsets + n];
    for (let tap = 0; tap < taps; tap++) {
      visit(n, target + integers[shifts + tap], values[own + tap]);
    }
  }
}
