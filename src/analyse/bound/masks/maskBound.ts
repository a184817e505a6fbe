import { summationError } from "../../../numeric/rounding";
import { withMargin } from "../symbolic/forms";
import { rectifierChord } from "../symbolic/planes";
import type { Intervals } from "../../intervals";
import type { MaskProblem } from "./maskProblem";

/** What is decided of a place: Δ = 0, Δ = δ, or nothing. */
export const NONE = 0;
export const ALL = 1;
export const OPEN = 2;

/** Decisions on the places that bend, and a multiplier ≥ 0 for what each of them says of ξ. */
export interface Decisions {
  readonly masks: Uint8Array;
  readonly multipliers: Float64Array;
}

/** A mask problem with what its relaxation needs, and memory to evaluate it in. */
export interface MaskRelaxation extends MaskProblem {
  /** A mask may be 1 only where ξ is at least `least`, and 0 only where it is at most `most`. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Of δ, for all masks that the conditions allow, not only for those of the twins. */
  readonly free: Intervals;
  /** Chords over max(0, δ) and under min(0, δ). */
  readonly over: { readonly slope: Float64Array; readonly constant: Float64Array };
  readonly under: { readonly slope: Float64Array; readonly constant: Float64Array };
  /** How large the sum of the magnitudes of each row can be: what its roundings are relative to. */
  readonly scale: Float64Array;
  readonly work: Work;
}

/** Memory of one form at a time. */
export interface Work {
  /** Factors on all rows, and on y and Δ of all places, of the form at work. */
  readonly factors: Float64Array;
  readonly onValue: Float64Array;
  readonly onDifference: Float64Array;
  readonly onInput: Float64Array;
  /** The relaxed networks at the form's best input. */
  readonly input: Float64Array;
  readonly value: Float64Array;
  readonly relaxed: Float64Array;
  readonly slopes: Float64Array;
  readonly shifts: Float64Array;
}

/**
 * The largest that the form with `work.factors` can be under decisions: y and Δ of open places
 * give way to their lines, places from the last to the first, and the inputs to their corner.
 * Multipliers μ ≥ 0 add μ (ξ − least) or μ (most − ξ), which is at least 0. Overwrites the factors.
 */
export function boundForm(problem: MaskRelaxation, decisions: Decisions): number {
  const { count, work, inputs, constant, error, scale } = problem;
  const { factors, onValue, onDifference, onInput } = work;
  for (const numbers of [onValue, onDifference, onInput]) numbers.fill(0);
  const sums = { constant: 0, error: 0, scale: 0 };
  const addRow = (row: number): void => {
    const factor = factors[row];
    if (factor === 0) return;
    addTimes(problem.onInputs.data, row * onInput.length, factor, onInput);
    addTimes(problem.onValues.data, row * count, factor, onValue);
    addTimes(problem.onDifferences.data, row * count, factor, onDifference);
    sums.constant += factor * constant[row];
    sums.error += Math.abs(factor) * error[row];
    sums.scale += Math.abs(factor) * scale[row];
  };
  for (let row = 0; row < factors.length; row++) addRow(row);
  for (let place = count - 1; place >= 0; place--) {
    relaxPlace(problem, decisions, place, sums);
    addRow(place);
    addRow(count + place);
  }
  let largest = 0;
  for (let input = 0; input < onInput.length; input++) {
    largest += onInput[input] * inputs.middle[input];
    largest += Math.abs(onInput[input]) * inputs.spread[input];
  }
  const rounding = summationError(8 * (onInput.length + 4 * count + factors.length) + 64);
  const scales = sums.scale + Math.abs(sums.constant) + Math.abs(largest);
  return sums.constant + largest + withMargin(sums.error + rounding * scales);
}

/** y and Δ of a place give way to factors on its ξ and δ. */
function relaxPlace(
  { count, work, least, most, values, free, over, under }: MaskRelaxation,
  { masks, multipliers }: Decisions,
  place: number,
  sums: { constant: number; scale: number },
): void {
  const [p, q] = [work.onValue[place], work.onDifference[place]];
  const [mask, multiplier] = [masks[place], multipliers[place]];
  const a = Math.max(values.lower[place], mask === ALL ? least[place] : -Infinity);
  const b = Math.min(values.upper[place], mask === NONE ? most[place] : Infinity);
  const line = lineOf(a, b, p > 0);
  let onXi = p * line.slope;
  let shift = p * line.constant;
  if (mask === ALL) {
    onXi += multiplier;
    shift -= multiplier * least[place];
  } else if (mask === NONE) {
    onXi -= multiplier;
    shift += multiplier * most[place];
  }
  const chord = q > 0 ? over : under;
  const onDelta = mask === OPEN ? q * chord.slope[place] : mask === ALL ? q : 0;
  if (mask === OPEN) shift += q * chord.constant[place];
  sums.constant += shift;
  sums.scale += (Math.abs(p) + multiplier) * (reachAt(values, place) + Math.abs(line.constant));
  sums.scale += multiplier * (Math.abs(least[place]) + Math.abs(most[place]));
  sums.scale += Math.abs(q) * (reachAt(free, place) + Math.abs(chord.constant[place]));
  sums.scale += Math.abs(sums.constant);
  work.slopes[place] = line.slope;
  work.shifts[place] = line.constant;
  work.factors[place] = onXi;
  work.factors[count + place] = onDelta;
}

/** A line over R, or under it, on [a, b]. */
function lineOf(a: number, b: number, isOver: boolean): { slope: number; constant: number } {
  if (a >= 0) return { slope: 1, constant: 0 };
  if (b <= 0) return { slope: 0, constant: 0 };
  return isOver ? rectifierChord(a, b) : { slope: b > -a ? 1 : 0, constant: 0 };
}

/** ξ of all places, in the networks relaxed as they were for the last form, at its best input. */
export function relaxedValues({ count, work, ...problem }: MaskRelaxation): Float64Array {
  const { input, onInput, value, relaxed, slopes, shifts } = work;
  const { middle, spread } = problem.inputs;
  for (let at = 0; at < input.length; at++) {
    input[at] = middle[at] + (onInput[at] < 0 ? -spread[at] : spread[at]);
  }
  for (let place = 0; place < count; place++) {
    value[place] =
      problem.constant[place] +
      dot(problem.onInputs.data, place * input.length, input, input.length) +
      dot(problem.onValues.data, place * count, relaxed, place);
    relaxed[place] = slopes[place] * value[place] + shifts[place];
  }
  return value;
}

function addTimes(data: Float64Array, start: number, factor: number, out: Float64Array): void {
  for (let at = 0; at < out.length; at++) out[at] += factor * data[start + at];
}

function dot(data: Float64Array, start: number, x: Float64Array, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at++) sum += data[start + at] * x[at];
  return sum;
}

export function reachAt({ lower, upper }: Intervals, place: number): number {
  return Math.max(Math.abs(lower[place]), Math.abs(upper[place]));
}
