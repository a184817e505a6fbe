import {
  multiplierError,
  operandsOf,
  type MultiplierTable,
} from "../../approximate/multiplierTable";
import type { Intervals } from "../intervals";
import { UNIT_ROUNDOFF } from "../../numeric/rounding";
import type { Grid } from "./grid";

/** Which factor of a table is the activation: tables need not be symmetric. */
export type OperandOrder = "activation, weight" | "weight, activation";

/**
 * What a multiplier adds to the product of an activation's code and a weight's. An unsigned table
 * multiplies the weight's size, and the sign is put to the product.
 */
export function codeError(
  table: MultiplierTable,
  operands: OperandOrder,
  activation: number,
  weight: number,
): number {
  const sign = !table.signed && weight < 0 ? -1 : 1;
  const factor = sign * weight;
  return operands === "activation, weight"
    ? sign * multiplierError(table, activation, factor)
    : sign * multiplierError(table, factor, activation);
}

/** The least and largest error of a weight's code over a run of activations' codes. */
export type ErrorRange = (
  weight: number,
  from: number,
  to: number,
) => { readonly least: number; readonly most: number };

/** For each run of 2^level codes, by its first one, the extremes within. */
interface Levels {
  readonly least: readonly Int32Array[];
  readonly most: readonly Int32Array[];
}

/** Answers `ErrorRange` for a table in two look-ups, whatever the run. */
export function createErrorRange(table: MultiplierTable, operands: OperandOrder): ErrorRange {
  const [first, last] = operandsOf(table);
  const known = new Map<number, Levels>();
  const levelsOf = (weight: number): Levels => {
    const before = known.get(weight);
    if (before !== undefined) return before;
    const errors = Int32Array.from({ length: last - first + 1 }, (_, index) =>
      codeError(table, operands, first + index, weight),
    );
    const levels = { least: pairUp(errors, Math.min), most: pairUp(errors, Math.max) };
    known.set(weight, levels);
    return levels;
  };
  return (weight, from, to) => {
    const { least, most } = levelsOf(weight);
    // Two runs of a power of two cover every other run.
    const level = 31 - Math.clz32(to - from + 1);
    const [one, other] = [from - first, to - first + 1 - 2 ** level];
    return {
      least: Math.min(least[level][one], least[level][other]),
      most: Math.max(most[level][one], most[level][other]),
    };
  };
}

function pairUp(errors: Int32Array, better: (a: number, b: number) => number): Int32Array[] {
  const levels = [errors];
  for (let half = 1; 2 * half <= errors.length; half *= 2) {
    const below = levels[levels.length - 1];
    levels.push(
      Int32Array.from({ length: below.length - half }, (_, at) =>
        better(below[at], below[at + half]),
      ),
    );
  }
  return levels;
}

/** The code of a value on a grid. */
export function codeOf({ step }: Pick<Grid, "step">, value: number): number {
  return Math.round(value / step);
}

/** The first and last code that values on a grid can have which lie in intervals. */
export function codeRange(
  grid: Grid,
  { lower, upper }: Intervals,
  place: number,
): readonly [number, number] {
  const [least, most] = [codeOf(grid, grid.min), codeOf(grid, grid.max)];
  // A multiple of the step and the quotient by it are each rounded once.
  const outward = (quotient: number): number => 8 * UNIT_ROUNDOFF * Math.abs(quotient);
  const [low, high] = [lower[place] / grid.step, upper[place] / grid.step];
  const from = Math.min(most, Math.max(least, Math.ceil(low - outward(low))));
  return [from, Math.max(from, Math.min(most, Math.floor(high + outward(high))))];
}
