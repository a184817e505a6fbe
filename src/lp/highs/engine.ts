import { SolverError } from "../../errors";
import { ROW_FEASIBILITY } from "../../numeric/tolerance";
import { HighsModel, loadHighs, type Highs, type Method } from "./model";
import type {
  BoxProgram,
  Engine,
  Multiplier,
  RowEntries,
  SolveOptions,
  SolveOutcome,
} from "../program";
import { objectiveValue } from "../program";
import { normOf, rowEntries } from "../rowEntries";
import { knownNorms, violatedRows } from "../violatedRows";

/*
 * HiGHS (WebAssembly) on   maximise c·y,  A y ≤ b,  l ≤ y ≤ u,   rows added when violated.
 *
 * Where rows are sparse and the program offers those near its feasible point, thousands of them are
 * there from the start and the interior point method solves them: the dual simplex method would
 * come from a far corner of the box with several iterations for each pixel, the interior one needs
 * about thirty in all. Its crossover ends in a basis, from which the simplex method goes on as rows
 * are added.
 *
 * It stops when no row of unit norm is violated by more than the tolerance. Multipliers are scaled
 * back and clamped to ≥ 0; the certificate does not depend on them being exact.
 */

/**
 * Rows added per round, the most violated first; more of them where rows are sparse and so come
 * cheap.
 */
const ROWS_PER_ROUND = 100;
const SPARSE_ROWS_PER_ROUND = 1000;

/** Rows there from the start, where the program offers some. */
const FIRST_ROWS = 8000;

/**
 * Rows added at once from which starting anew with the interior point method is less work than
 * going on.
 */
const ROWS_FOR_INTERIOR_POINT = 100;

/** What may be varied of the method. */
export interface HighsEngineOptions {
  /** See ROWS_FOR_INTERIOR_POINT. */
  readonly rowsForInteriorPoint?: number;
}

/** Loads HiGHS once; the engine it resolves to may solve any number of programs, one at a time. */
export async function createHighsEngine({
  rowsForInteriorPoint = ROWS_FOR_INTERIOR_POINT,
}: HighsEngineOptions = {}): Promise<Engine> {
  const highs = await loadHighs();
  return {
    name: "highs",
    takesUp: true,
    solve: (program, options = {}) => solveLazily(highs, program, options, rowsForInteriorPoint),
  };
}

