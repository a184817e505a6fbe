import type { QuotientTerm, Term } from "../../../network/layer/term";
import type { Intervals } from "../../intervals";

/**
 * What back-substitution needs of an affine step of twins, and the intervals of what it yields:
 *
 *     ξ = Σ A_k y_k + b        δ = Σ (ΔA_k y_k + Ã_k Δ_k) + Δb
 */
export interface AffineFacts {
  readonly form: "affine";
  readonly terms: readonly TwinTerm[];
  /** A normalisation, the same in both: then there are no terms. */
  readonly quotient?: QuotientTerm;
  /** One for each value; undefined for zeros. */
  readonly bias?: Float64Array;
  readonly biasChange?: Float64Array;
  /** |A| |y| + |b| and |ΔA| |y| + |Ã| |Δ| + |Δb|: what the roundings of a form are relative to. */
  readonly valueScale: Float64Array;
  readonly differenceScale: Float64Array;
}

/** A term of N, of Ñ, and what one is more than the other: undefined for nothing. */
export interface TwinTerm {
  readonly term: Term;
  readonly twin: Term;
  readonly change?: Term;
}

/** An affine step's facts and the intervals of ξ and δ. */
export interface AffineSite {
  readonly facts: AffineFacts;
  readonly values: Intervals;
  readonly differences: Intervals;
}
