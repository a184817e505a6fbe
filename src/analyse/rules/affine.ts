import type { AffineStep } from "../../network/layer/step";
import { ofValue } from "../../network/layer/perChannel";
import { applyTerm, type QuotientTerm } from "../../network/layer/term";
import { summationError } from "../../numeric/rounding";
import { addAll, reachOf, widen, type Intervals } from "../intervals";
import type { LocalSum } from "../source/rules";
import { carryAffine } from "./affineCarry";
import {
  absolute,
  checkSameForm,
  isMovedOnly,
  loneQuotient,
  negative,
  positive,
  spreadBias,
  termCount,
} from "./affineParts";
import { carrySparseTerm } from "./affineSparse";
import type { StepRules } from "./rule";

/** Affine steps: Σ A_k x_k + b. */
export const affineRules: StepRules<AffineStep> = {
  bound(step, sources) {
    const quotient = loneQuotient(step);
    return quotient === undefined ? boundSum(step, sources) : boundQuotient(quotient, sources[0]);
  },
  boundError({ step, approximatedStep, errors }, local) {
    checkSameForm(step, approximatedStep);
    const quotient = loneQuotient(step);
    if (quotient !== undefined) return boundQuotientError(quotient, errors[0]);
    return boundSumError(step, approximatedStep, errors, local);
  },
  rows: () => undefined,
  carrySparse: ({ terms }, _, form, outs) =>
    terms.forEach((term, source) => carrySparseTerm(term, form, outs[source])),
  carry: (step, _, form, outs, constant) => carryAffine(step, form, outs, constant),
};

function boundQuotient({ offset, divisor }: QuotientTerm, input: Intervals): Intervals {
  const scale = (value: number, index: number): number =>
    (value - ofValue(offset, index)) / ofValue(divisor, index);
  // Two operations, each rounded once.
  return widen(input.lower.map(scale), input.upper.map(scale), (value, index) => {
    const shift = Math.abs(ofValue(offset, index) / ofValue(divisor, index));
    return summationError(3) * (Math.abs(value) + shift);
  });
}

function boundQuotientError({ divisor }: QuotientTerm, errors: Intervals): Intervals {
  const scale = (value: number, index: number): number => value / ofValue(divisor, index);
  return widen(
    errors.lower.map(scale),
    errors.upper.map(scale),
    (value) => summationError(1) * Math.abs(value),
  );
}

/**
 * lower' = W⁺ lower + W⁻ upper + bias, upper' = W⁺ upper + W⁻ lower + bias, widened. (paper, Eq. 9)
 */
function boundSum(step: AffineStep, sources: readonly Intervals[]): Intervals {
  const bias = spreadBias(step, (index) => step.bias?.[index] ?? 0);
  const low = [bias];
  const high = [bias];
  const magnitudes: Float64Array[] = [];
  step.terms.forEach((term, source) => {
    const { lower, upper } = sources[source];
    const [plus, minus] = [positive(term), negative(term)];
    magnitudes.push(applyTerm(absolute(term), reachOf(sources[source])));
    low.push(applyTerm(plus, lower), applyTerm(minus, upper));
    high.push(applyTerm(plus, upper), applyTerm(minus, lower));
  });
  if (isMovedOnly(step)) return { lower: addAll(...low), upper: addAll(...high) };
  const magnitude = addAll(...magnitudes);
  const relative = summationError(2 * termCount(step) + 4);
  return widen(
    addAll(...low),
    addAll(...high),
    (_value, index) => relative * (magnitude[index] + Math.abs(bias[index])),
  );
}

/** Eqs. 13–14 in their general sound form; see `boundErrors`. The terms with ΔW are `local`. */
function boundSumError(
  step: AffineStep,
  approximatedStep: AffineStep,
  errors: readonly Intervals[],
  local: readonly LocalSum[],
): Intervals {
  const nothing = new Float64Array(step.size);
  const low = local.length === 0 ? [nothing] : local.map(({ lower }) => lower);
  const high = local.length === 0 ? [nothing] : local.map(({ upper }) => upper);
  const magnitudes: Float64Array[] = [];
  approximatedStep.terms.forEach((term, source) => {
    const { lower: alpha, upper: beta } = errors[source];
    const [minus, plus] = [negative(term), positive(term)];
    low.push(applyTerm(plus, alpha), applyTerm(minus, beta));
    high.push(applyTerm(minus, alpha), applyTerm(plus, beta));
    magnitudes.push(applyTerm(absolute(term), reachOf(errors[source])));
  });
  if (isMovedOnly(step)) return { lower: addAll(...low), upper: addAll(...high) };
  const magnitude = addAll(...magnitudes, ...local.flatMap((sum) => sum.magnitudes));
  // The differences of weights are rounded once themselves, and small ones exactly (Sterbenz).
  const relative = summationError(4 * termCount(step) + 8);
  return widen(addAll(...low), addAll(...high), (_value, index) => relative * magnitude[index]);
}
