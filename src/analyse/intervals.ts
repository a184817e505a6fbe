/** One interval per value, lower ends first. */
export interface Intervals {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Lower ends moved down and upper ends moved up by an allowance ≥ 0. */
export function widen(
  lower: Float64Array,
  upper: Float64Array,
  allowance: (value: number, index: number) => number,
): Intervals {
  return {
    lower: lower.map((value, index) => value - allowance(value, index)),
    upper: upper.map((value, index) => value + allowance(value, index)),
  };
}

/** The sum of arrays, value by value, in their order. */
export function addAll(...arrays: readonly Readonly<Float64Array>[]): Float64Array {
  return arrays[0].map((first, index) => {
    let sum = first;
    for (let other = 1; other < arrays.length; other++) sum += arrays[other][index];
    return sum;
  });
}

/** The largest magnitude within each interval. */
export function reachOf({ lower, upper }: Intervals): Float64Array {
  return lower.map((value, index) => Math.max(Math.abs(value), Math.abs(upper[index])));
}
