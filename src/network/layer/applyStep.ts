import { assertNever, InvariantError } from "../../errors";
import { atValue } from "./perChannel";
import type { AffineStep, PiecesStep, Step } from "./step";
import { termRules } from "./term";
import { poolWinners } from "./windows";

/** What a pattern says of one layer: pieces or winners, or nothing where it is affine. */
export type Switches = Uint8Array | Int32Array | undefined;

/**
 * What a step makes of its sources' values. With `switches`, pieces and windows do what those say
 * instead of what the values say: an affine map.
 *
 * @throws InvariantError if there are switches for a step that is affine by itself
 */
export function applyStep(
  step: Step,
  inputs: readonly Readonly<Float64Array>[],
  out: Float64Array,
  switches?: Switches,
): void {
  switch (step.form) {
    case "affine":
      if (switches !== undefined) throw new InvariantError("an affine layer has nothing to switch");
      applyAffine(step, inputs, out);
      break;
    case "pieces":
      applyPieces(step, inputs[0], out, switches);
      break;
    case "max": {
      const winners = switches ?? poolWinners(step.windows, inputs[0]);
      for (let index = 0; index < out.length; index++) out[index] = inputs[0][winners[index]];
      break;
    }
    default:
      assertNever(step);
  }
}

function applyAffine(
  { terms, bias }: AffineStep,
  inputs: readonly Readonly<Float64Array>[],
  out: Float64Array,
): void {
  if (bias === undefined) out.fill(0);
  terms.forEach((term, source) => {
    const { write, add } = termRules(term);
    if (source === 0 && bias !== undefined) write(term, bias, inputs[source], out);
    else add(term, inputs[source], out);
  });
}

/** The piece that a value at a place lies on. */
export function pieceOf({ knots, pixels }: PiecesStep, place: number, value: number): number {
  let piece = 0;
  while (piece < knots.length && !(value < atValue(knots[piece], pixels, place))) piece++;
  return piece;
}

/** What a piece makes of a value; a constant piece makes the same of anything. */
export function valueOnPiece(
  step: PiecesStep,
  place: number,
  piece: number,
  value: number,
): number {
  const slope = atValue(step.slopes[piece], step.pixels, place);
  const intercept = atValue(step.intercepts[piece], step.pixels, place);
  return slope === 0 ? intercept : slope * value + intercept;
}

/** What a step of pieces makes of a value at a place. */
export function valueAt(step: PiecesStep, place: number, value: number): number {
  return valueOnPiece(step, place, pieceOf(step, place, value), value);
}

function applyPieces(
  step: PiecesStep,
  values: Readonly<Float64Array>,
  out: Float64Array,
  switches: Switches,
): void {
  if (isUniformPair(step)) {
    applyPair(step, values, out, switches);
    return;
  }
  for (let place = 0; place < out.length; place++) {
    const value = values[place];
    const piece = switches === undefined ? pieceOf(step, place, value) : switches[place];
    out[place] = valueOnPiece(step, place, piece, value);
  }
}

/** Two pieces, the same for every value: a ReLU, above all. */
interface UniformPair extends PiecesStep {
  readonly knots: readonly [number];
  readonly slopes: readonly [number, number];
  readonly intercepts: readonly [number, number];
}

function isUniformPair(step: PiecesStep): step is UniformPair {
  const { knots, slopes, intercepts } = step;
  return knots.length === 1 && [...knots, ...slopes, ...intercepts].every(isNumber);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

/** The same as value by value, without the questions in the loop. */
function applyPair(
  { knots: [knot], slopes, intercepts }: UniformPair,
  values: Readonly<Float64Array>,
  out: Float64Array,
  switches: Switches,
): void {
  const [below, above] = slopes;
  const [atBelow, atAbove] = intercepts;
  if (below === 0 && atBelow === 0 && above === 1 && atAbove === 0) {
    applyRectifier(knot, values, out, switches);
    return;
  }
  for (let place = 0; place < out.length; place++) {
    const value = values[place];
    const isAbove = switches === undefined ? !(value < knot) : switches[place] === 1;
    if (isAbove) out[place] = above === 0 ? atAbove : above * value + atAbove;
    else out[place] = below === 0 ? atBelow : below * value + atBelow;
  }
}

/** The same for values that are either kept or 0. */
function applyRectifier(
  knot: number,
  values: Readonly<Float64Array>,
  out: Float64Array,
  switches: Switches,
): void {
  if (switches === undefined) {
    for (let place = 0; place < out.length; place++) {
      out[place] = values[place] < knot ? 0 : values[place] + 0;
    }
    return;
  }
  for (let place = 0; place < out.length; place++) {
    out[place] = switches[place] === 1 ? values[place] + 0 : 0;
  }
}

/** The piece of each value; a ReLU's without the questions in the loop. */
function piecesOf(step: PiecesStep, input: Readonly<Float64Array>): Uint8Array {
  const pieces = new Uint8Array(input.length);
  if (isUniformPair(step)) {
    const [knot] = step.knots;
    for (let place = 0; place < pieces.length; place++) pieces[place] = input[place] < knot ? 0 : 1;
    return pieces;
  }
  for (let place = 0; place < pieces.length; place++) {
    pieces[place] = pieceOf(step, place, input[place]);
  }
  return pieces;
}

/** What the values of its source say of a step: pieces, winners, or nothing. */
export function switchesOf(step: Step, input: Readonly<Float64Array>): Switches {
  switch (step.form) {
    case "affine":
      return undefined;
    case "pieces":
      return piecesOf(step, input);
    case "max":
      return poolWinners(step.windows, input);
    default:
      return assertNever(step);
  }
}

/**
 * out_k += the form on source k that a form on the step's values is, along switches: the step's
 * transposed matrix. Values that several layers read get back the sum of what each gives.
 */
export function addAdjoint(
  step: Step,
  switches: Switches,
  gradient: Readonly<Float64Array>,
  outs: readonly Float64Array[],
): void {
  switch (step.form) {
    case "affine":
      step.terms.forEach((term, k) => termRules(term).addAdjoint(term, gradient, outs[k]));
      break;
    case "pieces":
      for (let place = 0; place < gradient.length; place++) {
        if (gradient[place] === 0) continue;
        outs[0][place] += gradient[place] * slopeAt(step, switches, place);
      }
      break;
    case "max":
      for (let index = 0; index < gradient.length; index++) {
        outs[0][given(switches)[index]] += gradient[index];
      }
      break;
    default:
      assertNever(step);
  }
}

/** The slope of the piece that a place is on. */
export function slopeAt(step: PiecesStep, switches: Switches, place: number): number {
  return atValue(step.slopes[given(switches)[place]], step.pixels, place);
}

/** @throws InvariantError where a pattern says nothing of a step that needs it */
export function given(switches: Switches): Uint8Array | Int32Array {
  if (switches === undefined) throw new InvariantError("the pattern says nothing of this layer");
  return switches;
}
