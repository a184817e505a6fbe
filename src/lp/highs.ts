import loadHighs from "highs";
import type { Highs, Model } from "highs";
import { SolverError } from "../errors";
import { HIGHS_SMALLEST_ENTRY, HIGHS_TOLERANCE, ROW_FEASIBILITY } from "../numeric/tolerance";
import type { BoxProgram, Engine, Multiplier, SolveOptions, SolveOutcome } from "./program";
import { objectiveValue } from "./program";
import { knownNorms, unitRow, violatedRows } from "./violatedRows";

/*
 * HiGHS (dual simplex, WebAssembly) on   maximise c·y,  A y ≤ b,  l ≤ y ≤ u,   rows added when violated.
 *
 * Before the solver sees anything, c is divided by its largest entry and every row by its norm, because
 * the solver's tolerances are absolute. It stops when no row of unit norm is violated by more than the
 * tolerance. Multipliers are scaled back and clamped to ≥ 0; the certificate does not depend on them being exact.
 */

/** Rows added per round, the most violated first; more of them where rows are sparse and so come cheap. */
const ROWS_PER_ROUND = 100;
const SPARSE_ROWS_PER_ROUND = 1000;

/** Rows there from the start, where the program offers some. */
const FIRST_ROWS = 3000;

/** Loads HiGHS once; the engine it resolves to may solve any number of programs, one at a time. */
export async function createHighsEngine(): Promise<Engine> {
  const highs = await loadHighs();
  return { name: "highs", solve: (program, options) => solveLazily(highs, program, options ?? {}) };
}

function solveLazily(highs: Highs, program: BoxProgram, options: SolveOptions): SolveOutcome {
  const model = highs.createModel();
  try {
    return new LazySolve(highs, model, program, options).run();
  } catch (cause) {
    throw new SolverError(
      `HiGHS failed on a program of ${program.size} variables and ${program.rows.rowCount} rows: ` +
        `${cause instanceof Error ? cause.message : String(cause)}; solve it with another engine`,
      { cause },
    );
  } finally {
    model.dispose();
  }
}

/** One solve: the persistent model and the rows it has been given. */
class LazySolve {
  private readonly norms: Float64Array;
  private readonly present: Uint8Array;
  private readonly added: number[] = [];
  private readonly row: Float64Array;
  private readonly slacks: Float64Array;
  private readonly costScale: number;
  private readonly tolerance: number;
  private iterations = 0;

  constructor(
    private readonly highs: Highs,
    private readonly model: Model,
    private readonly program: BoxProgram,
    private readonly options: SolveOptions,
  ) {
    this.norms = knownNorms(program.rows);
    this.present = new Uint8Array(program.rows.rowCount);
    this.row = new Float64Array(program.size);
    this.slacks = new Float64Array(program.rows.rowCount);
    this.costScale = program.cost.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    this.tolerance = options.feasibilityTolerance ?? ROW_FEASIBILITY;
  }

  run(): SolveOutcome {
    this.passBox();
    const proof = this.addRows(this.program.rows.first?.(FIRST_ROWS) ?? []);
    if (proof !== undefined) return proof;
    for (;;) {
      if (this.options.shouldStop?.() === true) return this.stopped("stopped on request");
      const stop = this.solveRound();
      if (stop !== undefined) return stop;
      const point = this.pointInBox();
      this.program.rows.slacks(point, this.slacks);
      const found = violatedRows({
        slacks: this.slacks,
        norms: this.norms,
        present: this.present,
        tolerance: this.tolerance,
        count: this.program.rows.isSparse === true ? SPARSE_ROWS_PER_ROUND : ROWS_PER_ROUND,
      });
      const proof = this.addRows(found);
      if (proof !== undefined) return proof;
      if (found.length === 0) {
        return {
          kind: "optimal",
          point,
          value: objectiveValue(this.program, point),
          multipliers: this.multipliers(this.model.getSolution().rowDual, this.costScale),
          iterations: this.iterations,
          rowsGenerated: this.added.length,
        };
      }
    }
  }

  /** The program without rows. */
  private passBox(): void {
    const { size, cost, lower, upper } = this.program;
    this.model.options.set({
      output_flag: false,
      presolve: "off",
      solver: "simplex",
      primal_feasibility_tolerance: HIGHS_TOLERANCE,
      dual_feasibility_tolerance: HIGHS_TOLERANCE,
      small_matrix_value: HIGHS_SMALLEST_ENTRY,
      // Rows and costs are scaled already.
      simplex_scale_strategy: 0,
    });
    this.model.passModel({
      numCols: size,
      numRows: 0,
      sense: this.highs.constants.objectiveSense.maximize,
      colCost: cost.map((value) => value / this.costScale),
      colLower: Float64Array.from(lower),
      colUpper: Float64Array.from(upper),
      rowLower: [],
      rowUpper: [],
      matrix: {
        format: "csr",
        numRows: 0,
        numCols: size,
        starts: [0],
        indices: [],
        values: [],
      },
    });
  }

