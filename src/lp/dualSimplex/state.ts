import { STANDS_LOWER, STANDS_UPPER } from "../../numeric/choiceKernels";
import type { BoxProgram, RowOracle } from "../program";
import type { SimplexMemory } from "./memory";

/** Where a variable stands: at a bound, free between them (basic), or fixed by equal bounds. */
export const AT_LOWER = STANDS_LOWER;
export const AT_UPPER = STANDS_UPPER;
export const FREE = 2;
export const FIXED = 3;

/**
 * The state of one solve (see `solve.ts` for the method). It is changed in place by the
 * functions of `rowPool.ts`, `basisInverse.ts` and `solve.ts`; the numbers live in `memory`.
 */
export interface Simplex {
  readonly memory: SimplexMemory;
  readonly rows: RowOracle;
  /**
   * A point or a row on its way to or from the oracle, outside the kernels' memory: that may grow
   * while the oracle works, which voids views of it.
   */
  readonly forOracle: Float64Array;
  /** The cost that is maximised: the program's divided by its largest entry, or that perturbed. */
  readonly cost: Float64Array;
  /** The program's cost divided by its largest entry. */
  readonly trueCost: Readonly<Float64Array>;
  readonly lower: Readonly<Float64Array>;
  readonly upper: Readonly<Float64Array>;
  /** AT_LOWER, AT_UPPER, FREE or FIXED, per variable. */
  readonly status: Int8Array;
  /** Dual steepest-edge weight of each free variable. */
  readonly columnWeight: Float64Array;

  /** How many rows are in the pool; they fill its first positions. */
  poolCount: number;
  /**
   * How many of them are loose (their pool positions are in `memory.loose`), and each pool
   * position's place among them, or −1.
   */
  looseCount: number;
  readonly loosePlace: Int32Array;
  /** The program's row at each pool position. */
  readonly poolRow: Int32Array;
  /** Place among the tight rows of each pool position, or −1 when it is loose. */
  readonly tightPlace: Int32Array;
  /** Norms of the program's rows, NaN while unknown; 1 in `present` for those in the pool. */
  readonly norms: Float64Array;
  readonly present: Uint8Array;
  /** Rows ever generated. */
  rowsGenerated: number;

  /** The number of tight rows, which is also the number of free variables. */
  basisCount: number;
}

/** The start of every solve: no rows, each variable at the bound that its cost prefers. */
export function createSimplex(
  memory: SimplexMemory,
  program: BoxProgram,
  norms: Float64Array,
  costScale: number,
): Simplex {
  const { size, lower, upper } = program;
  const cost = program.cost.map((value) => value / costScale);
  const status = new Int8Array(size);
  for (let column = 0; column < size; column++) {
    const preferred = cost[column] > 0 ? AT_UPPER : AT_LOWER;
    status[column] = lower[column] === upper[column] ? FIXED : preferred;
    memory.point.view[column] = preferred === AT_UPPER ? upper[column] : lower[column];
    memory.reduced.view[column] = cost[column];
  }
  return {
    memory,
    rows: program.rows,
    forOracle: new Float64Array(size),
    cost,
    trueCost: cost.slice(),
    lower,
    upper,
    status,
    columnWeight: new Float64Array(size).fill(1),
    poolCount: 0,
    looseCount: 0,
    loosePlace: new Int32Array(memory.poolSize).fill(-1),
    poolRow: new Int32Array(memory.poolSize),
    tightPlace: new Int32Array(memory.poolSize).fill(-1),
    norms,
    present: new Uint8Array(program.rows.rowCount),
    rowsGenerated: 0,
    basisCount: 0,
  };
}
