import { assertNever } from "../errors";
import type { PoolPairs } from "../network/layer/windows";
import type { LinearForm } from "./linearForm";

/** One row for each loser of a window: v_winner − v_loser ≥ 0. */
export interface PairRows extends PoolPairs {
  readonly kind: "pairs";
}

/** One row for each end of a value's piece: sign · (v − knot) ≥ 0. */
export interface PieceRows {
  readonly kind: "pieces";
  readonly places: Int32Array;
  /** 1 above the knot, −1 below it. */
  readonly signs: Int8Array;
  readonly knots: Float64Array;
}

/** The rows of one layer, as slacks of the values that it reads. */
export type BlockRows = PairRows | PieceRows;

/** How many there are. */
export function rowCountOf(rows: BlockRows): number {
  return leadingPlaces(rows).length;
}

/** For each of them the place of a value in it, the first if there are several. */
export function leadingPlaces(rows: BlockRows): Int32Array {
  switch (rows.kind) {
    case "pairs":
      return rows.winners;
    case "pieces":
      return rows.places;
    default:
      return assertNever(rows);
  }
}

/** How many values each of them compares or weighs. */
export function termCountOf(rows: BlockRows): number {
  switch (rows.kind) {
    case "pairs":
      return 2;
    case "pieces":
      return 1;
    default:
      return assertNever(rows);
  }
}

/** Writes the slacks at given values into `out` from `start` on. */
export function writeSlacks(
  rows: BlockRows,
  values: Readonly<Float64Array>,
  out: Float64Array,
  start: number,
): void {
  switch (rows.kind) {
    case "pairs": {
      const { winners, losers } = rows;
      for (let index = 0; index < winners.length; index++) {
        out[start + index] = values[winners[index]] - values[losers[index]];
      }
      return;
    }
    case "pieces": {
      const { places, signs, knots } = rows;
      for (let index = 0; index < places.length; index++) {
        const beyond = values[places[index]] - knots[index];
        out[start + index] = signs[index] === 1 ? beyond : -beyond;
      }
      return;
    }
    default:
      return assertNever(rows);
  }
}

/** One slack as a form on the values. */
export function slackForm(rows: BlockRows, index: number): LinearForm {
  switch (rows.kind) {
    case "pairs":
      return { places: [rows.winners[index], rows.losers[index]], factors: [1, -1] };
    case "pieces": {
      const sign = rows.signs[index];
      const form = { places: [rows.places[index]], factors: [sign] };
      return rows.knots[index] === 0 ? form : { ...form, constant: -sign * rows.knots[index] };
    }
    default:
      return assertNever(rows);
  }
}
