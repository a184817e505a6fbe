import type { Block, Lot } from "../../numeric/arena";
import type { Kernels } from "../../numeric/kernels";
import { TILE } from "../../numeric/tileKernels";

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
  /** Room for loose rows, in whole tiles. */
  readonly looseSize: number;

  /** Pool rows, p × n, row-major. */
  readonly rows: Values;
  /**
   * The loose ones in tiles of TILE rows, each n × TILE: one variable's coefficients in the rows of
   * a tile lie together, and a row's lie evenly, which a processor foresees when one comes or goes.
   */
  readonly looseTiles: Singles;
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
  readonly listSlope: Singles;
  readonly listCross: Singles;

  /** Scratch for one number. */
  readonly factor: Values;

  /** Of the ratio test: how variables stand, and its candidates. */
  readonly status: Integers;
  readonly candidateRatio: Values;
  readonly candidateEntry: Values;
  readonly candidateIndex: Integers;

  /**
   * Pool positions of the tight rows and of the loose ones; the free variables; variables of a
   * list; 0, 1, 2, …
   */
  readonly tight: Integers;
  readonly loose: Integers;
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
  const looseSize = TILE * tilesOf(poolSize);
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
    listSlope: singles(size + 1),
    listCross: singles(size + 1),
    factor: values(1),
    status: integers(size + (size % 2)),
    candidateRatio: values(size + basisSize),
    candidateEntry: values(size + basisSize),
    candidateIndex: integers(size + basisSize),
    tight: integers(basisSize),
    loose: integers(looseSize),
    free: integers(basisSize),
    list: integers(size + 1),
    identity: integers(basisSize),
    inverse: values(basisSize * basisSize),
    rows: values(poolSize * size),
    looseTiles: singles(size * looseSize),
  }));
  lot.blocks.identity.view.forEach((_, index, view) => (view[index] = index));
  return lot;
}

/** How many tiles so many loose rows fill; what sums say of the rest of the last means nothing. */
export function tilesOf(count: number): number {
  return Math.ceil(count / TILE);
}
