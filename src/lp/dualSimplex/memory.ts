import type { Block, Lot } from "../../numeric/arena";
import type { Kernels } from "../../numeric/kernels";

/** Loose rows are summed up in whole groups, as many as the kernels take in a step. */
const LOOSE_GROUP = 8;

type Values = Block<Float64Array>;
type Singles = Block<Float32Array>;
type Integers = Block<Int32Array>;

/**
 * All arrays of one solve, laid out in one memory. Names and meaning as in `solve.ts`;
 * n variables, at most p rows in the pool, at most k of them tight.
 */
export interface SimplexMemory {
  readonly kernels: Kernels;
  readonly size: number;
  readonly poolSize: number;
  readonly basisSize: number;
  /** Room for loose rows: a multiple of LOOSE_GROUP, so that their columns are aligned. */
  readonly looseSize: number;

  /** Pool rows, p × n, row-major. */
  readonly rows: Values;
  /**
   * The loose ones, n × `looseSize`: one variable's coefficients in all loose rows lie together.
   */
  readonly columns: Singles;
  /** The inverse of the tight rows' free columns: free × tight, stride `basisSize`. */
  readonly inverse: Values;

  /** Per variable. */
  readonly point: Values;
  readonly reduced: Values;
  readonly pivotRow: Values;

  /** Per pool row. */
  readonly bound: Values;
  readonly slack: Values;
  readonly rowWeight: Values;
  readonly activity: Values;

  /** Per loose row. */
  readonly rowSlope: Singles;
  readonly rowCross: Singles;

  /** Per tight row. */
  readonly multiplier: Values;
  readonly tightEntry: Values;
  readonly tightColumn: Values;

  /** Per free variable. */
  readonly freeEntry: Values;
  readonly freeCross: Values;
  readonly freeColumn: Values;

  /**
   * Scratch for a change of all variables, and for lists of variables with two coefficients each.
   */
  readonly change: Values;
  readonly listSlope: Values;
  readonly listCross: Values;

  /** Pool positions of the tight rows; the free variables; variables of a list; 0, 1, 2, … */
  readonly tight: Integers;
  readonly free: Integers;
  readonly list: Integers;
  readonly identity: Integers;
}

/**
 * Lays the arrays out for a program of `size` variables, whatever else lies in the memory; only
 * `identity` is filled.
 */
export function layOut(
  kernels: Kernels,
  size: number,
  poolSize: number,
  basisSize: number,
): Lot<SimplexMemory> {
  const looseSize = wholeGroups(poolSize);
  const lot = kernels.arena.layOut(({ values, singles, integers }) => ({
    kernels,
    size,
    poolSize,
    basisSize,
    looseSize,
    point: values(size),
    reduced: values(size),
    pivotRow: values(size),
    bound: values(poolSize),
    slack: values(poolSize),
    rowWeight: values(poolSize),
    activity: values(poolSize),
    rowSlope: singles(looseSize),
    rowCross: singles(looseSize),
    multiplier: values(basisSize),
    tightEntry: values(basisSize),
    tightColumn: values(basisSize),
    freeEntry: values(basisSize),
    freeCross: values(basisSize),
    freeColumn: values(basisSize),
    change: values(size),
    listSlope: values(size + 1),
    listCross: values(size + 1),
    tight: integers(basisSize),
    free: integers(basisSize),
    list: integers(size + 1),
    identity: integers(basisSize),
    inverse: values(basisSize * basisSize),
    rows: values(poolSize * size),
    columns: singles(size * looseSize),
  }));
  lot.blocks.identity.view.forEach((_, index, view) => (view[index] = index));
  return lot;
}

/** So many loose rows filled up to whole groups; what the sums say of the rest means nothing. */
export function wholeGroups(count: number): number {
  return LOOSE_GROUP * Math.ceil(count / LOOSE_GROUP);
}
