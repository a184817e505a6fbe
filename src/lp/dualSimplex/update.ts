import { assertNever } from "../../errors";
import { PIVOT_DISAGREEMENT, SMALLEST_PIVOT } from "../../numeric/tolerance";
import { TILE } from "../../numeric/tileKernels";
import { squaredNorm } from "./expressRow";
import type { Leaving } from "./chooseRow";
import type { Entering, RatioTest } from "./chooseColumn";
import { computeFlips, moveFlips } from "./flips";
import { AT_LOWER, AT_UPPER, type Simplex } from "./state";
import { multiplyInverse } from "./basisProducts";
import { growBasis, replaceFreeVariable, replaceTightRow, shrinkBasis } from "./basisInverse";
import { tilesOf } from "./memory";

/** Least weight of a free variable: below it the recurrence has lost all digits. */
const SMALLEST_WEIGHT = 1e-8;

/** Whether the step was taken, or refused because the pivot is too small or known too badly. */
export type PivotResult = "done" | "refused";

/**
 * Carries out one iteration whose leaving row stands in `pivotRow` and `tightEntry`: flips, the
 * step of the entering variable that repairs the leaving row, the dual step, the steepest-edge
 * weights and the basis. When it refuses, nothing has changed.
 */
export function pivot(simplex: Simplex, leaving: Leaving, test: RatioTest): PivotResult {
  const { entering } = test;
  if (entering === undefined || !(entering.size >= SMALLEST_PIVOT)) return "refused";
  computeDirection(simplex, entering);
  const entry = enteringEntry(simplex, entering);
  const seen = entryThroughColumn(simplex, leaving, entering);
  if (!(Math.abs(seen - entry) <= PIVOT_DISAGREEMENT * (1 + Math.abs(entry)))) return "refused";

  const weight =
    (leaving.kind === "row" ? 1 : 0) +
    squaredNorm(simplex.memory.tightEntry.view, simplex.basisCount);
  const flipped = computeFlips(simplex, test.flips);
  const step = -(leaving.violation + flipped.relief(leaving)) / entry;
  movePoint(simplex, leaving, entering, test, { entry, step, weight });
  moveDual(simplex, entering.step);
  changeBasis(simplex, leaving, entering, { entry, step, weight: weight / (entry * entry) });
  return "done";
}

/** The numbers of one exchange. */
export interface Step {
  /**
   * Entry of the pivot row at the entering variable (for a slack: how the leaving row changes with
   * it).
   */
  readonly entry: number;
  /** How far the entering variable moves. */
  readonly step: number;
  readonly weight: number;
}

/**
 * freeColumn: how much each free variable shrinks per unit of the entering one. freeCross = inverse
 * · tightEntry.
 */
export function computeDirection(simplex: Simplex, entering: Entering): void {
  const { memory, basisCount } = simplex;
  const { kernels, inverse, basisSize, size, rows, tight } = memory;
  const { tightEntry, tightColumn, freeColumn, freeCross } = memory;
  if (entering.kind === "slack") {
    for (let f = 0; f < basisCount; f++) {
      freeColumn.view[f] = inverse.view[f * basisSize + entering.index];
    }
    multiplyInverse(simplex, tightEntry, freeCross);
    return;
  }
  for (let t = 0; t < basisCount; t++) {
    tightColumn.view[t] = rows.view[tight.view[t] * size + entering.index];
  }
  kernels.matrix.multiplyTwice({
    matrix: inverse.at,
    stride: basisSize,
    rows: basisCount,
    columns: basisCount,
    a: tightColumn.at,
    b: tightEntry.at,
    outA: freeColumn.at,
    outB: freeCross.at,
  });
}

/** What the leaving row, as `computePivotRow` wrote it, has at what enters. */
export function enteringEntry({ memory }: Simplex, { kind, index }: Entering): number {
  switch (kind) {
    case "variable":
      return memory.pivotRow.view[index];
    case "slack":
      return -memory.tightEntry.view[index];
    default:
      return assertNever(kind);
  }
}

/** The same entry as the entering column has it: their difference shows how good the inverse is. */
function entryThroughColumn(simplex: Simplex, leaving: Leaving, entering: Entering): number {
  const { memory, basisCount } = simplex;
  const { rows, size, free, freeColumn } = memory;
  if (leaving.kind === "variable") return -leaving.side * freeColumn.view[leaving.place];
  const start = leaving.position * size;
  let sum = entering.kind === "variable" ? rows.view[start + entering.index] : 0;
  for (let f = 0; f < basisCount; f++) {
    sum -= rows.view[start + free.view[f]] * freeColumn.view[f];
  }
  return sum;
}

/**
 * Moves all variables and the slacks of the loose rows, and brings the steepest-edge weights up to
 * date.
 */
