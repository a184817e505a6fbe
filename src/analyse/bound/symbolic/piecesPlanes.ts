import { valueAt } from "../../../network/layer/applyStep";
import { atValue } from "../../../network/layer/perChannel";
import type { PiecesStep } from "../../../network/layer/step";
import { summationError, UNIT_ROUNDOFF } from "../../../numeric/rounding";
import type { Intervals } from "../../intervals";
import { isSameFunction } from "../../rules/piecesError";
import { lowerPlane, rectifierChord, upperPlane, type NeuronRange } from "./planes";

/*
 * Planes over and under what a step of pieces makes of values and differences. A continuous f of
 * pieces is a line and ReLUs at its knots,
 *
 *     f(v) = s_0 v + c + Σ_p (s_(p+1) − s_p) R(v − knot_p),
 *
 * so that the planes of ReLUs serve all: a factor below 0 takes the other side. Where Ñ's function
 * is another, f̃(ξ̃) − f(ξ̃) is added as an interval.
 */

/** Lines slope v + constant, one for each place. */
export interface Lines {
  readonly slope: Float64Array;
  readonly constant: Float64Array;
}

/** Planes onValue ξ + onDifference δ + constant, one for each place. */
export interface Planes {
  readonly onValue: Float64Array;
  readonly onDifference: Float64Array;
  readonly constant: Float64Array;
}

/** What holds for every place of a step: y between lines, Δ between planes. */
export interface Relaxation {
  readonly over: Lines;
  readonly under: Lines;
  /** Constants of lines under y that are parallel to those over it. */
  readonly parallel: Float64Array;
  readonly overDifference: Planes;
  readonly underDifference: Planes;
}

/** Sums of a few products of parts of f, each rounded; generously. */
const ROUNDING = summationError(64);

/** @param values  of ξ, @param differences  of δ */
export function relaxPieces(
  step: PiecesStep,
  approximatedStep: PiecesStep,
  values: Intervals,
  differences: Intervals,
): Relaxation {
  const relaxation = createRelaxation(step.size);
  const isShared = isSameFunction(step, approximatedStep);
  for (let place = 0; place < step.size; place++) {
    const range = rangeAt(values, differences, place);
    const isStill = range.alpha === 0 && range.beta === 0;
    addValueLines(step, place, range, relaxation);
    // The same value in the same function.
    if (!isShared || !isStill) addDifferencePlanes(step, place, range, relaxation);
    if (!isShared) addChange(step, approximatedStep, place, range, relaxation);
  }
  return relaxation;
}

function createRelaxation(size: number): Relaxation {
  const numbers = (): Float64Array => new Float64Array(size);
  const lines = (): Lines => ({ slope: numbers(), constant: numbers() });
  const planes = (): Planes => ({
    ...{ onValue: numbers() },
    onDifference: numbers(),
    constant: numbers(),
  });
  return {
    ...{ over: lines(), under: lines(), parallel: numbers() },
    ...{ overDifference: planes(), underDifference: planes() },
  };
}

function rangeAt(values: Intervals, differences: Intervals, place: number): NeuronRange {
  const [a, b] = [values.lower[place], values.upper[place]];
  const [alpha, beta] = [differences.lower[place], differences.upper[place]];
  return { a, b, alpha, beta, twinA: down(a + alpha), twinB: up(b + beta) };
}

function down(value: number): number {
  return value - 4 * UNIT_ROUNDOFF * Math.abs(value);
}

function up(value: number): number {
  return value + 4 * UNIT_ROUNDOFF * Math.abs(value);
}

/** The ReLUs of f at a place, as (factor, knot), without those of factor 0. */
function* kneesOf(step: PiecesStep, place: number): Generator<readonly [number, number]> {
  for (let piece = 0; piece < step.knots.length; piece++) {
    const factor =
      atValue(step.slopes[piece + 1], step.pixels, place) -
      atValue(step.slopes[piece], step.pixels, place);
    if (factor !== 0) yield [factor, atValue(step.knots[piece], step.pixels, place)];
  }
}

/** Whether f is the ReLU itself at a place, of which nothing is rounded. */
function isRectifier({ knots, slopes, intercepts, pixels }: PiecesStep, place: number): boolean {
  return (
    knots.length === 1 &&
    atValue(knots[0], pixels, place) === 0 &&
    atValue(slopes[0], pixels, place) === 0 &&
    atValue(slopes[1], pixels, place) === 1 &&
    atValue(intercepts[0], pixels, place) === 0
  );
}

/** What the roundings of the decomposition can come to, for values up to `reach`. */
function slackOf(step: PiecesStep, place: number, reach: number): number {
  if (isRectifier(step, place)) return 0;
  let scale = Math.abs(atValue(step.intercepts[0], step.pixels, place));
  for (const slope of step.slopes)
    scale += 2 * Math.abs(atValue(slope, step.pixels, place)) * reach;
  for (const [factor, knot] of kneesOf(step, place)) scale += Math.abs(factor * knot);
  return ROUNDING * scale;
}

