import type { Switches } from "../../network/layer/applyStep";
import type { Step } from "../../network/layer/step";
import type { BlockRows } from "../blockRows";
import type { Intervals } from "../intervals";
import type { Magnified } from "../magnified";
import type { LocalSum, Site } from "../source/rules";
import type { SparseForm } from "../sparseForm";

/**
 * What `boundErrors` does at a ReLU: `paper` clamps the error interval to contain 0 (Eq. 12);
 * `exact` takes the exact range of R(ξ + d) − R(ξ), which is never wider.
 */
export type ReluRule = "paper" | "exact";

/** What analysis does with a step of one form, whatever kind of layer it came from. */
export interface StepRules<S extends Step> {
  /** Sound intervals of its values from those of its sources. */
  bound(step: S, sources: readonly Intervals[]): Intervals;
  /**
   * Sound intervals of Ñ's values minus N's, from N's values and the errors of each source of
   * values, and what the sources of error add to the sums of an affine step.
   *
   * @throws ShapeError if the twins' steps are not of one architecture
   */
  boundError(site: Site<S>, local: readonly LocalSum[], rule: ReluRule): Intervals;
  /**
   * The rows that keep its switches as they are; none of an affine step. `isAtFloor` says of a
   * value of its source that it is the smallest there is, so that no row need say so again.
   */
  rows(step: S, switches: Switches, isAtFloor: (place: number) => boolean): BlockRows | undefined;
  /** Adds a form on its values to those on its sources, along non-zero coefficients. */
  carrySparse(step: S, switches: Switches, form: SparseForm, outs: readonly SparseForm[]): void;
  /**
   * The same in twice the precision, constants included.
   *
   * @returns the most roundings that lie one behind another
   */
  carry(
    step: S,
    switches: Switches,
    form: Magnified,
    outs: readonly Magnified[],
    constant: Magnified,
  ): number;
}
