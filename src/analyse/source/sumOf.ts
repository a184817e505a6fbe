import { summationError } from "../../numeric/rounding";
import { addAll, widen, type Intervals } from "../intervals";

/** All sums of a number of one interval and one of the other, widened by their rounding. */
export function sumOf(one: Intervals, other: Intervals): Intervals {
  return widen(
    addAll(one.lower, other.lower),
    addAll(one.upper, other.upper),
    (sum) => summationError(1) * Math.abs(sum),
  );
}
