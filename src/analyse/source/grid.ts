import { ArgumentError } from "../../errors";
import { summationError, UNIT_ROUNDOFF } from "../../numeric/rounding";
import type { Intervals } from "../intervals";

/**
 * A fixed-point grid: the multiples of `step` from `min` to `max`. A value is rounded to the
 * nearest, halves to even, and one outside is clipped to the end.
 */
export interface Grid {
  readonly step: number;
  readonly min: number;
  readonly max: number;
}

/** @throws ArgumentError unless the step is above 0 and the ends are multiples of it, in order */
export function checkGrid({ step, min, max }: Grid): void {
  const areNumbers = [step, min, max].every((value) => Number.isFinite(value));
  if (areNumbers && step > 0 && min <= max && isMultiple(min, step) && isMultiple(max, step)) {
    return;
  }
  throw new ArgumentError(
    `no grid of step ${step} from ${min} to ${max}: expected a step above 0 and two multiples of it, ` +
      "the lower one first",
  );
}

function isMultiple(value: number, step: number): boolean {
  const nearest = Math.round(value / step);
  // Decimals are no numbers of binary64: 0.3 is a multiple of 0.1 as far as both can be written.
  const isNear = Math.abs(step * nearest - value) <= 4 * UNIT_ROUNDOFF * Math.abs(value);
  return Number.isSafeInteger(nearest) && isNear;
}

/** The value on the grid that a number is rounded to. */
export function roundToGrid({ step, min, max }: Grid, value: number): number {
  if (!(value > min)) return min;
  if (!(value < max)) return max;
  return Math.min(max, Math.max(min, step * roundHalfToEven(value / step)));
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  const above = value - floor;
  if (above !== 0.5) return above < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * What rounding to a grid moves values by that lie in intervals: half a step at most and, of those
 * beyond an end, by how far they are beyond it.
 *
 *     q(v) − v ≥ min(−step/2, max − v),   q(v) − v ≤ max(step/2, min − v),   q never falls
 */
export function gridError(grid: Grid, { lower, upper }: Intervals): Intervals {
  const { step, min, max } = grid;
  const half = step / 2;
  const low = new Float64Array(lower.length);
  const high = new Float64Array(lower.length);
  for (let place = 0; place < lower.length; place++) {
    const [from, to] = [lower[place], upper[place]];
    const least = Math.max(roundToGrid(grid, from) - to, Math.min(-half, max - to));
    const most = Math.min(roundToGrid(grid, to) - from, Math.max(half, min - from));
    // A quotient, a product and a difference, each rounded once, of numbers up to this size.
    const reach = Math.max(Math.abs(from), Math.abs(to), Math.abs(min), Math.abs(max), step);
    const allowance = summationError(4) * reach;
    low[place] = least - allowance;
    high[place] = most + allowance;
  }
  return { lower: low, upper: high };
}
