import { UNIT_ROUNDOFF } from "../../../numeric/rounding";

/*
 * Planes over and under Δ = R(ξ + δ) − R(ξ), what becomes of a difference at a ReLU, for a neuron
 * whose ξ, δ and ξ̃ = ξ + δ lie in known intervals. A plane u ξ + v δ + w holds for every such ξ
 * and δ, in real arithmetic: slopes are rounded towards the safe side, constants outwards.
 */

/** u ξ + v δ + w. */
export interface Plane {
  readonly onValue: number;
  readonly onDifference: number;
  readonly constant: number;
}

/** ξ in [a, b], δ in [alpha, beta] and ξ + δ in [twinA, twinB]. */
export interface NeuronRange {
  readonly a: number;
  readonly b: number;
  readonly alpha: number;
  readonly beta: number;
  readonly twinA: number;
  readonly twinB: number;
}

/** A few roundings, one after another, upwards and downwards. */
const UP = 1 + 8 * UNIT_ROUNDOFF;
const DOWN = 1 - 8 * UNIT_ROUNDOFF;

/** More than what products lose that fall below the smallest number. */
const TINY = 2 ** -1000;

const plane = (onValue: number, onDifference: number, constant: number): Plane => ({
  onValue,
  onDifference,
  constant,
});

const ZERO = plane(0, 0, 0);
const DIFFERENCE = plane(0, 1, 0);
const TWIN = plane(1, 1, 0);
const MINUS_VALUE = plane(-1, 0, 0);

/**
 * Upper planes, each valid alone; which there are depends on where ξ and ξ̃ may lie:
 *
 *     ξ          ξ̃          Δ              planes
 *     dead       dead       0              0
 *     active     active     δ              δ
 *     dead       active     ξ + δ          ξ + δ
 *     active     dead       −ξ             −ξ
 *     dead       unstable   R(ξ̃)           the chord of R over ξ̃; that of R(b + δ) over δ
 *     active     unstable   δ + R(−ξ̃)      the chord over ξ̃ less ξ; δ + that of R(−a − δ) over δ
 *     unstable   dead       −R(ξ)          0; −ξ
 *     unstable   active     ξ̃ − R(ξ)       ξ + δ; δ
 *     unstable   unstable                  `overDifference`, `overValue`, and its mirror image
 *
 * A value that can only be 0 or less is dead, else one that can only be 0 or more is active.
 */
export function upperPlanes(range: NeuronRange): readonly Plane[] {
  const { a, b, twinA, twinB } = range;
  const [isDead, isTwinDead] = [b <= 0, twinB <= 0];
  const [isActive, isTwinActive] = [!isDead && a >= 0, !isTwinDead && twinA >= 0];
  if (isDead) {
    if (isTwinDead) return [ZERO];
    return isTwinActive ? [TWIN] : [twinChord(range), differenceChord(range, b, 1)];
  }
  if (isActive) {
    if (isTwinDead) return [MINUS_VALUE];
    if (isTwinActive) return [DIFFERENCE];
    const { onDifference, constant } = twinChord(range);
    // λ − 1 is rounded once, and multiplied by ξ.
    const less = plane(onDifference - 1, onDifference, constant + 2 * UNIT_ROUNDOFF * b);
    const { onDifference: slope, constant: shift } = differenceChord(range, -a, -1);
    return [less, plane(0, 1 + slope, shift + 2 * UNIT_ROUNDOFF * reach(range))];
  }
  if (isTwinDead) return [ZERO, MINUS_VALUE];
  if (isTwinActive) return [TWIN, DIFFERENCE];
  return [overDifference(range), overValue(range), overMirrored(range)];
}

/** The upper plane that is lowest in the middle; the first among equals. */
export function upperPlane(range: NeuronRange): Plane {
  const xi = range.a + (range.b - range.a) / 2;
  const delta = range.alpha + (range.beta - range.alpha) / 2;
  const inTheMiddle = ({ onValue, onDifference, constant }: Plane): number =>
    onValue * xi + onDifference * delta + constant;
  return upperPlanes(range).reduce((best, next) =>
    inTheMiddle(next) < inTheMiddle(best) ? next : best,
  );
}

