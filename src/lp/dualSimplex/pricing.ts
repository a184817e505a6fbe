import type { BoxProgram } from "../program";
import { violatedRows } from "../violatedRows";
import { dropLooseRows } from "./rowPool";
import type { Simplex } from "./state";

/** Rows added per round unless the options say how many, the most violated first. */
const ROWS_PER_ROUND = 120;

/** The same where of two rows that are alike only one is added. */
const ROWS_PER_ROUND_OF_ALIKE = 90;

/** How a solve looks for rows of the program that its pool lacks. */
export interface PricingOptions {
  readonly rowsPerRound?: number;
  /** Whether rows that are like another of the same round are left to later ones. */
  readonly passesOverAlike: boolean;
}

/** The search for violated rows of the whole program, and the room in the pool that they need. */
export class Pricing {
  private readonly slacks: Float64Array;
  private readonly feasibleSlacks: Float64Array | undefined;
  private readonly rowsPerRound: number;
  private readonly alike: ((row: number) => number) | undefined;

  constructor(
    private readonly program: BoxProgram,
    { rowsPerRound, passesOverAlike }: PricingOptions,
  ) {
    const { rows, feasible } = program;
    if (passesOverAlike) this.alike = rows.alike?.bind(rows);
    const usual = this.alike === undefined ? ROWS_PER_ROUND : ROWS_PER_ROUND_OF_ALIKE;
    this.rowsPerRound = rowsPerRound ?? usual;
    this.slacks = new Float64Array(rows.rowCount);
    if (feasible === undefined) return;
    this.feasibleSlacks = new Float64Array(rows.rowCount);
    rows.slacks(feasible, this.feasibleSlacks);
  }

  /**
   * The rows to be added at the current point, the first to be met on the way there first; none
   * when the whole program holds. Makes room for them.
   */
  findRows(simplex: Simplex, tolerance: number): number[] {
    const { memory, norms, present, forOracle, basisCount } = simplex;
    forOracle.set(memory.point.view);
    this.program.rows.slacks(forOracle, this.slacks);
    const found = violatedRows({
      slacks: this.slacks,
      norms,
      present,
      tolerance,
      count: Math.min(this.rowsPerRound, memory.poolSize - basisCount),
      feasibleSlacks: this.feasibleSlacks,
      alike: this.alike,
    });
    if (found.length > 0) dropLooseRows(simplex, this.pooledRowsToKeep(simplex, found.length));
    return found;
  }

  private pooledRowsToKeep({ basisCount, memory }: Simplex, added: number): number {
    return Math.min(memory.poolSize - added, 2 * basisCount + 2 * this.rowsPerRound);
  }
}
