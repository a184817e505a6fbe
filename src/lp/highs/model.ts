import type { default as Load, Highs, Model } from "highs";
import { HIGHS_SMALLEST_ENTRY, HIGHS_TOLERANCE } from "../../numeric/tolerance";
import { requirePackage } from "../../packageRoot";
import type { BoxProgram, RowEntries } from "../program";

export type { Highs };

/** HiGHS, ready to solve; its WebAssembly stands beside its own code. */
export function loadHighs(): Promise<Highs> {
  const load = requirePackage<typeof Load>("highs");
  return load();
}

/** Rows generated between two questions whether to stop: at most a few milliseconds' worth. */
const ROWS_PER_QUESTION = 16;

/**
 * HiGHS's side of one box program: costs divided by their largest magnitude, rows at unit norm,
 * both because the solver's tolerances are absolute. Rows are appended; the basis of one run starts
 * the next.
 */
export class HighsModel {
  private readonly model: Model;
  private rowCount = 0;
  private hasDuals = false;
  /** Iterations of all runs: simplex, interior point and crossover. */
  iterations = 0;

  constructor(
    private readonly highs: Highs,
    private readonly program: BoxProgram,
    /** What costs are divided by, and so multipliers too. */
    readonly costScale: number,
  ) {
    this.model = highs.createModel();
    this.passBox();
  }

  dispose(): void {
    this.model.dispose();
  }

  /** The program without rows. */
  private passBox(): void {
    const { size, cost, lower, upper } = this.program;
    this.model.options.set({
      output_flag: false,
      presolve: "off",
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
      matrix: { format: "csr", numRows: 0, numCols: size, starts: [0], indices: [], values: [] },
    });
  }

  /** Appends rows, each divided by its norm; all of them, or none if it is interrupted. */
  addRows(
    rows: Iterable<{ readonly entries: RowEntries; readonly norm: number }>,
    shouldStop?: () => boolean,
  ): "added" | "interrupted" {
    const starts = [0];
    const columns: number[] = [];
    const values: number[] = [];
    const upper: number[] = [];
    for (const { entries, norm } of rows) {
      const isDue = upper.length % ROWS_PER_QUESTION === ROWS_PER_QUESTION - 1;
      if (isDue && shouldStop?.() === true) return "interrupted";
      for (let entry = 0; entry < entries.count; entry++) {
        columns.push(entries.columns[entry]);
        values.push(entries.values[entry] / norm);
      }
      starts.push(columns.length);
      upper.push(entries.bound / norm);
    }
    if (upper.length === 0) return "added";
    this.rowCount += upper.length;
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
    return "added";
  }

  /** Solves the rows there are; says how it ended. */
  run(
    method: Method,
    { iterationLimit = Infinity, shouldStop }: RunLimits,
  ): "optimal" | "infeasible" | "iterationLimit" | "interrupted" | "failed" {
    const { callbackType, modelStatus } = this.highs.constants;
    this.model.options.set({
      solver: method,
      // Perturbed costs are for cold starts; they cost a warm one hundreds of iterations.
      dual_simplex_cost_perturbation_multiplier: this.iterations === 0 ? 1 : 0,
    });
    if (iterationLimit < Infinity) {
      const left = Math.max(0, iterationLimit - this.iterations);
      this.model.options.set({ simplex_iteration_limit: left, ipm_iteration_limit: left });
    }
    let isInterrupted = false;
    const check = (event: { interrupt(): void }): undefined => {
      isInterrupted ||= shouldStop?.() === true;
      if (isInterrupted) event.interrupt();
    };
    try {
      this.model.run(
        shouldStop === undefined
          ? undefined
          : { [callbackType.simplexInterrupt]: check, [callbackType.ipmInterrupt]: check },
      );
    } catch (error) {
      // A crossover interrupted at its last step is done all the same, and HiGHS calls that an
      // error.
      if (!isInterrupted) throw error;
      this.hasDuals = false;
      return "interrupted";
    }
    for (const kind of ["simplex", "ipm", "crossover"] as const) {
      this.iterations += Math.max(0, Number(this.model.info.get(`${kind}_iteration_count`)));
    }
    const status = this.model.getModelStatus();
    // An interior point run that ends early leaves no solution behind.
    this.hasDuals = method === "simplex" || status === modelStatus.optimal;
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check -- the others failed
    switch (status) {
      case modelStatus.optimal:
      case modelStatus.empty:
        return "optimal";
      case modelStatus.infeasible:
        return "infeasible";
      case modelStatus.iterationLimit:
        return "iterationLimit";
      case modelStatus.interrupted:
        return "interrupted";
      default:
        return "failed";
    }
  }

  /** HiGHS's own number of how the last run ended. */
  status(): number {
    return this.model.getModelStatus();
  }

  /** The solver's point, moved onto the box where it lies outside by rounding. */
  pointInBox(): Float64Array {
    const { lower, upper } = this.program;
    return this.model
      .getSolution()
      .colValue.map((value, column) => Math.min(upper[column], Math.max(lower[column], value)));
  }

  /**
   * Duals of the rows in the order of their coming, at unit norm and scaled costs; undefined if
   * there are none.
   */
  rowDuals(): Readonly<Float64Array> | undefined {
    if (!this.hasDuals) return undefined;
    const { rowDual } = this.model.getSolution();
    return rowDual.length === this.rowCount ? rowDual : undefined;
  }

  /** Row weights whose combination no point of the box satisfies, all ≥ 0 up to rounding. */
  dualRay(): Float64Array | undefined {
    const ray = this.model.getDualRay();
    if (ray === undefined) return undefined;
    // The ray's sign is the solver's convention for a minimisation; rows here are all of the kind
    // ≤.
    const sign = ray.values.some((value) => value > 0) ? 1 : -1;
    return ray.values.map((value) => sign * value);
  }

  /**
   * Positions of the rows that are tight in the basis, and its free variables: as many of either.
   */
  basis(): { readonly rows: number[]; readonly variables: number[] } {
    const { colStatus, rowStatus } = this.model.getBasis();
    const { basic } = this.highs.constants.basisStatus;
    const positions = (status: Int32Array, isBasic: boolean): number[] =>
      Array.from(status.keys()).filter((index) => (status[index] === basic) === isBasic);
    return { rows: positions(rowStatus, false), variables: positions(colStatus, true) };
  }
}

/** The dual simplex method, or the interior point method with crossover to a basis. */
export type Method = "simplex" | "ipx";

/** When a run ends early. */
export interface RunLimits {
  readonly iterationLimit?: number;
  readonly shouldStop?: () => boolean;
}
