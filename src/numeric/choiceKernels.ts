import type { Arena } from "./arena";
import type { Members, MemberTable } from "./members";

/** Statuses of variables that stand at a bound, as `collectBreakpoints` knows them. */
export const STANDS_LOWER = 0;
export const STANDS_UPPER = 1;

/** The members of `ChoiceKernels`. */
export const CHOICE_MEMBERS = {
  /**
   * The breakpoints of a ratio test among `size` variables. At its upper bound a variable has value
   * = its entry and cost = its reduced cost, at its lower bound both are negated; at none
   * (another status) it is no breakpoint. It is one if value > smallest and cost ≤ reach · value:
   * then its ratio max(cost / value, 0), its value and its index are written to the ends of three
   * lists that hold `found` already.
   *
   * @returns how many they hold now
   */
  collectBreakpoints: {
    takes: {
      status: "integers",
      entries: "values",
      costs: "values",
      size: "count",
      smallest: "number",
      reach: "number",
      ratios: "values",
      sizes: "values",
      indices: "integers",
      found: "count",
    },
    gives: "count",
  },

  /**
   * The first place in the list of rows with the largest slack² / weight above `least` among those
   * with a slack below −tolerance; −1 if there is none.
   */
  mostViolated: {
    takes: {
      slacks: "values",
      weights: "values",
      list: "integers",
      count: "count",
      tolerance: "number",
      least: "number",
    },
    gives: "count",
  },

  /**
   * For every row of the list, with ratio = slope / entry: slack −= step · slope, and its weight
   * becomes max(its weight − 2 · ratio · cross + ratio² · `weight`, 1).
   */
  moveSlacks: {
    takes: {
      slacks: "values",
      weights: "values",
      list: "integers",
      count: "count",
      slopes: "singles",
      crosses: "singles",
      step: "number",
      entry: "number",
      weight: "number",
    },
  },
} as const satisfies MemberTable;

/**
 * What the dual simplex engine chooses its pivots by. Positions count values of the memory, those
 * of lists and statuses integers, those of slopes and crosses singles; all implementations give the
 * same bits.
 */
export type ChoiceKernels = Members<typeof CHOICE_MEMBERS>;

/** The same in plain TypeScript. */
export function plainChoices(arena: Arena): ChoiceKernels {
  return {
    collectBreakpoints({
      status,
      entries,
      costs,
      size,
      smallest,
      reach,
      ratios,
      sizes,
      indices,
      found,
    }) {
      const { values, integers } = arena;
      let count = found;
      for (let column = 0; column < size; column++) {
        const stands = integers[status + column];
        if (stands !== STANDS_LOWER && stands !== STANDS_UPPER) continue;
        const side = stands === STANDS_UPPER ? 1 : -1;
        const value = side * values[entries + column];
        const cost = side * values[costs + column];
        if (!(cost <= reach * value && value > smallest)) continue;
        const quotient = cost / value;
        values[ratios + count] = quotient > 0 ? quotient : 0;
        values[sizes + count] = value;
        integers[indices + count++] = column;
      }
      return count;
    },

    mostViolated({ slacks, weights, list, count, tolerance, least }) {
      const { values, integers } = arena;
      let best = least;
      let place = -1;
      for (let index = 0; index < count; index++) {
        const slack = values[slacks + integers[list + index]];
        if (!(slack < -tolerance)) continue;
        const score = (slack * slack) / values[weights + integers[list + index]];
        if (!(score > best)) continue;
        best = score;
        place = index;
      }
      return place;
    },

    moveSlacks({ slacks, weights, list, count, slopes, crosses, step, entry, weight }) {
      const { values, singles, integers } = arena;
      for (let index = 0; index < count; index++) {
        const row = integers[list + index];
        const slope = singles[slopes + index];
        values[slacks + row] -= step * slope;
        const ratio = slope / entry;
        const before = values[weights + row];
        const changed = before - 2 * ratio * singles[crosses + index] + ratio * ratio * weight;
        values[weights + row] = changed > 1 ? changed : 1;
      }
    },
  };
}
