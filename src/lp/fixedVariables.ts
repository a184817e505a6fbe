import { ROW_FEASIBILITY } from "../numeric/tolerance";
import { measureViolation } from "./certificate";
import type { FramedRows, FrameOffer } from "./framedRows";
import {
  objectiveValue,
  type BoxProgram,
  type Engine,
  type RowEntries,
  type RowOracle,
  type SolveOutcome,
} from "./program";

/*
 * Variables whose bounds meet are constants. With y = (f, z), z the fixed ones,
 *
 *     A_f f  ≤  b − A_z z,        cost  c_f · f + (constant + c_z · z).
 *
 * They keep their places, with no cost and no coefficients and bounds as wide as another's: where
 * variables form a picture, rows lie in frames of it, and a picture with holes has no frames. The
 * numbering of rows stays, so that multipliers are multipliers of the program as it was given, by
 * which they are judged.
 */

/** A program for engines, and what makes of their outcomes those of the program given. */
export interface FreeProgram {
  readonly program: BoxProgram;
  restore(outcome: SolveOutcome): SolveOutcome;
}

/** The program without its fixed variables; itself if there are none. */
export function withoutFixed(program: BoxProgram): FreeProgram {
  const { lower, upper, cost, feasible } = program;
  const fixed = fixedVariables(program);
  if (fixed.length === 0) return { program, restore: (outcome) => outcome };
  const widest = lower.reduce((most, low, column) => Math.max(most, upper[column] - low), 0);
  const replaced = (values: Readonly<Float64Array>, by: number): Float64Array => {
    const copy = Float64Array.from(values);
    for (const column of fixed) copy[column] = by;
    return copy;
  };
  const whole = (point: Readonly<Float64Array>): Float64Array => {
    const copy = Float64Array.from(point);
    for (const column of fixed) copy[column] = lower[column];
    return copy;
  };
  const atFixed = fixed.reduce((sum, column) => sum + cost[column] * lower[column], 0);
  const free: BoxProgram = {
    size: program.size,
    cost: replaced(cost, 0),
    constant: program.constant + atFixed,
    lower: replaced(lower, 0),
    upper: replaced(upper, widest),
    rows: freeRows(program.rows, fixed, lower, whole),
    ...(feasible === undefined ? {} : { feasible: replaced(feasible, widest / 2) }),
  };
  const restore = (outcome: SolveOutcome): SolveOutcome =>
    outcome.kind === "infeasible" || outcome.point === undefined
      ? outcome
      : { ...outcome, point: whole(outcome.point) };
  return { program: free, restore };
}

function fixedVariables({ lower, upper }: BoxProgram): readonly number[] {
  const fixed: number[] = [];
  lower.forEach((low, column) => {
    if (low === upper[column]) fixed.push(column);
  });
  return fixed;
}

/** Whether all variables are fixed. */
export function isPoint({ lower, upper }: BoxProgram): boolean {
  return lower.every((low, column) => low === upper[column]);
}

/**
 * Looks at the one point there is. A row that it violates by more than `ROW_FEASIBILITY` proves
 * that there is none.
 */
export const ONLY_POINT: Engine = {
  name: "none",
  solve(program) {
    const point = Float64Array.from(program.lower);
    const { row, worstRow } = measureViolation(program, point);
    if (row > ROW_FEASIBILITY) {
      return { kind: "infeasible", multipliers: [{ row: worstRow, value: 1 }], iterations: 0 };
    }
    const value = objectiveValue(program, point);
    return { kind: "optimal", point, value, multipliers: [], iterations: 0, rowsGenerated: 0 };
  },
};

/**
 * The rows with constants for the fixed variables. Norms of the given rows would be too large, and
 * rows alike but for their frames' places no longer are; `combine` serves certificates alone, which
 * are about the program given.
 */
function freeRows(
  rows: RowOracle,
  fixed: readonly number[],
  values: Readonly<Float64Array>,
  whole: (point: Readonly<Float64Array>) => Float64Array,
): RowOracle {
  const isFixed = new Uint8Array(values.length);
  for (const column of fixed) isFixed[column] = 1;
  const entries = rows.entries?.bind(rows);
  return {
    rowCount: rows.rowCount,
    slacks: (point, out) => rows.slacks(whole(point), out),
    row(index, out) {
      let bound = rows.row(index, out);
      for (const column of fixed) {
        bound -= out[column] * values[column];
        out[column] = 0;
      }
      return bound;
    },
    ...(entries === undefined
      ? {}
      : { entries: (index) => freeEntries(entries(index), isFixed, values) }),
    first: rows.first?.bind(rows),
    alike: rows.alike?.bind(rows),
    ...(rows.frames === undefined ? {} : { frames: freeFrames(rows.frames, isFixed) }),
  };
}

/** Entries without those of fixed variables, in arrays of their own. */
function freeEntries(
  { columns, values, count, bound }: RowEntries,
  isFixed: Readonly<Uint8Array>,
  at: Readonly<Float64Array>,
): RowEntries {
  const kept = { columns: new Int32Array(count), values: new Float64Array(count) };
  let [size, rest] = [0, bound];
  for (let entry = 0; entry < count; entry++) {
    const column = columns[entry];
    if (isFixed[column] === 1) {
      rest -= values[entry] * at[column];
      continue;
    }
    kept.columns[size] = column;
    kept.values[size++] = values[entry];
  }
  return { ...kept, count: size, bound: rest };
}

function freeFrames(offer: FrameOffer, isFixed: Readonly<Uint8Array>): FrameOffer {
  const { picture, shapes } = offer;
  const { height, width, channels } = picture;
  const isFree = (pixel: number, channel: number): boolean =>
    isFixed[channel * height * width + pixel] === 0;
  const open = (): FramedRows => {
    const rows = offer.open();
    return {
      framed: rows.framed.map((block) => ({ ...block, alike: undefined })),
      dense: rows.dense,
      writeFrame(row, out, at, pitch) {
        rows.writeFrame(row, out, at, pitch);
        const block = rows.framed.find(({ start, count }) => row < start + count && row >= start);
        if (block === undefined) return;
        const { corners, shape, start } = block;
        for (let r = 0; r < shapes[shape].height; r++) {
          for (let c = 0; c < shapes[shape].width; c++) {
            const pixel = corners[row - start] + r * width + c;
            const place = at + r * pitch + c * channels;
            for (let channel = 0; channel < channels; channel++) {
              if (!isFree(pixel, channel)) out[place + channel] = 0;
            }
          }
        }
      },
      writeDense(row, out) {
        rows.writeDense(row, out);
        for (let pixel = 0; pixel < height * width; pixel++) {
          for (let channel = 0; channel < channels; channel++) {
            if (!isFree(pixel, channel)) out[pixel * channels + channel] = 0;
          }
        }
      },
    };
  };
  return { picture, shapes, open };
}