function solveLazily(
  highs: Highs,
  program: BoxProgram,
  options: SolveOptions,
  rowsForInteriorPoint: number,
): SolveOutcome {
  const costScale = program.cost.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const model = new HighsModel(highs, program, costScale);
  try {
    return new LazySolve(model, program, options, rowsForInteriorPoint).run();
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
  /** The program's rows in the order in which the model has them. */
  private readonly added: number[] = [];
  private readonly slacks: Float64Array;
  private readonly tolerance: number;
  private readonly entries: (row: number) => RowEntries;

  constructor(
    private readonly model: HighsModel,
    private readonly program: BoxProgram,
    private readonly options: SolveOptions,
    private readonly rowsForInteriorPoint: number,
  ) {
    const { rows, size } = program;
    this.norms = knownNorms(rows);
    this.present = new Uint8Array(rows.rowCount);
    this.slacks = new Float64Array(rows.rowCount);
    this.tolerance = options.feasibilityTolerance ?? ROW_FEASIBILITY;
    this.entries = rowEntries(rows, size);
  }

  run(): SolveOutcome {
    const { rows } = this.program;
    const isSparse = rows.entries !== undefined;
    let found: readonly number[] = rows.first?.(FIRST_ROWS, this.options.shouldStop) ?? [];
    for (;;) {
      // Asked before the model changes: with new rows it has no multipliers until it is solved
      // again.
      if (this.options.shouldStop?.() === true) return this.stopped("stopped on request");
      const proof = this.addRows(found);
      if (proof !== undefined) return proof;
      const method = isSparse && found.length >= this.rowsForInteriorPoint ? "ipx" : "simplex";
      const stop = this.solveRound(method);
      if (stop !== undefined) return stop;
      const point = this.model.pointInBox();
      rows.slacks(point, this.slacks);
      found = violatedRows({
        slacks: this.slacks,
        norms: this.norms,
        present: this.present,
        tolerance: this.tolerance,
        count: isSparse ? SPARSE_ROWS_PER_ROUND : ROWS_PER_ROUND,
      });
      // A crossover may leave more violation than the simplex method does; without new rows that
      // one goes on.
      if (found.length === 0 && method === "simplex") return this.optimal(point);
    }
  }

  /** Solves the rows added so far; undefined when optimal for them. */
  private solveRound(method: Method): SolveOutcome | undefined {
    const ended = this.model.run(method, this.options);
    switch (ended) {
      case "optimal":
        return undefined;
      case "infeasible":
        // The ray that proves it comes from the simplex method.
        return method === "ipx" ? this.solveRound("simplex") : this.infeasible();
      case "iterationLimit":
        return this.stopped(`the limit of ${this.options.iterationLimit} iterations was reached`);
      case "interrupted":
        return this.stopped("stopped on request");
      case "failed":
        // What the interior point method leaves undecided, the simplex method decides.
        return method === "ipx"
          ? this.solveRound("simplex")
          : this.stopped(`HiGHS ended with model status ${this.model.status()}`);
    }
  }

  /**
   * Appends rows at unit norm; a row of zeros with a negative bound is a proof of infeasibility. An
   * outcome is returned if the solve ends here, and then the model is as it was.
   */
  private addRows(indices: readonly number[]): SolveOutcome | undefined {
    let impossible: number | undefined;
    const { norms, added, present, tolerance, entries } = this;
    const generate = function* (): Generator<{ entries: RowEntries; norm: number }> {
      for (const index of indices) {
        const found = entries(index);
        const norm = normOf(found);
        norms[index] = norm;
        present[index] = 1;
        if (norm === 0) {
          if (found.bound < -tolerance) impossible ??= index;
          continue;
        }
        added.push(index);
        yield { entries: found, norm };
      }
    };
    const ended = this.model.addRows(generate(), this.options.shouldStop);
    if (ended === "interrupted") return this.stopped("stopped on request");
    if (impossible === undefined) return undefined;
    const multipliers = [{ row: impossible, value: 1 }];
    return { kind: "infeasible", multipliers, iterations: this.model.iterations };
  }

  /** Row duals at unit norm, scaled back to the program's own rows; only positive ones. */
  private multipliers(duals: Readonly<Float64Array>, scale: number): Multiplier[] {
    const found: Multiplier[] = [];
    duals.forEach((dual, position) => {
      const row = this.added[position];
      const value = (dual * scale) / this.norms[row];
      if (value > 0) found.push({ row, value });
    });
    return found.sort((a, b) => a.row - b.row);
  }

  private optimal(point: Float64Array): SolveOutcome {
    const { rows, variables } = this.model.basis();
    return {
      kind: "optimal",
      point,
      value: objectiveValue(this.program, point),
      multipliers: this.knownMultipliers(),
      iterations: this.model.iterations,
      rowsGenerated: this.added.length,
      basis: { tightRows: rows.map((position) => this.added[position]), freeVariables: variables },
    };
  }

  private infeasible(): SolveOutcome {
    const duals = this.model.dualRay();
    if (duals === undefined) return this.stopped("HiGHS found no ray that proves infeasibility");
    const multipliers = this.multipliers(duals, 1);
    return { kind: "infeasible", multipliers, iterations: this.model.iterations };
  }

  private stopped(reason: string): SolveOutcome {
    const multipliers = this.knownMultipliers();
    return { kind: "stopped", reason, multipliers, iterations: this.model.iterations };
  }

  private knownMultipliers(): Multiplier[] {
    const duals = this.model.rowDuals();
    return duals === undefined ? [] : this.multipliers(duals, this.model.costScale);
  }
}
