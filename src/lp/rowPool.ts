import { InvariantError } from "../errors";
import type { Region } from "./region";
import { unitRow } from "./violatedRows";

/**
 * Generates rows of the program at unit norm and puts them into the pool as loose ones, with their slacks and
 * steepest-edge weights. A row of zeros is not stored: it holds always ("vacuous") or never ("impossible").
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
    const row = memory.rows.view.subarray(position * size, (position + 1) * size);
    const bound = unitRow(region.rows, region.norms, index, row);
    region.present[index] = 1;
    region.rowsGenerated++;
    if (region.norms[index] === 0) {
      if (bound < -tolerance) return index;
      continue;
    }
    const columns = memory.columns.view;
    const point = memory.point.view;
    let slack = bound;
    for (let column = 0; column < size; column++) {
      columns[column * poolSize + position] = row[column];
      slack -= row[column] * point[column];
    }
    memory.bound.view[position] = bound;
    memory.slack.view[position] = slack;
    region.poolRow[position] = index;
    region.tightPlace[position] = -1;
    region.poolCount++;
    expressRow(region, position);
    memory.rowWeight.view[position] = 1 + squaredNorm(memory.tightEntry.view, region.basisCount);
  }
  return -1;
}

/**
 * tightEntry = (free coefficients of a pool row) · inverse: the row as a combination of the tight rows,
 * as far as the free variables go.
 */
export function expressRow(region: Region, position: number): void {
  const { memory, basisCount } = region;
  const { kernels, size, freeEntry, tightEntry, free, inverse, identity, rows } = memory;
  for (let place = 0; place < basisCount; place++) {
    freeEntry.view[place] = rows.view[position * size + free.view[place]];
  }
  tightEntry.view.fill(0, 0, basisCount);
  kernels.addRows(
    inverse.at,
    memory.basisSize,
    identity.at,
    freeEntry.at,
    basisCount,
    basisCount,
    tightEntry.at,
  );
}

/** Takes loose rows out of the pool, those with the largest slack first, until `count` are left or none is loose. */
export function dropLooseRows(region: Region, count: number): void {
  const { slack } = region.memory;
  const loose: number[] = [];
  for (let position = 0; position < region.poolCount; position++) {
    if (region.tightPlace[position] < 0) loose.push(position);
  }
  loose.sort((a, b) => slack.view[b] - slack.view[a] || a - b);
  const dropped = loose.slice(0, Math.max(0, region.poolCount - count));
  // From the back, so that the last row, which fills a gap, is never itself one to be dropped.
  for (const position of dropped.sort((a, b) => b - a)) removeRow(region, position);
}

/** Removes a loose row; the last row of the pool takes its place. */
function removeRow(region: Region, position: number): void {
  const { memory, tightPlace, poolRow } = region;
  const { size, poolSize } = memory;
  const last = --region.poolCount;
  region.present[poolRow[position]] = 0;
  if (position !== last) {
    const rows = memory.rows.view;
    rows.copyWithin(position * size, last * size, (last + 1) * size);
    const columns = memory.columns.view;
    for (let column = 0; column < size; column++) {
      columns[column * poolSize + position] = columns[column * poolSize + last];
    }
    for (const { view } of [memory.bound, memory.slack, memory.rowWeight]) {
      view[position] = view[last];
    }
    poolRow[position] = poolRow[last];
    tightPlace[position] = tightPlace[last];
    if (tightPlace[position] >= 0) memory.tight.view[tightPlace[position]] = position;
  }
  tightPlace[last] = -1;
}

export function squaredNorm(values: Readonly<Float64Array>, count: number): number {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += values[index] * values[index];
  return sum;
}
