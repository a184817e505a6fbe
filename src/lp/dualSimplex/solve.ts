import { BASIS_RESIDUAL, INNER_SHARE, ROW_FEASIBILITY } from "../../numeric/tolerance";
import { dualBound, verifyFarkas } from "../certificate";
import { chooseLeaving, computePivotRow, type Leaving } from "./chooseRow";
import { pivot } from "./update";
import type { BoxProgram, SolveOptions, SolveOutcome } from "../program";
import { objectiveValue } from "../program";
import { restoreCosts, restoreDualFeasibility } from "./perturbation";
import { runPrimalPhase } from "./primalClean";
import { ratioTest } from "./chooseColumn";
import { createSimplex, type Simplex } from "./state";
import { contradiction, optimalOutcome, stoppedOutcome, tightMultipliers } from "./answer";
import { invertBasis } from "./invertBasis";
import { refine } from "./refine";
import type { SimplexMemory } from "./memory";
import { Pricing } from "./pricing";
import { addRows } from "./rowPool";
import { Stalling } from "./stalling";
import { computeWeights, installBasis } from "./warmStart";
import { knownNorms } from "../violatedRows";

/*
 * The bounded dual simplex method with generated rows, for
 *
 *     maximise c·y   subject to   A y ≤ b,   l ≤ y ≤ u,
 *
 * where A has many rows of which few are ever tight. A basis is a set T of k tight rows and a set F
 * of k free variables; all other variables stand at a bound, and the free ones solve A[T, F] y_F =
 * b_T − A[T, N] y_N. Multipliers λ_T = c_F A[T, F]⁻¹ ≥ 0 and reduced costs r = c − λ_T A_T (r ≥ 0
 * at an upper bound, r ≤ 0 at a lower one) stay dual feasible throughout: the start, T = F = ∅ with
 * each variable where its cost points, is so by construction.
 *
 * Only the k × k inverse and the pool of generated rows (unit norm) are stored, and the columns of
 * its loose rows in single precision. An iteration takes the most violated loose row or free
 * variable, measured in steepest-edge weights, finds what enters by the bound flipping ratio test,
 * and updates the inverse by one outer product. When the pool holds, everything is refined from the
 * original rows, then all rows of the program are priced and the most violated ones join the pool.
 *
 * It ends "optimal" when no row of unit norm and no bound is violated by more than the tolerance (λ
 * and r being dual feasible up to DUAL_SLIP per iteration); "infeasible" when a pool row stays
 * violated whatever the variables do, which is a Farkas proof and is checked as one; "stopped" on a
 * limit, a request, or on numerical doubt (a dependent basis, a pivot that will not agree with
 * itself).
 */

/** Iterations between two questions whether to stop; each takes well under a millisecond. */
const ITERATIONS_PER_QUESTION = 16;

/** Iterations after a failed proof of the cutoff before the next is tried. */
const ITERATIONS_PER_PROOF = 200;

/** Pivots after which the basis is inverted anew whatever the residuals say. */
const PIVOTS_PER_INVERSION = 2000;

/** Refused pivots in a row after which the solve is given up. */
const REFUSALS_ALLOWED = 20;

/** What may be varied of a solve. */
export interface SolveVariant {
  /** Iterations without dual progress, beyond twice the basis, before Bland's rule takes over. */
  readonly stallAllowance: number;
  /** See `Pricing`. */
  readonly passesOverAlike: boolean;
}

/** One solve: its state and what is counted on the way. */
export class SimplexSolve {
  private readonly simplex: Simplex;
  private readonly costScale: number;
  private readonly tolerance: number;
  private readonly pricing: Pricing;
  private iterations = 0;
  private pivotsSinceInversion = 0;
  private pivotsSinceRefinement = 0;
  private refusals = 0;
  private readonly stalling: Stalling;
  private nextProof = 0;

  constructor(
    memory: SimplexMemory,
    private readonly program: BoxProgram,
    private readonly options: SolveOptions,
    { stallAllowance, passesOverAlike }: SolveVariant,
  ) {
    this.stalling = new Stalling(stallAllowance);
    this.costScale = program.cost.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
    this.tolerance = (options.feasibilityTolerance ?? ROW_FEASIBILITY) * INNER_SHARE;
    this.simplex = createSimplex(memory, program, knownNorms(program.rows), this.costScale);
    const { rowsPerRound } = options;
    this.pricing = new Pricing(program, { rowsPerRound, passesOverAlike });
    if (options.start !== undefined) installBasis(this.simplex, options.start, this.tolerance);
  }

  run(): SolveOutcome {
    const { iterationLimit = Infinity, shouldStop } = this.options;
    for (let question = 0; ; question++) {
      if (question % ITERATIONS_PER_QUESTION === 0) {
        if (shouldStop?.() === true) return this.stopped("stopped on request");
        if (this.isBelowCutoff()) return this.stopped("the maximum is at most the cutoff");
      }
      const leaving = chooseLeaving(
        this.simplex,
        this.tolerance,
        this.stalling.isStalled(this.simplex),
      );
      if (leaving === undefined) {
        const outcome = this.refineThenPrice();
        if (outcome !== undefined) return outcome;
        continue;
      }
      if (this.iterations >= iterationLimit) {
        return this.stopped(`the limit of ${iterationLimit} iterations was reached`);
      }
      const outcome = this.iterate(leaving);
      if (outcome !== undefined) return outcome;
    }
  }

