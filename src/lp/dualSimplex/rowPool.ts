import { InvariantError } from "../../errors";
import { addLoose, computeRowWeight, computeSlack, removeLoose } from "./looseRows";
import type { Region } from "./state";
import { unitRow } from "../violatedRows";

/**
 * Generates rows of the program at unit norm and puts them into the pool as loose ones, with their
 * slacks and steepest-edge weights. A row of zeros is not stored: it holds always ("vacuous") or
 * never ("impossible").
 *
 * @returns the first impossible row, or −1
 */
export function addRows(region: Region, indices: readonly number[], tolerance: number): number {
  const { memory } = region;
  const { size, poolSize } = memory;
  for (const index of indices) {
    const position = region.poolCount;
    if (position >= poolSize) {
      throw new InvariantError(`the pool of ${poolSize} rows is full; rows must be dropped first`);
    }
    const bound = unitRow(region.rows, region.norms, index, region.forOracle);
    region.present[index] = 1;
    region.rowsGenerated++;
    if (region.norms[index] === 0) {
      if (bound < -tolerance) return index;
      continue;
    }
    memory.rows.view.set(region.forOracle, position * size);
    memory.bound.view[position] = bound;
    region.poolRow[position] = index;
    region.tightPlace[position] = -1;
    region.poolCount++;
    addLoose(region, position);
    computeSlack(region, position);
    computeRowWeight(region, position);
  }
  return -1;
}

/**
 * Takes loose rows out of the pool, those with the largest slack first, until `count` are left or
 * none is loose.
 */
export function dropLooseRows(region: Region, count: number): void {
  const { slack } = region.memory;
  const loose = Array.from(region.loose.subarray(0, region.looseCount));
  loose.sort((a, b) => slack.view[b] - slack.view[a] || a - b);
  const dropped = loose.slice(0, Math.max(0, region.poolCount - count));
  // From the back, so that the last row, which fills a gap, is never itself one to be dropped.
  for (const position of dropped.sort((a, b) => b - a)) removeRow(region, position);
}

/** Removes a loose row; the last row of the pool takes its place. */
function removeRow(region: Region, position: number): void {
  const { memory, tightPlace, poolRow, loose, loosePlace } = region;
  const { size } = memory;
  removeLoose(region, position);
  const last = --region.poolCount;
  region.present[poolRow[position]] = 0;
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
    else loose[loosePlace[position]] = position;
  }
  tightPlace[last] = -1;
  loosePlace[last] = -1;
}
