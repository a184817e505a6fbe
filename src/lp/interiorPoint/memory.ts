import type { Block, BlockMaker, Lot } from "../../numeric/arena";
import { bandScratch } from "../../numeric/bandKernels";
import { HEAD, SHAPE } from "../../numeric/frameKernels";
import type { Kernels } from "../../numeric/kernels";
import type { Layout } from "./layout";

export type Values = Block<Float64Array>;
export type Integers = Block<Int32Array>;

/** How many rows there is room for. */
export interface Room {
  readonly rows: number;
  readonly dense: number;
  /** Values of the frames that rows have in common. */
  readonly common: number;
}

/** Per row: coefficients are of unit norm, slacks are distances. */
export interface RowBlocks {
  /** Slack at the feasible point. */
  readonly bound: Values;
  readonly s: Values;
  readonly lambda: Values;
  readonly residual: Values;
  /** The products s λ that a direction aims at, less what there is. */
  readonly wanted: Values;
  readonly ds: Values;
  readonly dLambda: Values;
  /** 1 / (s + soft λ), 1 / s, 1 / λ, and the row's weight λ / (s + soft λ) in the matrix. */
  readonly softened: Values;
  readonly perS: Values;
  readonly perLambda: Values;
  readonly weight: Values;
  readonly scratch: Values;
  readonly keptDs: Values;
  readonly keptDLambda: Values;
}

/**
 * Per variable, in the order of the layout, and one value more (`FrameKernels`), always 0. A
 * variable has room towards its lower and its upper bound, and a multiplier of each.
 */
export interface VariableBlocks {
  readonly cost: Values;
  readonly lower: Values;
  readonly upper: Values;
  readonly v: Values;
  readonly zLower: Values;
  readonly zUpper: Values;
  readonly toLower: Values;
  readonly toUpper: Values;
  readonly residual: Values;
  readonly wantedLower: Values;
  readonly wantedUpper: Values;
  readonly dv: Values;
  readonly dzLower: Values;
  readonly dzUpper: Values;
  /** Diagonal of the box in the matrix. */
  readonly diagonal: Values;
  readonly right: Values;
  readonly keptDv: Values;
  readonly keptDzLower: Values;
  readonly keptDzUpper: Values;
  /** Of the refinement. */
  readonly rest: Values;
  readonly image: Values;
  readonly search: Values;
  readonly best: Values;
}

/** All arrays of one solve. */
export interface SolverMemory {
  readonly rows: RowBlocks;
  readonly variables: VariableBlocks;
  readonly heads: Integers;
  readonly table: Integers;
  readonly order: Integers;
  readonly groups: Integers;
  readonly pointers: Integers;
  readonly identity: Integers;
  readonly frames: Values;
  /** Frames that many rows have in common. */
  readonly commonFrames: Values;
  readonly scaledFrames: Values;
  readonly matrix: Values;
  readonly inverses: Values;
  readonly panel: Values;
  readonly denseRows: Values;
  /** L⁻¹ of the dense rows. */
  readonly solvedRows: Values;
  readonly denseProducts: Values;
  readonly totals: Values;
}

/** Values from one dense row to the next. */
export function denseStride({ size }: Layout): number {
  return size + 2 + (size % 2);
}

/** Lays out the arrays of a solve; vectors over the variables are zero, all else is arbitrary. */
export function layOut(kernels: Kernels, layout: Layout, room: Room): Lot<SolverMemory> {
  const { size, shapes, stride, reach } = layout;
  const longest = Math.max(...shapes.map(({ lines, pitch }) => lines * pitch));
  const lot = kernels.arena.layOut((make) => ({
    rows: rowBlocks(make, room.rows),
    variables: variableBlocks(make, size + 2),
    heads: make.integers(HEAD * room.rows),
    table: make.integers(SHAPE * (shapes.length + 1)),
    order: make.integers(room.rows),
    groups: make.integers(room.rows + 1),
    pointers: make.integers(room.rows),
    identity: make.integers(room.dense),
    frames: make.values(longest * room.rows),
    commonFrames: make.values(room.common),
    scaledFrames: make.values(longest * room.rows),
    matrix: make.values(size * stride + size + stride),
    inverses: make.values(size),
    panel: make.values(bandScratch(reach)),
    denseRows: make.values(room.dense * denseStride(layout)),
    solvedRows: make.values(room.dense * denseStride(layout)),
    denseProducts: make.values(room.dense),
    totals: make.values(4),
  }));
  const { blocks } = lot;
  // All of them are vectors of values, as their type says one by one.
  for (const block of Object.values(blocks.variables) as Values[]) block.view.fill(0);
  blocks.identity.view.forEach((_, index, view) => (view[index] = index));
  shapes.forEach(({ lines, width, pitch }, index) =>
    blocks.table.view.set([lines, width, pitch], SHAPE * index),
  );
  // A dense row is a frame of one line that covers the whole picture.
  blocks.table.view.set([1, size, size + (size % 2)], SHAPE * shapes.length);
  return lot;
}

function rowBlocks({ values }: BlockMaker, count: number): RowBlocks {
  return {
    bound: values(count),
    s: values(count),
    lambda: values(count),
    residual: values(count),
    wanted: values(count),
    ds: values(count),
    dLambda: values(count),
    softened: values(count),
    perS: values(count),
    perLambda: values(count),
    weight: values(count),
    scratch: values(count),
    keptDs: values(count),
    keptDLambda: values(count),
  };
}

function variableBlocks({ values }: BlockMaker, count: number): VariableBlocks {
  return {
    cost: values(count),
    lower: values(count),
    upper: values(count),
    v: values(count),
    zLower: values(count),
    zUpper: values(count),
    toLower: values(count),
    toUpper: values(count),
    residual: values(count),
    wantedLower: values(count),
    wantedUpper: values(count),
    dv: values(count),
    dzLower: values(count),
    dzUpper: values(count),
    diagonal: values(count),
    right: values(count),
    keptDv: values(count),
    keptDzLower: values(count),
    keptDzUpper: values(count),
    rest: values(count),
    image: values(count),
    search: values(count),
    best: values(count),
  };
}
