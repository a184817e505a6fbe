import { InvariantError } from "../../errors";
import { addLoose, computeRowWeight, computeSlack, removeLoose } from "./looseRows";
import type { Simplex } from "./state";
import { unitRow } from "../violatedRows";

/**
 * Generates rows of the program at unit norm and puts them into the pool as loose ones, with their
 * slacks and steepest-edge weights. A row of zeros is not stored: it holds always ("vacuous") or
 * never ("impossible").
 *
 * @returns the first impossible row, or −1
 */
export function addRows(simplex: Simplex, indices: readonly number[], tolerance: number): number {
  const { memory } = simplex;
  const { size, poolSize } = memory;
  for (const index of indices) {
    const position = simplex.poolCount;
    if (position >= poolSize) {
      throw new InvariantError(`the pool of ${poolSize} rows is full; rows must be dropped first`);
    }
    const bound = unitRow(simplex.rows, simplex.norms, index, simplex.forOracle);
    simplex.present[index] = 1;
    simplex.rowsGenerated++;
    if (simplex.norms[index] === 0) {
      if (bound < -tolerance) return index;
      continue;
    }
    memory.rows.view.set(simplex.forOracle, position * size);
    memory.bound.view[position] = bound;
    simplex.poolRow[position] = index;
    simplex.tightPlace[position] = -1;
    simplex.poolCount++;
    addLoose(simplex, position);
    computeSlack(simplex, position);
    computeRowWeight(simplex, position);
  }
  return -1;
}

/**
 * Takes loose rows out of the pool, those with the largest slack first, until `count` are left or
 * none is loose.
 */
export function dropLooseRows(simplex: Simplex, count: number): void {
  const { slack } = simplex.memory;
  const loose = Array.from(simplex.memory.loose.view.subarray(0, simplex.looseCount));
  loose.sort((a, b) => slack.view[b] - slack.view[a] || a - b);
  const dropped = loose.slice(0, Math.max(0, simplex.poolCount - count));
  // From the back, so that the last row, which fills a gap, is never itself one to be dropped.
  for (const position of dropped.sort((a, b) => b - a)) removeRow(simplex, position);
}

/** Removes a loose row; the last row of the pool takes its place. */
function removeRow(simplex: Simplex, position: number): void {
  const { memory, tightPlace, poolRow, loosePlace } = simplex;
  const { size } = memory;
  removeLoose(simplex, position);
  const last = --simplex.poolCount;
  simplex.present[poolRow[position]] = 0;
  if (position !== last) {
    const rows = memory.rows.view;
    rows.copyWithin(position * size, last * size, (last + 1) * size);
    for (const { view } of [memory.bound, memory.slack, memory.rowWeight]) {
      view[position] = view[last];
    }
    poolRow[position] = poolRow[last];
    tightPlace[position] = tightPlace[last];
    loosePlace[position] = loosePlace[last];
    if (tightPlace[position] >= 0) memory.tight.view[tightPlace[position]] = position;
    else memory.loose.view[loosePlace[position]] = position;
  }
  tightPlace[last] = -1;
  loosePlace[last] = -1;
}
