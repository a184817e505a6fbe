import { given, slopeAt, valueAt } from "../../network/layer/applyStep";
import { atValue } from "../../network/layer/perChannel";
import type { PiecesStep } from "../../network/layer/step";
import { summationError } from "../../numeric/rounding";
import type { PieceRows } from "../blockRows";
import { reachOf, widen, type Intervals } from "../intervals";
import { addTo, move } from "../magnified";
import { addEntry } from "../sparseForm";
import { boundPiecesError, scaleOf } from "./piecesError";
import type { StepRules } from "./rule";

/** Elementwise steps of few affine pieces; the pattern is each value's piece. */
export const piecesRules: StepRules<PiecesStep> = {
  bound: boundPieces,
  boundError: ({ step, approximatedStep, values: [values], errors: [errors] }, _local, rule) =>
    boundPiecesError(step, approximatedStep, values, errors, rule),
  rows: pieceRows,
  carrySparse(step, switches, { touched, values, count }, [out]) {
    for (let index = 0; index < count; index++) {
      const place = touched[index];
      const slope = slopeAt(step, switches, place);
      if (slope !== 0) addEntry(out, place, slope === 1 ? values[place] : values[place] * slope);
    }
  },
  carry(step, switches, form, [out], constant) {
    const pieces = given(switches);
    let constants = 0;
    form.magnitude.forEach((magnitude, place) => {
      const slope = slopeAt(step, switches, place);
      if (slope === 1) move(form, place, out, place);
      else if (slope !== 0) addTo(out, place, form, place, slope);
      const intercept = atValue(step.intercepts[pieces[place]], step.pixels, place);
      if (intercept === 0 || magnitude === 0) return;
      constants++;
      addTo(constant, 0, form, place, intercept);
    });
    return (isExact(step) ? 0 : 1) + constants;
  },
};

/** The ends of f over an interval lie at its ends or at knots within. */
function boundPieces(step: PiecesStep, [input]: readonly Intervals[]): Intervals {
  const lower = new Float64Array(step.size);
  const upper = new Float64Array(step.size);
  for (let place = 0; place < step.size; place++) {
    const values = [input.lower[place], input.upper[place]].map((v) => valueAt(step, place, v));
    for (const knots of step.knots) {
      const knot = atValue(knots, step.pixels, place);
      const isWithin = knot > input.lower[place] && knot < input.upper[place];
      if (isWithin) values.push(valueAt(step, place, knot));
    }
    lower[place] = Math.min(...values);
    upper[place] = Math.max(...values);
  }
  if (isExact(step)) return { lower, upper };
  const reach = reachOf(input);
  // One product and one sum.
  return widen(
    lower,
    upper,
    (_value, place) => summationError(3) * scaleOf(step, place, reach[place]),
  );
}

/** Whether computing f rounds nothing: every piece is v, −v or a constant. */
export function isExact({ slopes, intercepts }: PiecesStep): boolean {
  return slopes.every((slope, piece) => {
    if (slope === 0) return true;
    return (slope === 1 || slope === -1) && intercepts[piece] === 0;
  });
}

/** One row for each end of each value's piece: of a ReLU −ξ ≤ 0 if active, ξ ≤ 0 if saturated. */
function pieceRows(step: PiecesStep, switches: Parameters<typeof given>[0]): PieceRows {
  const pieces = given(switches);
  const last = step.knots.length;
  let count = 0;
  for (let place = 0; place < pieces.length; place++) {
    count += (pieces[place] > 0 ? 1 : 0) + (pieces[place] < last ? 1 : 0);
  }
  const places = new Int32Array(count);
  const signs = new Int8Array(count);
  const knots = new Float64Array(count);
  let row = 0;
  for (let place = 0; place < pieces.length; place++) {
    const piece = pieces[place];
    if (piece > 0) {
      places[row] = place;
      signs[row] = 1;
      knots[row++] = atValue(step.knots[piece - 1], step.pixels, place);
    }
    if (piece < last) {
      places[row] = place;
      signs[row] = -1;
      knots[row++] = atValue(step.knots[piece], step.pixels, place);
    }
  }
  return { kind: "pieces", places, signs, knots };
}

/**
 * Whether no value is smaller than those of the first piece, the same for all places: then nothing
 * need be said of a value on it.
 */
export function hasFloor({ slopes, intercepts }: PiecesStep): boolean {
  const isRising = slopes.every((slope) => typeof slope === "number" && slope >= 0);
  return isRising && slopes[0] === 0 && typeof intercepts[0] === "number";
}