function movePoint(
  simplex: Simplex,
  leaving: Leaving,
  entering: Entering,
  { flips }: RatioTest,
  change: Step,
): void {
  const { memory } = simplex;
  const { kernels, size, looseTiles, list, listSlope, listCross, rowSlope, rowCross } = memory;
  if (flips.length > 0) moveFlips(simplex, flips);
  const count = moveAlongDirection(simplex, entering, change);
  kernels.tiles.sumTilesTwice({
    tiles: looseTiles.at,
    stride: TILE * size,
    tileCount: tilesOf(simplex.looseCount),
    list: list.at,
    a: listSlope.at,
    b: listCross.at,
    count,
    outA: rowSlope.at,
    outB: rowCross.at,
  });
  moveSlacks(simplex, change);
  if (leaving.kind === "row") memory.slack.view[leaving.position] = 0;
}

/**
 * Free and entering variables; lists them with their slopes and cross terms, and returns how many
 * they are.
 */
function moveAlongDirection(
  simplex: Simplex,
  entering: Entering,
  { entry, step, weight }: Step,
): number {
  const { memory, basisCount, columnWeight } = simplex;
  const list = memory.list.view;
  const listSlope = memory.listSlope.view;
  const listCross = memory.listCross.view;
  const freeColumn = memory.freeColumn.view;
  const freeCross = memory.freeCross.view;
  const free = memory.free.view;
  const point = memory.point.view;
  for (let f = 0; f < basisCount; f++) {
    const column = free[f];
    const slope = -freeColumn[f];
    const ratio = slope / entry;
    const changed = columnWeight[column] - 2 * ratio * freeCross[f] + ratio * ratio * weight;
    columnWeight[column] = changed > SMALLEST_WEIGHT ? changed : SMALLEST_WEIGHT;
    list[f] = column;
    listSlope[f] = slope;
    listCross[f] = freeCross[f];
    point[column] += step * slope;
  }
  if (entering.kind === "slack") return basisCount;
  list[basisCount] = entering.index;
  listSlope[basisCount] = 1;
  listCross[basisCount] = 0;
  point[entering.index] += step;
  return basisCount + 1;
}

/** Slacks and weights of the loose rows, from `rowSlope` and `rowCross`. */
function moveSlacks({ memory, looseCount }: Simplex, { entry, step, weight }: Step): void {
  const { kernels, slack, rowWeight, loose, rowSlope, rowCross } = memory;
  kernels.choices.moveSlacks({
    slacks: slack.at,
    weights: rowWeight.at,
    list: loose.at,
    count: looseCount,
    slopes: rowSlope.at,
    crosses: rowCross.at,
    step,
    entry,
    weight,
  });
}

/** Multipliers and reduced costs after the dual step. */
function moveDual({ memory, basisCount }: Simplex, step: number): void {
  if (step === 0) return;
  const { kernels, size, identity, factor } = memory;
  const { multiplier, tightEntry, reduced, pivotRow } = memory;
  factor.view[0] = -step;
  const subtract = (from: number, row: number, count: number): void => {
    kernels.matrix.addRows({
      matrix: row,
      stride: size,
      list: identity.at,
      weights: factor.at,
      count: 1,
      size: count,
      out: from,
    });
  };
  subtract(multiplier.at, tightEntry.at, basisCount);
  subtract(reduced.at, pivotRow.at, size);
}

/** Exchanges what leaves for what enters; `weight` is that of the entering one. */
export function changeBasis(
  simplex: Simplex,
  leaving: Leaving,
  entering: Entering,
  { entry, step, weight }: Step,
): void {
  const { memory, status, lower, upper, columnWeight } = simplex;
  const { multiplier, reduced, point, free, tight, slack, rowWeight } = memory;
  if (leaving.kind === "variable") {
    const column = free.view[leaving.place];
    status[column] = leaving.side > 0 ? AT_UPPER : AT_LOWER;
    point.view[column] = leaving.side > 0 ? upper[column] : lower[column];
    reduced.view[column] = leaving.side * entering.step;
  }
  if (entering.kind === "variable") {
    reduced.view[entering.index] = 0;
    columnWeight[entering.index] = Math.max(weight, SMALLEST_WEIGHT);
    if (leaving.kind === "row") {
      multiplier.view[simplex.basisCount] = entering.step;
      growBasis(simplex, leaving.position, entering.index, entry);
    } else {
      replaceFreeVariable(simplex, leaving.place, entering.index);
    }
    return;
  }
  const loosened = tight.view[entering.index];
  slack.view[loosened] = step;
  rowWeight.view[loosened] = Math.max(weight, 1);
  if (leaving.kind === "row") {
    replaceTightRow(simplex, entering.index, leaving.position);
    multiplier.view[entering.index] = entering.step;
  } else {
    shrinkBasis(simplex, leaving.place, entering.index);
  }
}
