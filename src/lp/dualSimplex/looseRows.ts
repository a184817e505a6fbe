import { multiplyPool } from "./basisProducts";
import { TILE } from "../../numeric/tileKernels";
import { expressRow, squaredNorm } from "./expressRow";
import type { Simplex } from "./state";

/*
 * The pool's loose rows: those that may become tight next. At every iteration all their slacks and
 * steepest-edge weights change, for which their columns of every free variable are read. Therefore
 * they are kept in single precision, which is enough to choose a row; the slack of the chosen
 * one is then computed anew from the pool's own row, and all slacks whenever the basis is refined.
 *
 * Loose rows fill the first places of `looseTiles` without gaps.
 */

/** Gives a pool row that is not tight a place among the loose ones. */
export function addLoose(simplex: Simplex, position: number): void {
  const { memory } = simplex;
  const { size, rows, looseTiles } = memory;
  const place = simplex.looseCount++;
  memory.loose.view[place] = position;
  simplex.loosePlace[position] = place;
  const start = position * size;
  const from = rows.view;
  const to = looseTiles.view;
  const first = firstOf(size, place);
  for (let column = 0; column < size; column++) to[first + column * TILE] = from[start + column];
}

/** Takes a row's place among the loose ones away; the last one moves there. */
export function removeLoose(simplex: Simplex, position: number): void {
  const { memory, loosePlace } = simplex;
  const loose = memory.loose.view;
  const place = loosePlace[position];
  loosePlace[position] = -1;
  const last = --simplex.looseCount;
  if (place === last) return;
  const { size } = memory;
  const tiles = memory.looseTiles.view;
  const to = firstOf(size, place);
  const from = firstOf(size, last);
  for (let at = 0; at < size * TILE; at += TILE) tiles[to + at] = tiles[from + at];
  loose[place] = loose[last];
  loosePlace[loose[place]] = place;
}

/** Where the row at a place among the loose ones begins in `looseTiles`. */
function firstOf(size: number, place: number): number {
  const lane = place % TILE;
  return (place - lane) * size + lane;
}

/** Slacks of all pool rows from the rows themselves: bound − rows · point. */
export function computeSlacks(simplex: Simplex): void {
  const { memory, poolCount } = simplex;
  const { point, slack, bound, activity } = memory;
  multiplyPool(simplex, point, activity);
  for (let position = 0; position < poolCount; position++) {
    slack.view[position] = bound.view[position] - activity.view[position];
  }
}

/** The same for one row. */
export function computeSlack({ memory }: Simplex, position: number): number {
  const { kernels, size, rows, point, slack, bound, activity } = memory;
  kernels.matrix.multiply({
    matrix: rows.at + position * size,
    stride: size,
    rows: 1,
    columns: size,
    x: point.at,
    out: activity.at,
  });
  return (slack.view[position] = bound.view[position] - activity.view[0]);
}

/** The steepest-edge weight of a loose row: 1 + ‖w‖² with w as in `expressRow`. */
export function computeRowWeight(simplex: Simplex, position: number): void {
  const { memory, basisCount } = simplex;
  expressRow(simplex, position);
  memory.rowWeight.view[position] = 1 + squaredNorm(memory.tightEntry.view, basisCount);
}
