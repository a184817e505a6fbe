import { UNIT_ROUNDOFF } from "../../../numeric/rounding";
import type { Intervals } from "../../intervals";
import type { Planes, Relaxation } from "./piecesPlanes";

/*
 * Planes in pairs that are parallel, one above and one below: what lies between them is the middle
 * one and an unknown of known size. Unlike single planes they do not depend on the sign of a
 * coefficient, so that rows that have gone through them may be added up afterwards.
 */

/** y = slope ξ + constant ± spread, and Δ = onValue ξ + onDifference δ + constant ± spread. */
export interface Strips {
  readonly slope: Float64Array;
  readonly constant: Float64Array;
  readonly spread: Float64Array;
  readonly difference: Planes & { readonly spread: Float64Array };
}

/** More than a few roundings of a few numbers. */
const ROUNDING = 64 * UNIT_ROUNDOFF;

/** Between two numbers of each place: their middle and what is on either side of it. */
export function stripBetween(
  upper: Float64Array,
  lower: Float64Array,
): { middle: Float64Array; spread: Float64Array } {
  const middle = upper.map((high, place) => high / 2 + lower[place] / 2);
  const spread = upper.map((high, place) =>
    high === lower[place]
      ? 0
      : Math.max(high - middle[place], middle[place] - lower[place]) +
        ROUNDING * (Math.abs(high) + Math.abs(lower[place])),
  );
  return { middle, spread };
}

/**
 * What the planes of a step of pieces leave: the chord over y and its parallel, and the middle
 * between the planes over and under Δ with half of what they lie apart at most.
 *
 * @param values  of ξ, @param differences  of δ
 */
export function stripsOf(
  { over, under, parallel, overDifference: above, underDifference: below }: Relaxation,
  values: Intervals,
  differences: Intervals,
): Strips {
  const isOneLine = (place: number): boolean =>
    over.slope[place] === under.slope[place] && over.constant[place] === under.constant[place];
  const lowest = parallel.map((low, place) => (isOneLine(place) ? over.constant[place] : low));
  const { middle: constant, spread } = stripBetween(over.constant, lowest);
  const between = (one: Float64Array, other: Float64Array): Float64Array =>
    one.map((value, place) => value / 2 + other[place] / 2);
  return {
    ...{ slope: over.slope, constant, spread },
    difference: {
      onValue: between(above.onValue, below.onValue),
      onDifference: between(above.onDifference, below.onDifference),
      constant: between(above.constant, below.constant),
      spread: halfGaps(above, below, values, differences),
    },
  };
}

/** Half of what planes lie apart at most, rounded up; 0 where both are one. */
function halfGaps(
  over: Planes,
  under: Planes,
  values: Intervals,
  differences: Intervals,
): Float64Array {
  return over.constant.map((constant, place) => {
    const u = over.onValue[place] - under.onValue[place];
    const v = over.onDifference[place] - under.onDifference[place];
    const w = constant - under.constant[place];
    if (u === 0 && v === 0 && w === 0) return 0;
    const [a, b] = [values.lower[place], values.upper[place]];
    const [alpha, beta] = [differences.lower[place], differences.upper[place]];
    const gap = Math.max(u * a, u * b) + Math.max(v * alpha, v * beta) + w;
    const size = (planes: Planes): number =>
      Math.abs(planes.onValue[place]) * Math.max(Math.abs(a), Math.abs(b)) +
      Math.abs(planes.onDifference[place]) * Math.max(Math.abs(alpha), Math.abs(beta)) +
      Math.abs(planes.constant[place]);
    return Math.max(0, gap / 2) + ROUNDING * (size(over) + size(under));
  });
}
