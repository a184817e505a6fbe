import { UNIT_ROUNDOFF } from "../../../numeric/rounding";
import { reachOf, type Intervals } from "../../intervals";

/** Intervals by middles and half widths: [lower, upper] ⊆ [middle − spread, middle + spread]. */
export interface Middles {
  readonly middle: Float64Array;
  readonly spread: Float64Array;
  /** The largest magnitude of each. */
  readonly reach: Float64Array;
}

export function middlesOf(intervals: Intervals): Middles {
  const { lower, upper } = intervals;
  const middle = lower.map((low, place) => low / 2 + upper[place] / 2);
  const spread = middle.map(
    (value, place) =>
      Math.max(upper[place] - value, value - lower[place]) * (1 + 4 * UNIT_ROUNDOFF),
  );
  return { middle, spread, reach: reachOf(intervals) };
}
