import type { Arena } from "./arena";

/**
 * Linear forms carried back through a convolution, neuron after neuron: neuron n adds its weights,
 * which begin at offsets[n], at targets[n] + shifts[tap]. The shifts say where each tap stands, so
 * that a kernel knows neither kernel size nor stride, dilation or channels; the picture that is
 * added to is padded as far as taps reach. Positions count values, those of lists integers; all
 * implementations give the same bits.
 */
export interface ScatterKernels {
  /**
   * For values and their counts beside each other: sums[2 p] += value · weight and sums[2 p + 1] +=
   * count · |weight| at every p = targets[n] + shifts[tap].
   *
   * @param pairs  a value and its count for each neuron
   */
  scatterPairs(
    count: number,
    targets: number,
    offsets: number,
    pairs: number,
    shifts: number,
    taps: number,
    weights: number,
    sums: number,
  ): void;

  /**
   * For values alone, and which places were added to: those whose flag is 0 are listed in the order
   * in which they are reached, and their flag becomes 1.
   *
   * @returns how many places are listed
   */
  scatterValues(
    count: number,
    targets: number,
    offsets: number,
    factors: number,
    shifts: number,
    taps: number,
    weights: number,
    sums: number,
    flags: number,
    list: number,
  ): number;
}

/** The same in plain TypeScript. */
export class PlainScatter implements ScatterKernels {
  constructor(private readonly arena: Arena) {}

  scatterPairs(
    count: number,
    targets: number,
    offsets: number,
    pairs: number,
    shifts: number,
    taps: number,
    weights: number,
    sums: number,
  ): void {
    const { values, integers } = this.arena;
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
  }

  scatterValues(
    count: number,
    targets: number,
    offsets: number,
    factors: number,
    shifts: number,
    taps: number,
    weights: number,
    sums: number,
    flags: number,
    list: number,
  ): number {
    const { values, integers } = this.arena;
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
  }
}