/**
 * Lower planes: with N and Ñ exchanged Δ(ξ, δ) = −Δ(ξ̃, −δ), so an upper plane (u, v, w) there says
 * Δ ≥ −u (ξ + δ) + v δ − w.
 */
export function lowerPlanes(range: NeuronRange): readonly Plane[] {
  return upperPlanes(exchanged(range)).map((upper) => lowerOf(upper, range));
}

/** The lower plane that belongs to the upper plane chosen with N and Ñ exchanged. */
export function lowerPlane(range: NeuronRange): Plane {
  return lowerOf(upperPlane(exchanged(range)), range);
}

function exchanged({ a, b, alpha, beta, twinA, twinB }: NeuronRange): NeuronRange {
  return { a: twinA, b: twinB, alpha: -beta, beta: -alpha, twinA: a, twinB: b };
}

function lowerOf({ onValue: u, onDifference: v, constant: w }: Plane, range: NeuronRange): Plane {
  const isExact = u === 0 || v === 0 || u === v;
  const slack = isExact ? 0 : 2 * UNIT_ROUNDOFF * reach(range);
  return plane(0 - u, v - u, 0 - w - slack);
}

/** The largest |δ|, twice: slopes are at most 2. */
function reach({ alpha, beta }: NeuronRange): number {
  return 2 * Math.max(Math.abs(alpha), Math.abs(beta));
}

/** The chord of R over ξ̃. */
function twinChord({ twinA, twinB }: NeuronRange): Plane {
  const { slope, constant } = rectifierChord(twinA, twinB);
  return plane(slope, slope, constant);
}

/** A line over R on [a, b], where a < 0 < b: through its ends, but for rounding. */
export function rectifierChord(a: number, b: number): { slope: number; constant: number } {
  const slope = Math.min(1, b / (b - a));
  return { slope, constant: Math.max(-slope * a, (1 - slope) * b) * UP + TINY };
}

/** The chord over δ of R(offset + sign δ), which is convex. */
function differenceChord({ alpha, beta }: NeuronRange, offset: number, sign: 1 | -1): Plane {
  const [atAlpha, atBeta] = [alpha, beta].map((delta) => Math.max(0, offset + sign * delta));
  const rise = (atBeta - atAlpha) / (beta - alpha);
  // An interval that is a point, or nearly, has a level line.
  const slope = Number.isFinite(rise) ? Math.max(-1, Math.min(1, rise)) : 0;
  const constant = Math.max(atAlpha - slope * alpha, atBeta - slope * beta);
  const scale = Math.abs(offset) + Math.abs(alpha) + Math.abs(beta);
  return plane(0, slope, constant + 8 * UNIT_ROUNDOFF * scale + TINY);
}

/** Δ ≤ max(0, δ), convex in δ: its chord. */
function overDifference({ alpha, beta }: NeuronRange): Plane {
  if (alpha >= 0) return DIFFERENCE;
  if (beta <= 0) return ZERO;
  const { slope, constant } = rectifierChord(alpha, beta);
  return plane(0, slope, constant);
}

/**
 * Δ ≤ R(ξ + β) − R(ξ). With β > 0 that is convex for ξ ≤ 0, and β above: the chord on [a, 0]. With
 * β ≤ 0 it is at most 0 for ξ ≤ 0 and max(β, −ξ) above: the chord on [0, b].
 */
function overValue({ a, b, beta }: NeuronRange): Plane {
  if (beta > 0) {
    // At a the chord must not lie below R(a + β): a smaller slope only lifts it there.
    const slope = beta >= -a ? 1 : (beta / -a) * DOWN;
    return plane(slope, 0, beta);
  }
  return plane(beta <= -b ? -1 : (beta / b) * DOWN, 0, 0);
}

/** Δ = δ + Δ(−ξ, −δ): `overValue` of the mirrored neuron. */
function overMirrored({ a, b, alpha, beta, twinA, twinB }: NeuronRange): Plane {
  const mirrored = overValue({
    ...{ a: -b, b: -a, alpha: -beta, beta: -alpha },
    ...{ twinA: -twinB, twinB: -twinA },
  });
  return plane(0 - mirrored.onValue, 1, mirrored.constant);
}