  /**
   * Whether the multipliers prove that the maximum is at most the cutoff. The objective at a dual
   * feasible basis is the bound, up to perturbation, so the proof is only tried when that is low
   * enough.
   */
  private isBelowCutoff(): boolean {
    const { cutoff } = this.options;
    if (cutoff === undefined || this.iterations < this.nextProof) return false;
    if (!(objectiveValue(this.program, this.simplex.memory.point.view) <= cutoff)) return false;
    if (dualBound(this.program, tightMultipliers(this.simplex, this.costScale)) <= cutoff)
      return true;
    this.nextProof = this.iterations + ITERATIONS_PER_PROOF;
    return false;
  }

  /** One iteration; an outcome if it is the last. */
  private iterate(leaving: Leaving): SolveOutcome | undefined {
    computePivotRow(this.simplex, leaving);
    const test = ratioTest(this.simplex, leaving.violation, this.stalling.isStalled(this.simplex));
    if (test.entering === undefined) return this.infeasible(leaving);
    if (pivot(this.simplex, leaving, test) === "refused") return this.refused(leaving);
    this.iterations++;
    this.pivotsSinceInversion++;
    this.pivotsSinceRefinement++;
    this.refusals = 0;
    this.stalling.note(this.simplex, test.entering.step);
    if (this.pivotsSinceInversion < PIVOTS_PER_INVERSION) return undefined;
    return this.invert();
  }

  /**
   * With the true costs a few primal iterations may remain; the point stays feasible for the pool.
   */
  private takeBackPerturbation(): SolveOutcome | undefined {
    restoreCosts(this.simplex);
    this.stalling.begin();
    const phase = runPrimalPhase(this.simplex, this.options.shouldStop);
    this.iterations += phase.iterations;
    this.pivotsSinceInversion += phase.iterations;
    if (phase.kind === "interrupted") return this.stopped("stopped on request");
    if (phase.kind === "failed") return this.stopped("true costs could not be put back");
    if (phase.iterations > 0) computeWeights(this.simplex);
    return undefined;
  }

  /** A fresh inverse; if that is not the cure, another leaving row is tried first. */
  private refused(leaving: Leaving): SolveOutcome | undefined {
    if (++this.refusals > REFUSALS_ALLOWED) return this.stopped("no pivot was large enough");
    if (this.pivotsSinceInversion > 0) return this.invert();
    const { memory, columnWeight } = this.simplex;
    if (leaving.kind === "row") memory.rowWeight.view[leaving.position] *= 1e6;
    else columnWeight[memory.free.view[leaving.place]] *= 1e6;
    return undefined;
  }

  private invert(): SolveOutcome | undefined {
    if (!invertBasis(this.simplex)) return this.stopped("the tight rows became dependent");
    this.pivotsSinceInversion = 0;
    refine(this.simplex);
    this.pivotsSinceRefinement = 0;
    this.restoreDual();
    return undefined;
  }

  /**
   * The pool holds: make sure of it with refined numbers, then look for violated rows of the
   * program.
   */
  private refineThenPrice(): SolveOutcome | undefined {
    if (this.pivotsSinceRefinement > 0) {
      const residuals = refine(this.simplex);
      this.pivotsSinceRefinement = 0;
      const worst = Math.max(residuals.primal, residuals.dual);
      if (worst > BASIS_RESIDUAL && this.pivotsSinceInversion > 0) return this.invert();
      this.restoreDual();
      return undefined;
    }

    const { simplex } = this;
    if (this.options.shouldStop?.() === true) return this.stopped("stopped on request");
    const found = this.pricing.findRows(simplex, this.tolerance);
    if (found.length === 0)
      return this.stalling.isPerturbed ? this.takeBackPerturbation() : this.optimal();
    const impossible = addRows(simplex, found, this.tolerance);
    if (impossible < 0) return undefined;
    const multipliers = [{ row: impossible, value: 1 }];
    return { kind: "infeasible", multipliers, iterations: this.iterations };
  }

  private restoreDual(): void {
    const { isShifted, isFlipped } = restoreDualFeasibility(this.simplex);
    if (isShifted) this.stalling.isPerturbed = true;
    if (isFlipped) refine(this.simplex);
  }

  private optimal(): SolveOutcome {
    return optimalOutcome(this.simplex, this.program, this.costScale, this.iterations);
  }

  /** The leaving row minus its combination of tight rows cannot hold anywhere in the box. */
  private infeasible(leaving: Leaving): SolveOutcome | undefined {
    const multipliers = contradiction(this.simplex, leaving);
    if (verifyFarkas(this.program, multipliers)) {
      return { kind: "infeasible", multipliers, iterations: this.iterations };
    }
    if (this.pivotsSinceInversion > 0) {
      // With a fresh inverse the search goes on, unless there is none.
      return this.invert();
    }
    return this.stopped("infeasible by an amount too small to prove");
  }

  private stopped(reason: string): SolveOutcome {
    return stoppedOutcome(this.simplex, this.costScale, this.iterations, reason);
  }
}
