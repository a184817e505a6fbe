import { InvariantError } from "../../errors";
import type { Intervals } from "../intervals";
import { createBound, type BoundMethod } from "./bound";

/** What two methods prove together: of each value and difference what both allow. */
export function intersectBounds(one: BoundMethod, other: BoundMethod): BoundMethod {
  return (twins, box, options = {}) => {
    const [a, b] = [one(twins, box, options), other(twins, box, options)];
    const both = (ours: readonly Intervals[], theirs: readonly Intervals[]): Intervals[] =>
      ours.map((intervals, value) => common(intervals, theirs[value], value));
    const nodes = {
      values: both(a.values, b.values),
      differences: both(a.differences, b.differences),
      total: Math.min(a.total.upper, b.total.upper),
    };
    return createBound(`${a.method} ∩ ${b.method}`, twins, box, nodes, options);
  };
}

/** @throws InvariantError where two enclosures of one number have nothing in common */
function common(one: Intervals, other: Intervals, value: number): Intervals {
  const lower = one.lower.map((low, place) => Math.max(low, other.lower[place]));
  const upper = one.upper.map((high, place) => Math.min(high, other.upper[place]));
  const odd = lower.findIndex((low, place) => !(low <= upper[place]));
  if (odd === -1) return { lower, upper };
  throw new InvariantError(
    `two bounds of number ${odd} of value ${value} exclude each other: one of them is wrong; please ` +
      "report this",
  );
}
