import type { FramedRows } from "../framedRows";
import type { Layout } from "./layout";
import { DENSE_NEAR, DENSE_SHARE, NEAR_SHARE, VIOLATION } from "./parameters";
import type { WorkingSet } from "./workingSet";

/** What pricing needs of a solve. */
export interface PricingParts {
  readonly set: WorkingSet;
  readonly layout: Layout;
  readonly framed: FramedRows;
  /** Slacks of all rows at the feasible point, and at the current one. */
  readonly atStart: Readonly<Float64Array>;
  readonly slacks: Readonly<Float64Array>;
  /** What one is in the program's variables, in the method's. */
  readonly scale: number;
}

/**
 * Adds the rows that the point has come near to: those whose distance is below NEAR_SHARE of how
 * far the point has moved within their frame, and dense ones likewise by their slacks.
 */
export function addNearRows(parts: PricingParts, v: Readonly<Float64Array>): void {
  const { set, layout, framed, atStart, slacks, scale } = parts;
  const moves = layout.shapes.map((_, shape) => movesOf(layout, shape, v));
  for (const block of framed.framed) {
    const { start, count, norms, corners } = block;
    const moved = moves[block.shape];
    for (let index = 0; index < count; index++) {
      const row = start + index;
      const near = NEAR_SHARE * moved[corners[index]] * scale;
      if (set.present[row] === 1 || !(slacks[row] < near * norms[index])) continue;
      // The guess of a norm may be too large: the slack at the point, over the true norm, decides.
      const before = set.count;
      const distance = set.addFramed(block, row, atStart[row], Infinity);
      if (distance < 0) continue;
      if (!(slacks[row] < near * set.norms[before])) set.dropLast();
    }
  }
  for (const { start, count } of framed.dense) {
    for (let row = start; row < start + count; row++) {
      if (set.present[row] === 1) continue;
      const isNear = slacks[row] < Math.min(DENSE_SHARE * atStart[row], DENSE_NEAR);
      if (isNear) set.addDense(row, atStart[row], Infinity);
    }
  }
}

/** Adds the rows that are violated. */
export function addViolatedRows({ set, framed, atStart, slacks }: PricingParts): void {
  for (const block of framed.framed) {
    const { start, count, norms } = block;
    for (let index = 0; index < count; index++) {
      const row = start + index;
      if (set.present[row] === 1 || !(slacks[row] < -VIOLATION * norms[index])) continue;
      set.addFramed(block, row, atStart[row], Infinity);
    }
  }
  for (const { start, count } of framed.dense) {
    for (let row = start; row < start + count; row++) {
      if (set.present[row] === 0 && slacks[row] < -VIOLATION) {
        set.addDense(row, atStart[row], Infinity);
      }
    }
  }
}

/** For each pixel, how far v goes within the frame of a shape whose first corner is there. */
function movesOf(layout: Layout, shape: number, v: Readonly<Float64Array>): Float64Array {
  const { size, line, channels } = layout;
  const { lines, width } = layout.shapes[shape];
  const moves = new Float64Array(size / channels);
  for (let pixel = 0; pixel < moves.length; pixel++) {
    const corner = pixel * channels;
    // Corners whose frame would leave the picture are nobody's.
    if (corner + (lines - 1) * line + width > size) break;
    let sum = 0;
    for (let r = 0; r < lines; r++) {
      const from = corner + r * line;
      for (let c = 0; c < width; c++) sum += v[from + c] * v[from + c];
    }
    moves[pixel] = Math.sqrt(sum);
  }
  return moves;
}