  /** Solves the rows added so far; undefined when optimal for them. */
  private solveRound(): SolveOutcome | undefined {
    const { iterationLimit, shouldStop } = this.options;
    if (iterationLimit !== undefined) {
      const left = Math.max(0, iterationLimit - this.iterations);
      this.model.options.set({ simplex_iteration_limit: left });
    }
    const { callbackType, modelStatus } = this.highs.constants;
    this.model.run(
      shouldStop === undefined
        ? undefined
        : {
            [callbackType.simplexInterrupt]: (event) => {
              if (shouldStop()) event.interrupt();
            },
          },
    );
    this.iterations += Math.max(0, Number(this.model.info.get("simplex_iteration_count")));
    switch (this.model.getModelStatus()) {
      case modelStatus.optimal:
      case modelStatus.empty:
        return undefined;
      case modelStatus.infeasible:
        return this.infeasible();
      case modelStatus.iterationLimit:
        return this.stopped(`the limit of ${iterationLimit} iterations was reached`);
      case modelStatus.interrupted:
        return this.stopped("stopped on request");
      default:
        return this.stopped(`HiGHS ended with model status ${this.model.getModelStatus()}`);
    }
  }

  /** Appends rows at unit norm; a row of zeros with a negative bound is a proof of infeasibility. */
  private addRows(indices: readonly number[]): SolveOutcome | undefined {
    const starts = [0];
    const columns: number[] = [];
    const values: number[] = [];
    const upper: number[] = [];
    for (const index of indices) {
      const bound = unitRow(this.program.rows, this.norms, index, this.row);
      this.present[index] = 1;
      if (this.norms[index] === 0) {
        if (bound >= -this.tolerance) continue;
        const multipliers = [{ row: index, value: 1 }];
        return { kind: "infeasible", multipliers, iterations: this.iterations };
      }
      for (let column = 0; column < this.row.length; column++) {
        if (this.row[column] === 0) continue;
        columns.push(column);
        values.push(this.row[column]);
      }
      starts.push(columns.length);
      upper.push(bound);
      this.added.push(index);
    }
    if (upper.length === 0) return undefined;
    this.model.addRows({
      lower: new Float64Array(upper.length).fill(-Infinity),
      upper: Float64Array.from(upper),
      matrix: {
        format: "csr",
        numRows: upper.length,
        numCols: this.program.size,
        starts: Int32Array.from(starts),
        indices: Int32Array.from(columns),
        values: Float64Array.from(values),
      },
    });
    return undefined;
  }

  /** The solver's point, moved onto the box where it lies outside by rounding. */
  private pointInBox(): Float64Array {
    const { lower, upper } = this.program;
    return this.model
      .getSolution()
      .colValue.map((value, column) => Math.min(upper[column], Math.max(lower[column], value)));
  }

  /** Row duals at unit norm, scaled back to the program's own rows; only positive ones. */
  private multipliers(duals: Readonly<Float64Array>, scale: number): Multiplier[] {
    const found: Multiplier[] = [];
    for (let position = 0; position < this.added.length; position++) {
      const row = this.added[position];
      const value = (duals[position] * scale) / this.norms[row];
      if (value > 0) found.push({ row, value });
    }
    return found.sort((a, b) => a.row - b.row);
  }

  private infeasible(): SolveOutcome {
    const ray = this.model.getDualRay();
    if (ray === undefined) return this.stopped("HiGHS found no ray that proves infeasibility");
    // The ray's sign is the solver's convention for a minimisation; rows here are all of the kind ≤.
    const sign = ray.values.some((value) => value > 0) ? 1 : -1;
    const duals = ray.values.map((value) => sign * value);
    return {
      kind: "infeasible",
      multipliers: this.multipliers(duals, 1),
      iterations: this.iterations,
    };
  }

  private stopped(reason: string): SolveOutcome {
    const duals = this.added.length === 0 ? new Float64Array(0) : this.model.getSolution().rowDual;
    const known = duals.length === this.added.length;
    return {
      kind: "stopped",
      reason,
      multipliers: known ? this.multipliers(duals, this.costScale) : [],
      iterations: this.iterations,
    };
  }
}
