import { pieceOf, valueOnPiece } from "../../network/layer/applyStep";
import { atValue } from "../../network/layer/perChannel";
import type { PiecesStep } from "../../network/layer/step";

/*
 * Steps that are not affine, in three quantities: N's value y, the true difference r = ỹ − y of Ñ's
 * value from it, and d, the same with smooth switches:
 *
 *     r' = f̃(y + r) − f(y)        d' = s(y) d + f̃(y) − f(y),   s(y): Ñ's slopes, blended at knots
 *
 * With s in the place of Ñ's own switches, d sees what r does not show from where it stands: that a
 * difference grows when a neuron of both networks is turned on. Where a knot is far away, d' = r'.
 */

/** The switches of differences: Ñ's own, or blended over so much of a value. */
export type Switching =
  { readonly kind: "own" } | { readonly kind: "smooth"; readonly width: number };

/** What flows at a value for one input. */
export interface RowValues {
  readonly y: Float64Array;
  readonly d: Float64Array;
  readonly r: Float64Array;
  /** Forms on y and on d. */
  readonly yBack: Float64Array;
  readonly dBack: Float64Array;
}

/** The two functions of a step of pieces, N's and Ñ's. */
export interface PiecesPair {
  readonly step: PiecesStep;
  readonly approximatedStep: PiecesStep;
  readonly isShared: boolean;
}

export function runPieces(
  { step, approximatedStep, isShared }: PiecesPair,
  switching: Switching,
  from: RowValues,
  to: RowValues,
): void {
  for (let place = 0; place < step.size; place++) {
    const [y, r] = [from.y[place], from.r[place]];
    const piece = pieceOf(step, place, y);
    const value = valueOnPiece(step, place, piece, y);
    const moved = isShared ? piece : pieceOf(approximatedStep, place, y);
    const local = isShared ? 0 : valueOnPiece(approximatedStep, place, moved, y) - value;
    to.y[place] = value;
    to.r[place] = local + differenceOn(approximatedStep, place, moved, y, r);
    to.d[place] =
      switching.kind === "own"
        ? to.r[place]
        : local + blendAt(approximatedStep, place, y, switching.width).slope * from.d[place];
  }
}

/** f̃(y + r) − f̃(y) for y on a piece; nothing cancels where both lie on it. */
function differenceOn(
  step: PiecesStep,
  place: number,
  piece: number,
  y: number,
  r: number,
): number {
  const other = pieceOf(step, place, y + r);
  if (piece === other) return slopeOf(step, place, piece) * r;
  return valueOnPiece(step, place, other, y + r) - valueOnPiece(step, place, piece, y);
}

function slopeOf({ slopes, pixels }: PiecesStep, place: number, piece: number): number {
  return atValue(slopes[piece], pixels, place);
}

/** The slope at y, its change at each knot spread by a logistic function, and its derivative. */
function blendAt(
  { knots, slopes, pixels }: PiecesStep,
  place: number,
  y: number,
  width: number,
): { readonly slope: number; readonly bend: number } {
  let slope = atValue(slopes[0], pixels, place);
  let bend = 0;
  for (let knot = 0; knot < knots.length; knot++) {
    const change = atValue(slopes[knot + 1], pixels, place) - atValue(slopes[knot], pixels, place);
    const share = 1 / (1 + Math.exp((atValue(knots[knot], pixels, place) - y) / width));
    slope += change * share;
    bend += (change * share * (1 - share)) / width;
  }
  return { slope, bend };
}

export function runPiecesBack(
  { step, approximatedStep, isShared }: PiecesPair,
  switching: Switching,
  from: RowValues,
  to: RowValues,
): void {
  for (let place = 0; place < step.size; place++) {
    const [yForm, dForm] = [to.yBack[place], to.dBack[place]];
    if (yForm === 0 && dForm === 0) continue;
    const y = from.y[place];
    const own = slopeOf(step, place, pieceOf(step, place, y));
    const theirs = isShared ? own : slopeAtValue(approximatedStep, place, y);
    if (switching.kind === "own") {
      // f̃(y + r) − f(y), by y and by r.
      const slope = slopeAtValue(approximatedStep, place, y + from.r[place]);
      from.yBack[place] += own * yForm + (slope - own) * dForm;
      from.dBack[place] += slope * dForm;
    } else {
      const { slope, bend } = blendAt(approximatedStep, place, y, switching.width);
      from.yBack[place] += own * yForm + (bend * from.d[place] + theirs - own) * dForm;
      from.dBack[place] += slope * dForm;
    }
  }
}

function slopeAtValue(step: PiecesStep, place: number, value: number): number {
  return slopeOf(step, place, pieceOf(step, place, value));
}

/** A maximum over windows; with smooth switches d of all members is mixed by their softmax. */
export function runMaxima(
  windows: readonly Int32Array[],
  switching: Switching,
  from: RowValues,
  to: RowValues,
): void {
  windows.forEach((members, window) => {
    const [ours, theirs] = winnersOf(members, from);
    to.y[window] = from.y[ours];
    to.r[window] = from.r[theirs] + (from.y[theirs] - from.y[ours]);
    to.d[window] =
      switching.kind === "own"
        ? to.r[window]
        : sharesOf(members, from.y, from.y[ours], switching.width).reduce(
            (sum, share, k) => sum + share * from.d[members[k]],
            0,
          );
  });
}

export function runMaximaBack(
  windows: readonly Int32Array[],
  switching: Switching,
  from: RowValues,
  to: RowValues,
): void {
  windows.forEach((members, window) => {
    const [yForm, dForm] = [to.yBack[window], to.dBack[window]];
    if (yForm === 0 && dForm === 0) return;
    const [ours, theirs] = winnersOf(members, from);
    from.yBack[ours] += yForm;
    if (switching.kind === "own") {
      from.dBack[theirs] += dForm;
      from.yBack[theirs] += dForm;
      from.yBack[ours] -= dForm;
      return;
    }
    const { width } = switching;
    sharesOf(members, from.y, from.y[ours], width).forEach((share, k) => {
      const member = members[k];
      from.dBack[member] += share * dForm;
      from.yBack[member] += (share * (from.d[member] - to.d[window]) * dForm) / width;
    });
  });
}

/** The first of the largest members of N's values and of Ñ's. */
function winnersOf(members: Int32Array, { y, r }: RowValues): readonly [number, number] {
  let [ours, theirs] = [members[0], members[0]];
  for (const member of members) {
    if (y[member] > y[ours]) ours = member;
    if (y[member] + r[member] > y[theirs] + r[theirs]) theirs = member;
  }
  return [ours, theirs];
}

/** The softmax of a window's values, of which `most` is the largest. */
function sharesOf(
  members: Int32Array,
  y: Readonly<Float64Array>,
  most: number,
  width: number,
): Float64Array {
  const weights = Float64Array.from(members, (member) => Math.exp((y[member] - most) / width));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
