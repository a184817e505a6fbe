import { valueAt } from "../../network/layer/applyStep";
import { atValue } from "../../network/layer/perChannel";
import type { PiecesStep } from "../../network/layer/step";
import { summationError } from "../../numeric/rounding";
import { reachOf, widen, type Intervals } from "../intervals";
import type { ReluRule } from "./rule";

/** The range of f̃(ξ + d) − f(ξ) over ξ in [a, b], d in [α, β], value by value. */
export function boundPiecesError(
  step: PiecesStep,
  approximatedStep: PiecesStep,
  values: Intervals,
  errors: Intervals,
  rule: ReluRule,
): Intervals {
  const isShared = isSameFunction(step, approximatedStep);
  if (rule === "paper" && isShared && isContraction(step)) return clampErrors(errors);
  if (isShared && isRisingConvex(step)) return boundConvexError(step, values, errors);
  return boundAnyError(step, approximatedStep, values, errors);
}

/** Whether two steps make the same of every value. */
export function isSameFunction(step: PiecesStep, approximatedStep: PiecesStep): boolean {
  const plain = ({ knots, slopes, intercepts, pixels }: PiecesStep): string =>
    JSON.stringify([knots, slopes, intercepts, pixels].flat().map((part) => numbersOf(part)));
  return step === approximatedStep || plain(step) === plain(approximatedStep);
}

function numbersOf(part: number | Float64Array): readonly number[] {
  return typeof part === "number" ? [part] : Array.from(part);
}

/** Whether f never falls and never moves values further apart: d then bounds f(ξ + d) − f(ξ). */
function isContraction({ slopes }: PiecesStep): boolean {
  return slopes.flatMap(numbersOf).every((slope) => slope >= 0 && slope <= 1);
}

/** Whether f is one such as the ReLU: flat, then rising by v itself, the same everywhere. */
function isRisingConvex({ slopes, intercepts }: PiecesStep): boolean {
  return slopes.length === 2 && slopes[0] === 0 && slopes[1] === 1 && intercepts[1] === 0;
}

/** α = min(0, α'), β = max(0, β'). (paper, Eq. 12) */
function clampErrors({ lower, upper }: Intervals): Intervals {
  return {
    lower: lower.map((value) => Math.min(0, value)),
    upper: upper.map((value) => Math.max(0, value)),
  };
}

/** For a convex f that never falls the extremes lie at corners: which, the sign of d says. */
function boundConvexError(
  step: PiecesStep,
  { lower: a, upper: b }: Intervals,
  errors: Intervals,
): Intervals {
  const shift = (place: number, xi: number, d: number): number =>
    valueAt(step, place, xi + d) - valueAt(step, place, xi);
  const lower = errors.lower.map((alpha, j) => shift(j, alpha < 0 ? b[j] : a[j], alpha));
  const upper = errors.upper.map((beta, j) => shift(j, beta >= 0 ? b[j] : a[j], beta));
  // One addition and one subtraction, each rounded once.
  return widen(lower, upper, (_value, j) => {
    const xi = Math.max(Math.abs(a[j]), Math.abs(b[j]));
    return (
      2 * summationError(2) * (xi + Math.max(Math.abs(errors.lower[j]), Math.abs(errors.upper[j])))
    );
  });
}

/**
 * f̃(ξ + d) − f(ξ) is affine between the lines ξ = knot and ξ + d = knot, so its extremes over the
 * rectangle lie where two of those lines or the rectangle's edges cross.
 */
function boundAnyError(
  step: PiecesStep,
  approximatedStep: PiecesStep,
  values: Intervals,
  errors: Intervals,
): Intervals {
  const lower = new Float64Array(step.size);
  const upper = new Float64Array(step.size);
  const [xiReach, dReach] = [reachOf(values), reachOf(errors)];
  for (let place = 0; place < step.size; place++) {
    const [a, b] = [values.lower[place], values.upper[place]];
    const [alpha, beta] = [errors.lower[place], errors.upper[place]];
    const isIn = (low: number, high: number) => (value: number) => value >= low && value <= high;
    const knotsOf = ({ knots, pixels }: PiecesStep): number[] =>
      knots.map((numbers) => atValue(numbers, pixels, place));
    const theirs = knotsOf(approximatedStep);
    const upright = [a, b, ...knotsOf(step).filter(isIn(a, b))];
    const crossings = upright.flatMap((xi): [number, number][] =>
      [alpha, beta, ...theirs.map((knot) => knot - xi).filter(isIn(alpha, beta))].map((d) => [
        xi,
        d,
      ]),
    );
    const level = [alpha, beta].flatMap((d): [number, number][] =>
      theirs
        .map((knot) => knot - d)
        .filter(isIn(a, b))
        .map((xi) => [xi, d]),
    );
    const found = [...crossings, ...level].map(
      ([xi, d]) => valueAt(approximatedStep, place, xi + d) - valueAt(step, place, xi),
    );
    lower[place] = Math.min(...found);
    upper[place] = Math.max(...found);
  }
  return widen(lower, upper, (_value, place) => {
    const reach = xiReach[place] + dReach[place];
    // A crossing, a sum, two products, two sums and a difference.
    return (
      summationError(12) * (scaleOf(step, place, reach) + scaleOf(approximatedStep, place, reach))
    );
  });
}

/** The largest magnitude that comes up within f, at a place, of values up to `reach`. */
export function scaleOf(step: PiecesStep, place: number, reach: number): number {
  const largest = (numbers: PiecesStep["slopes"]): number =>
    Math.max(...numbers.map((one) => Math.abs(atValue(one, step.pixels, place))));
  return largest(step.slopes) * reach + largest(step.intercepts);
}
