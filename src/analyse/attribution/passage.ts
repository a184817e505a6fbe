import { assertNever } from "../../errors";
import { pieceOf } from "../../network/layer/applyStep";
import { atValue } from "../../network/layer/perChannel";
import type { AffineStep, PiecesStep, Step } from "../../network/layer/step";
import { termRules } from "../../network/layer/term";
import { poolMembers } from "../../network/layer/windows";

/** How much of a difference of one value arrives. */
interface Share {
  readonly member: number;
  readonly share: number;
}

/**
 * How the difference ỹ − y of what a step reads becomes one of what it yields: the mean of Ñ's
 * derivative on the straight way from y to ỹ, a linear map. Of a ReLU it is the secant's slope, of
 * a maximum the part of the way that each member of a window is the largest on.
 *
 *     f̃(ỹ) − f̃(y) = ∫₀¹ f̃′(y + t (ỹ − y)) dt · (ỹ − y)
 */
export type Passage =
  | { readonly kind: "affine"; readonly step: AffineStep }
  | { readonly kind: "slopes"; readonly slopes: Float64Array }
  | { readonly kind: "shares"; readonly windows: readonly (readonly Share[])[] };

/**
 * @param step  Ñ's
 * @param ours  what N's step reads, of the only source of a step that is not affine
 * @param theirs  what Ñ's reads
 */
export function passageOf(
  step: Step,
  ours: Readonly<Float64Array>,
  theirs: Readonly<Float64Array>,
): Passage {
  switch (step.form) {
    case "affine":
      return { kind: "affine", step };
    case "pieces":
      return {
        kind: "slopes",
        slopes: ours.map((from, place) => meanSlope(step, place, from, theirs[place])),
      };
    case "max":
      return {
        kind: "shares",
        windows: poolMembers(step.windows).map((members) => windowShares(members, ours, theirs)),
      };
    default:
      return assertNever(step);
  }
}

/** Adds to forms on what the step reads what a form on the difference it yields is there. */
export function addPassageAdjoint(
  passage: Passage,
  gradient: Readonly<Float64Array>,
  outs: readonly Float64Array[],
): void {
  switch (passage.kind) {
    case "affine":
      passage.step.terms.forEach((term, k) => termRules(term).addAdjoint(term, gradient, outs[k]));
      break;
    case "slopes":
      gradient.forEach((factor, place) => (outs[0][place] += factor * passage.slopes[place]));
      break;
    case "shares":
      passage.windows.forEach((shares, window) => {
        for (const { member, share } of shares) outs[0][member] += gradient[window] * share;
      });
      break;
    default:
      assertNever(passage);
  }
}

/** The mean slope of a function of pieces between two values, in either order. */
export function meanSlope(step: PiecesStep, place: number, one: number, other: number): number {
  const [low, high] = one < other ? [one, other] : [other, one];
  const slopeOf = (piece: number): number => atValue(step.slopes[piece], step.pixels, place);
  const [first, last] = [pieceOf(step, place, low), pieceOf(step, place, high)];
  if (first === last) return slopeOf(first);
  // Lengths between neighbouring knots: nothing cancels, however near the two values are.
  let rise = 0;
  let from = low;
  for (let piece = first; piece <= last; piece++) {
    const to = piece === last ? high : atValue(step.knots[piece], step.pixels, place);
    rise += slopeOf(piece) * (to - from);
    from = to;
  }
  return rise / (high - low);
}

/** Which members of a window are its largest on the way from N's values to Ñ's, and how long. */
export function windowShares(
  members: Int32Array,
  ours: Readonly<Float64Array>,
  theirs: Readonly<Float64Array>,
): readonly Share[] {
  const speed = (member: number): number => theirs[member] - ours[member];
  const isAhead = (one: number, other: number): boolean =>
    ours[one] > ours[other] || (ours[one] === ours[other] && speed(one) > speed(other));
  let winner = members.reduce((best, member) => (isAhead(member, best) ? member : best));
  const shares: Share[] = [];
  for (let from = 0; from < 1;) {
    let [until, next] = [1, winner];
    for (const member of members) {
      const gain = speed(member) - speed(winner);
      if (!(gain > 0)) continue;
      const meeting = Math.max(from, (ours[winner] - ours[member]) / gain);
      const isSooner = meeting < until || (meeting === until && speed(member) > speed(next));
      if (meeting < 1 && isSooner) [until, next] = [meeting, member];
    }
    shares.push({ member: winner, share: until - from });
    [from, winner] = [until, next];
  }
  return shares;
}
