import { multiplyInverse } from "./basisProducts";
import { TILE } from "../../numeric/tileKernels";
import type { Leaving } from "./chooseRow";
import { tilesOf } from "./memory";
import { AT_LOWER, AT_UPPER, type Simplex } from "./state";

/*
 * Variables that the ratio test passes go to their other bound. The free variables make up for it,
 * so that the tight rows stay tight, and both move the loose rows.
 */

/** What flips do to the leaving row. */
export interface Flipped {
  /** By how much the flips change the leaving row's activity (negative: towards feasibility). */
  relief(leaving: Leaving): number;
}

/** Flips variables to their other bound; freeEntry = what that does to the free variables. */
export function computeFlips(simplex: Simplex, flips: readonly number[]): Flipped {
  const { memory, basisCount, lower, upper, status } = simplex;
  const { size, rows, tight, free, tightColumn, freeEntry } = memory;
  if (flips.length === 0) {
    freeEntry.view.fill(0, 0, basisCount);
    return { relief: () => 0 };
  }
  const moves = flips.map((column) => {
    const width = upper[column] - lower[column];
    return status[column] === AT_UPPER ? -width : width;
  });
  for (let t = 0; t < basisCount; t++) {
    const row = tight.view[t] * size;
    let sum = 0;
    for (let index = 0; index < flips.length; index++) {
      sum -= rows.view[row + flips[index]] * moves[index];
    }
    tightColumn.view[t] = sum;
  }
  multiplyInverse(simplex, tightColumn, freeEntry);
  const relief = (leaving: Leaving): number => {
    if (leaving.kind === "variable") return leaving.side * freeEntry.view[leaving.place];
    const row = leaving.position * size;
    let sum = 0;
    flips.forEach((column, index) => (sum += rows.view[row + column] * moves[index]));
    for (let f = 0; f < basisCount; f++) sum += rows.view[row + free.view[f]] * freeEntry.view[f];
    return sum;
  };
  return { relief };
}

/** The flips, what they do to the free variables (`freeEntry`), and what both do to the slacks. */
export function moveFlips(simplex: Simplex, flips: readonly number[]): void {
  const { memory, basisCount, looseCount, lower, upper, status } = simplex;
  const loose = memory.loose.view;
  const { kernels, size, looseTiles, list, listSlope, freeEntry, rowSlope, free, slack } = memory;
  const point = memory.point.view;
  let count = 0;
  for (let f = 0; f < basisCount; f++) {
    const column = free.view[f];
    list.view[count] = column;
    listSlope.view[count++] = freeEntry.view[f];
    point[column] += freeEntry.view[f];
  }
  for (const column of flips) {
    const isUpper = status[column] === AT_UPPER;
    const width = upper[column] - lower[column];
    list.view[count] = column;
    listSlope.view[count++] = isUpper ? -width : width;
    status[column] = isUpper ? AT_LOWER : AT_UPPER;
    point[column] = isUpper ? lower[column] : upper[column];
  }
  kernels.tiles.sumTiles({
    tiles: looseTiles.at,
    stride: TILE * size,
    tileCount: tilesOf(looseCount),
    list: list.at,
    weights: listSlope.at,
    count,
    out: rowSlope.at,
  });
  for (let place = 0; place < looseCount; place++) {
    slack.view[loose[place]] -= rowSlope.view[place];
  }
}