function addValueLines(step: PiecesStep, place: number, range: NeuronRange, out: Relaxation): void {
  const { a, b } = range;
  const first = atValue(step.slopes[0], step.pixels, place);
  const shift = atValue(step.intercepts[0], step.pixels, place);
  const over = { slope: first, constant: shift };
  const under = { slope: first, constant: shift };
  let parallel = shift;
  for (const [factor, knot] of kneesOf(step, place)) {
    const [high, low] = factor > 0 ? [over, under] : [under, over];
    const [from, to] = [down(a - knot), up(b - knot)];
    const [lines, slope] = rectifierLines(from, to);
    // Any slope of 0 to 1 through the knot lies under R; R lies over 0 or v by at most b or −a.
    if (factor > 0) parallel -= factor * lines.slope * knot;
    else parallel += factor * (heightOver(from, to, slope) - slope * knot);
    high.slope += factor * lines.slope;
    high.constant += factor * (lines.constant - lines.slope * knot);
    low.slope += factor * slope;
    low.constant -= factor * slope * knot;
  }
  const slack = slackOf(step, place, Math.max(Math.abs(a), Math.abs(b)));
  out.over.slope[place] = over.slope;
  out.over.constant[place] = over.constant + slack;
  out.under.slope[place] = under.slope;
  out.under.constant[place] = under.constant - slack;
  out.parallel[place] = parallel - slack;
}

/** How far R lies over slope v on [a, b] at most, for the slope that `rectifierLines` gives. */
function heightOver(a: number, b: number, slope: number): number {
  if (b <= 0 || a >= 0) return 0;
  return slope === 1 ? -a : b;
}

/** The line over R on [a, b], and the slope of one through 0 under it. */
function rectifierLines(a: number, b: number): [{ slope: number; constant: number }, number] {
  if (b <= 0) return [{ slope: 0, constant: 0 }, 0];
  if (a >= 0) return [{ slope: 1, constant: 0 }, 1];
  return [rectifierChord(a, b), b > -a ? 1 : 0];
}

function addDifferencePlanes(
  step: PiecesStep,
  place: number,
  range: NeuronRange,
  out: Relaxation,
): void {
  const first = atValue(step.slopes[0], step.pixels, place);
  const { overDifference: over, underDifference: under } = out;
  over.onDifference[place] = first;
  under.onDifference[place] = first;
  for (const [factor, knot] of kneesOf(step, place)) {
    const shifted = knot === 0 ? range : shiftedBy(range, knot);
    const [upper, lower] = [upperPlane(shifted), lowerPlane(shifted)];
    const [high, low] = factor > 0 ? [upper, lower] : [lower, upper];
    for (const [planes, { onValue, onDifference, constant }] of [
      [over, high],
      [under, low],
    ] as const) {
      planes.onValue[place] += factor * onValue;
      planes.onDifference[place] += factor * onDifference;
      planes.constant[place] += factor * (constant - onValue * knot);
    }
  }
  const slack = slackOf(step, place, reachOf(range));
  over.constant[place] += slack;
  under.constant[place] -= slack;
}

function reachOf({ a, b, alpha, beta }: NeuronRange): number {
  return Math.max(Math.abs(a), Math.abs(b)) + 2 * Math.max(Math.abs(alpha), Math.abs(beta));
}

function shiftedBy(range: NeuronRange, knot: number): NeuronRange {
  const { a, b, twinA, twinB } = range;
  return {
    ...{ ...range, a: down(a - knot), b: up(b - knot) },
    ...{ twinA: down(twinA - knot), twinB: up(twinB - knot) },
  };
}

/** f̃ − f over ξ̃, whose ends lie at ends or knots: an interval, added to the planes. */
function addChange(
  step: PiecesStep,
  approximatedStep: PiecesStep,
  place: number,
  range: NeuronRange,
  out: Relaxation,
): void {
  const { twinA, twinB } = range;
  const knots = [step, approximatedStep].flatMap(({ knots: all, pixels }) =>
    all.map((one) => atValue(one, pixels, place)),
  );
  const changes = [twinA, twinB, ...knots.filter((knot) => knot > twinA && knot < twinB)].map(
    (value) => valueAt(approximatedStep, place, value) - valueAt(step, place, value),
  );
  const reach = reachOf(range);
  const slack = [step, approximatedStep].reduce(
    (sum, one) => sum + ROUNDING * scaleAt(one, place, reach),
    0,
  );
  out.overDifference.constant[place] += Math.max(...changes) + slack;
  out.underDifference.constant[place] += Math.min(...changes) - slack;
}

function scaleAt(step: PiecesStep, place: number, reach: number): number {
  const sum = (numbers: PiecesStep["slopes"]): number =>
    numbers.reduce<number>((all, one) => all + Math.abs(atValue(one, step.pixels, place)), 0);
  return sum(step.slopes) * reach + sum(step.intercepts);
}
