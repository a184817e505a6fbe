import { ArgumentError } from "../errors";
import { summationError } from "../numeric/rounding";
import { addLocalErrors, localSums } from "./source/localErrors";
import type { ErrorSource } from "./source/source";
import { WEIGHTS } from "./source/weights";
import { checkBox } from "./intervalBounds";
import type { Intervals } from "./intervals";
import type { ReluRule } from "./rules/rule";
import { stepRules } from "./rules/stepRules";
import { pairedSteps } from "./sameArchitecture";
import type { Twins } from "./twin";

export type { ReluRule } from "./rules/rule";

/** Sound intervals for every layer: of N's values, and of how far Ñ's values lie from them. */
export interface ErrorBounds {
  /** Entry l + 1 is what layer l yields; entry 0 the inputs. */
  readonly values: readonly Intervals[];
  /** y + α ≤ ỹ ≤ y + β: lower ends α, upper ends β, in the same order. */
  readonly errors: readonly Intervals[];
  /**
   * No input of the box has a larger E: Σ_k max(−α_k, β_k) over the outputs. A bound.
   * (paper, Eq. 17)
   */
  readonly total: number;
}

/**
 * Error-interval propagation in its general sound form, for any box and twins of equal
 * architecture.
 *
 *     α' = Δb + ΔW⁻ b + ΔW⁺ a + W̃⁺ α + W̃⁻ β
 *     β' = Δb + ΔW⁺ b + ΔW⁻ a + W̃⁻ α + W̃⁺ β                                 (paper, Eqs. 10–17)
 *
 * The paper's (13)–(14) leave out the terms with a, which is sound only where a ≥ 0. Sums are
 * evaluated in binary64 and widened outwards by their error.
 *
 * ΔW y + Δb is what one source of errors adds to a layer's sums, its weights; others add to what
 * layers yield (`source/`). How errors travel on is the same for all.
 *
 * @throws ShapeError if the twins' layers differ in kind or size or the box has another size,
 *   ArgumentError if the box is none or a sum overflows so that nothing is proved
 */
export function boundErrors(twins: Twins, box: Intervals, rule: ReluRule = "exact"): ErrorBounds {
  const pairs = pairedSteps(twins, "error intervals");
  checkBox(box, twins.network);
  const sources: readonly ErrorSource[] = [WEIGHTS, ...(twins.sources ?? [])];
  const none = new Float64Array(box.lower.length);
  const values = [box];
  const errors = [addLocalErrors(sources, 0, box, { lower: none, upper: none })];
  pairs.forEach(({ step, approximatedStep, from }, layer) => {
    const site = {
      layer,
      step,
      approximatedStep,
      values: from.map((value) => values[value]),
      errors: from.map((value) => errors[value]),
    };
    const rules = stepRules(step);
    const moved = rules.boundError(site, localSums(sources, site), rule);
    const yielded = rules.bound(step, site.values);
    errors.push(addLocalErrors(sources, layer + 1, yielded, moved));
    values.push(yielded);
  });
  const total = totalError(errors[errors.length - 1]);
  if (Number.isNaN(total)) {
    throw new ArgumentError(
      `the error intervals of ${twins.network.name} overflow binary64, so that nothing is proved; ` +
        "are its weights or the box too large?",
    );
  }
  return { values, errors, total };
}

/** Σ_k max(−α_k, β_k), rounded upwards. (paper, Eq. 17) */
export function totalError({ lower, upper }: Intervals): number {
  let sum = 0;
  for (let output = 0; output < lower.length; output++) {
    sum += Math.max(-lower[output], upper[output]);
  }
  return sum * (1 + summationError(lower.length));
}
