/**
 * The largest rounding error on the polytope of one point, from both sides.     (paper, Eqs. 29–33)
 *
 * `error ≤ maximum ≤ upperBound` always holds; errors are L1 over the logits, in their units.
 */
export interface AppMaxResult {
  /** E(x) at the point itself: attained. */
  readonly error: number;
  /** E(witness), computed by both networks: attained. */
  readonly maximum: number;
  /**
   * Proved by multipliers for every input of the polytope, up to the rounding of the program's own
   * data: a bound.
   */
  readonly upperBound: number;
  /** The box within which the polytope lies: `pixels` is [0, 1]. The bound holds there. */
  readonly domain: string;
  /**
   * (upperBound − maximum) / max(maximum, 0.01): relative, with an absolute floor of
   * 1e-11 for errors so small that evaluating the networks in binary64 is no finer.
   */
  readonly gap: number;
  /**
   * With the option `proof: "real"`: no input of the polytope has a larger error than upperBound +
   * roundingAllowance, were both networks computed in the real numbers. The upper bound alone is
   * one of the program as computed: its rows and costs are rounded to binary64. (decision 54)
   */
  readonly roundingAllowance?: number;
  /** The input that attains `maximum`. */
  readonly witness: Float64Array;
  readonly iterations: number;
  readonly rowsGenerated: number;
  /** Largest violation of a unit-norm row at the solver's point. */
  readonly violation: number;
  /** Which engine's answer this is. */
  readonly solver: string;
  readonly status: "certified" | "uncertified";
  /** Why it is not certified, or why an earlier engine's answer was not taken; else empty. */
  readonly reason: string;
}
