import type { FrameOffer } from "./framedRows";

/**
 * The program of one polytope:
 *
 *     maximise    cost · y + constant
 *     subject to  A y <= b          (rowCount rows, known to an oracle, mostly never written out)
 *                 lower <= y <= upper
 *
 * `feasible` is a point known to satisfy all of it (the data point), or undefined.
 * (paper, Eqs. 29–32)
 */
export interface BoxProgram {
  readonly size: number;
  readonly cost: Readonly<Float64Array>;
  readonly constant: number;
  readonly lower: Readonly<Float64Array>;
  readonly upper: Readonly<Float64Array>;
  readonly rows: RowOracle;
  readonly feasible?: Readonly<Float64Array>;
}

/** The rows of A y <= b, generated when asked for. */
export interface RowOracle {
  readonly rowCount: number;
  /** Writes b_i − A_i · y for every row i (negative: violated); `out` has `rowCount` values. */
  slacks(y: Readonly<Float64Array>, out: Float64Array): void;
  /** Writes the coefficients A_index (dense, `size` values) and returns b_index. */
  row(index: number, out: Float64Array): number;
  /**
   * Euclidean norms of all rows, when they are cheap to know; engines then rank violations fairly.
   */
  norms?(): Readonly<Float64Array>;
  /**
   * The non-zero coefficients of a row. Offered where most rows have few of them: engines that keep
   * dense rows should leave such programs to others. The next call writes the buffers anew.
   */
  entries?(index: number): RowEntries;
  /**
   * Rows worth having from the start, best first, at most `count`; such as those nearest to the
   * feasible point. They take a while to find: `shouldStop` is asked on the way, and if it is true
   * the answer does not matter.
   */
  first?(count: number, shouldStop?: () => boolean): readonly number[];
  /**
   * Another row that says nearly the same as this one, or −1: there is one at most, and it names
   * this one in turn. An engine that adds one of them to its program need not add both at once.
   */
  alike?(index: number): number;
  /**
   * The rows of many multipliers as one, seen from a point x; multipliers that are not positive and
   * finite are passed over. Offered where that takes less than generating row after row.
   *
   * @param apart  which rows are taken one by one, as `row` writes them; none if it is not said
   */
  combine?(
    multipliers: readonly Multiplier[],
    x: Readonly<Float64Array>,
    apart?: RowsApart,
  ): CombinedRows;
  /**
   * Offered where the variables form a picture and most rows are zero outside small frames of it:
   * an engine for such programs exists. The other members know the same rows.
   */
  readonly frames?: FrameOffer;
}

/**
 * Rows that are not combined but taken one by one: the few for which a sum of many has to allow
 * hundreds of times more, or these and the many of largest multipliers, which cost more than all
 * else.
 */
export type RowsApart = "few" | "many";

/**
 * Σ λ_i (b_i − A_i·y) = slack − weights·(y − x): the weighed slacks of an input y, as a sum of
 * those at x, which are small, and of what the way there adds.
 */
export interface CombinedRows {
  /** Aᵀλ, and by how much each may differ from the exact value. */
  readonly weights: Readonly<Float64Array>;
  readonly weightErrors: Readonly<Float64Array>;
  /** λ·(b − A x), and by how much it may differ. */
  readonly slack: number;
  readonly slackError: number;
}

/**
 * A row A y ≤ bound: `values[k]` is the coefficient of variable `columns[k]`, k < count; no column
 * twice.
 */
export interface RowEntries {
  readonly columns: Readonly<Int32Array>;
  readonly values: Readonly<Float64Array>;
  readonly count: number;
  readonly bound: number;
}

/** One multiplier of a row that matters: λ_row > 0. */
export interface Multiplier {
  readonly row: number;
  readonly value: number;
}

/**
 * Where a solve ended, for another to start from: of the same program with other costs, or of one
 * whose rows differ a little and are numbered alike. Any start gives the right answer; a good one
 * gives it sooner.
 */
export interface Basis {
  /** Rows that held with equality, and as many variables between their bounds. */
  readonly tightRows: readonly number[];
  readonly freeVariables: readonly number[];
}

export type SolveOutcome =
  | {
      readonly kind: "optimal";
      /** A point inside the box; rows hold up to the tolerance. */
      readonly point: Float64Array;
      /** cost · point + constant. */
      readonly value: number;
      readonly multipliers: readonly Multiplier[];
      readonly iterations: number;
      readonly rowsGenerated: number;
      /** Offered by engines that can start from one. */
      readonly basis?: Basis;
    }
  /** Multipliers of a Farkas proof: λ ≥ 0 with b·λ < min over the box of (Aᵀλ)·y. */
  | {
      readonly kind: "infeasible";
      readonly multipliers: readonly Multiplier[];
      readonly iterations: number;
    }
  /**
   * Gave up (limit, numerical doubt, abort); `reason` says why. What is known is in `multipliers`.
   */
  | {
      readonly kind: "stopped";
      readonly reason: string;
      readonly point?: Float64Array;
      readonly multipliers: readonly Multiplier[];
      readonly iterations: number;
      /** Where it stood, for a similar program. */
      readonly basis?: Basis;
    };

/** What every engine takes: limits, tolerances and a way to stop. */
export interface SolveOptions {
  /** Largest violation of a unit-norm row that counts as none. */
  readonly feasibilityTolerance?: number;
  readonly iterationLimit?: number;
  /** Asked between rounds and every few pivots; true stops the solve. */
  readonly shouldStop?: () => boolean;
  /**
   * What the maximum is wanted for: one proved to be at most this need not be found. Engines that
   * can tell stop then; the multipliers of the outcome prove it.
   */
  readonly cutoff?: number;
  /** The basis of a similar program's solution; engines that cannot use it start afresh. */
  readonly start?: Basis;
  /**
   * How many violated rows are added at a time: more make iterations fewer and longer. Each engine
   * has its own choice for programs of errors; engines may pass over this.
   */
  readonly rowsPerRound?: number;
}

/** A solver of box programs. Engines hold buffers, so one engine serves one thread. */
export interface Engine {
  readonly name: string;
  /** Whether it can solve a program like this one at all; true when it does not say. */
  takes?(program: BoxProgram): boolean;
  /** Whether programs like this one are what the engine is made for; true when it does not say. */
  suits?(program: BoxProgram): boolean;
  /** Whether it takes up a similar program where the last one ended, and proves one infeasible. */
  readonly takesUp?: boolean;
  solve(program: BoxProgram, options?: SolveOptions): SolveOutcome;
}

/** cost · point + constant, summed in the order of the variables. */
export function objectiveValue(program: BoxProgram, point: Readonly<Float64Array>): number {
  let sum = 0;
  for (let column = 0; column < program.size; column++) sum += program.cost[column] * point[column];
  return sum + program.constant;
}
