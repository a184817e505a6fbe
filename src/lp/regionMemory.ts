import type { Kernels } from "../numeric/kernels";

/**
 * An array in the kernels' memory: where it lies, for kernels, and a view of it, for plain code.
 */
export interface Block<T> {
  readonly at: number;
  readonly view: T;
}

/** Loose rows are summed up in whole groups, as many as the kernels take in a step. */
const LOOSE_GROUP = 8;

type Values = Block<Float64Array>;
type Singles = Block<Float32Array>;
type Integers = Block<Int32Array>;

/**
 * All arrays of one solve, laid out in one memory. Names and meaning as in `regionSolve.ts`;
 * n variables, at most p rows in the pool, at most k of them tight.
 */
export interface RegionMemory {
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
 * Lays the arrays out for programs of `size` variables; the memory grows if it must, and is
 * cleared.
 */
export function layOut(
  kernels: Kernels,
  size: number,
  poolSize: number,
  basisSize: number,
): RegionMemory {
  const looseSize = wholeGroups(poolSize);
  let next = 0;
  const pending: (() => void)[] = [];
  // Blocks start at even positions, so that pairs of values are aligned.
  const take = (length: number): number => {
    const at = next;
    next += length + (length % 2);
    return at;
  };
  const values = (length: number): Values => {
    const block = { at: take(length), view: kernels.values };
    pending.push(() => (block.view = kernels.values.subarray(block.at, block.at + length)));
    return block;
  };
  const singles = (length: number): Singles => {
    const block = { at: 2 * take(Math.ceil(length / 2)), view: kernels.singles };
    pending.push(() => (block.view = kernels.singles.subarray(block.at, block.at + length)));
    return block;
  };
  const integers = (length: number): Integers => {
    const block = { at: 2 * take(Math.ceil(length / 2)), view: kernels.integers };
    pending.push(() => (block.view = kernels.integers.subarray(block.at, block.at + length)));
    return block;
  };
  const memory: RegionMemory = {
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
  };
  kernels.reserve(next * 8);
  for (const bind of pending) bind();
  memory.identity.view.forEach((_, index, view) => (view[index] = index));
  return memory;
}

/** So many loose rows filled up to whole groups; what the sums say of the rest means nothing. */
export function wholeGroups(count: number): number {
  return LOOSE_GROUP * Math.ceil(count / LOOSE_GROUP);
}
