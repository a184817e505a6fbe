import { createRandom } from "../../numeric/random";
import { STALLED_STEP } from "../../numeric/tolerance";
import { perturbCosts } from "./perturbation";
import type { Simplex } from "./state";

/**
 * Dual steps of no length in a row after which the costs are perturbed, and how often that may
 * happen.
 */
const STALL_BEFORE_PERTURBATION = 30;
const PERTURBATIONS_ALLOWED = 10;
const PERTURBATION_SEED = 20250922;

/** Whether the dual makes progress, and what is done where it does not. */
export class Stalling {
  /** Whether the costs are not the program's. */
  isPerturbed = false;
  private stalled = 0;
  private perturbations = 0;
  private readonly random = createRandom(PERTURBATION_SEED);

  /** @param allowance  iterations beyond twice the basis before Bland's rule takes over */
  constructor(private readonly allowance: number) {}

  /** Counts dual steps of no length; after some costs are perturbed. */
  note(simplex: Simplex, step: number): void {
    this.stalled = step > STALLED_STEP ? 0 : this.stalled + 1;
    const isWandering = this.stalled > STALL_BEFORE_PERTURBATION;
    if (!isWandering || this.isPerturbed || this.perturbations >= PERTURBATIONS_ALLOWED) return;
    perturbCosts(simplex, this.random);
    this.isPerturbed = true;
    this.perturbations++;
    this.stalled = 0;
  }

  /** Whether even perturbed costs do not get the dual to move: Bland's rule is slow, but ends. */
  isStalled({ basisCount }: Simplex): boolean {
    return this.stalled > 2 * basisCount + this.allowance;
  }

  /** The true costs are back. */
  begin(): void {
    this.isPerturbed = false;
    this.stalled = 0;
  }
}
