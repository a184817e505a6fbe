import { ArgumentError } from "../../errors";
import type { Scale } from "./scale";

/** Values counted in bins that all series of a panel share. */
export interface Bins {
  /** Ends of the bins, one more than there are bins, rising. */
  readonly edges: Float64Array;
  /** For each series one count per bin. */
  readonly counts: readonly Float64Array[];
  /** Values that no bin can hold: NaN, infinities, and on a log scale zero and below. */
  readonly leftOut: number;
}

/**
 * Counts several series in common bins of equal width, or of equal ratio on a log scale. A value on
 * an edge falls in the bin above it, the largest value in the last.
 *
 * @throws ArgumentError if no value can be binned, or the count of bins is not a whole number above
 *   0
 */
export function binValues(
  series: readonly ArrayLike<number>[],
  binCount: number,
  scale: Scale = "linear",
): Bins {
  if (!Number.isInteger(binCount) || binCount < 1) {
    throw new ArgumentError(`a histogram needs a whole number of bins above 0, found ${binCount}`);
  }
  const forward = scale === "log" ? Math.log : (value: number): number => value;
  let lower = Infinity;
  let upper = -Infinity;
  let leftOut = 0;
  for (const values of series) {
    for (let i = 0; i < values.length; i++) {
      const position = forward(values[i] ?? NaN);
      if (!Number.isFinite(position)) leftOut++;
      else {
        lower = Math.min(lower, position);
        upper = Math.max(upper, position);
      }
    }
  }
  if (lower === Infinity) {
    throw new ArgumentError(
      `a histogram needs a finite value${scale === "log" ? " above 0, for its axis is logarithmic" : ""}; found none`,
    );
  }
  if (lower === upper) [lower, upper] = widen(lower, scale);
  const width = (upper - lower) / binCount;
  const counts = series.map((values) => {
    const count = new Float64Array(binCount);
    for (let i = 0; i < values.length; i++) {
      const position = forward(values[i] ?? NaN);
      if (!Number.isFinite(position)) continue;
      const bin = Math.min(binCount - 1, Math.floor((position - lower) / width));
      count[bin] = (count[bin] ?? 0) + 1;
    }
    return count;
  });
  const back = scale === "log" ? Math.exp : (value: number): number => value;
  const edges = Float64Array.from({ length: binCount + 1 }, (_, i) => back(lower + i * width));
  return { edges, counts, leftOut };
}

/** A single value still needs an interval around it. */
function widen(value: number, scale: Scale): [number, number] {
  const half = scale === "log" ? 0.1 : Math.max(Math.abs(value) * 0.1, Number.MIN_VALUE * 2 ** 60);
  return [value - half, value + half];
}
