import { assertNever, ShapeError } from "../../errors";
import type { AffineStep } from "../../network/layer/step";
import { ofValue } from "../../network/layer/perChannel";
import { applyTerm, termRules, type QuotientTerm, type Term } from "../../network/layer/term";
import { summationError } from "../../numeric/rounding";
import { addAll, reachOf, widen, type Intervals } from "../intervals";
import { carryAffine } from "./affineCarry";
import { carrySparseTerm } from "./affineSparse";
import type { StepRules } from "./rule";

/** Affine steps: Σ A_k x_k + b. */
export const affineRules: StepRules<AffineStep> = {
  bound(step, sources) {
    const quotient = loneQuotient(step);
    return quotient === undefined ? boundSum(step, sources) : boundQuotient(quotient, sources[0]);
  },
  boundError({ step, altered }, values, errors) {
    checkSameForm(step, altered);
    const quotient = loneQuotient(step);
    if (quotient !== undefined) return boundQuotientError(quotient, errors[0]);
    return boundSumError(step, altered, values, errors);
  },
  rows: () => undefined,
  carrySparse: ({ terms }, _, form, outs) =>
    terms.forEach((term, source) => carrySparseTerm(term, form, outs[source])),
  carry: (step, _, form, outs, constant) => carryAffine(step, form, outs, constant),
};

function loneQuotient({ terms }: AffineStep): QuotientTerm | undefined {
  return terms.length === 1 && terms[0].kind === "quotient" ? terms[0] : undefined;
}

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

/** Values that are moved and not computed with need no allowance. */
function isMovedOnly({ terms, bias }: AffineStep): boolean {
  return bias === undefined && terms.length === 1 && terms[0].kind === "pick";
}

/** Eqs. 13–14 in their general sound form; see `boundErrors`. */
function boundSumError(
  step: AffineStep,
  altered: AffineStep,
  values: readonly Intervals[],
  errors: readonly Intervals[],
): Intervals {
  const deltaBias = spreadBias(
    step,
    (index) => (altered.bias?.[index] ?? 0) - (step.bias?.[index] ?? 0),
  );
  const low = [deltaBias];
  const high = [deltaBias];
  const magnitudes: Float64Array[] = [];
  altered.terms.forEach((term, source) => {
    const { lower: a, upper: b } = values[source];
    const { lower: alpha, upper: beta } = errors[source];
    const exact = step.terms[source];
    const delta = termRules(term).mapWeights(
      term,
      (weight, index) => weight - termRules(exact).weightAt(exact, index),
    );
    const [less, more] = [negative(delta), positive(delta)];
    const [minus, plus] = [negative(term), positive(term)];
    low.push(
      applyTerm(less, b),
      applyTerm(more, a),
      applyTerm(plus, alpha),
      applyTerm(minus, beta),
    );
    high.push(
      applyTerm(more, b),
      applyTerm(less, a),
      applyTerm(minus, alpha),
      applyTerm(plus, beta),
    );
    magnitudes.push(
      applyTerm(absolute(delta), reachOf(values[source])),
      applyTerm(absolute(term), reachOf(errors[source])),
    );
  });
  if (isMovedOnly(step)) return { lower: addAll(...low), upper: addAll(...high) };
  const magnitude = addAll(...magnitudes, deltaBias.map(Math.abs));
  // The differences of weights are rounded once themselves, and small ones exactly (Sterbenz).
  const relative = summationError(4 * termCount(step) + 8);
  return widen(addAll(...low), addAll(...high), (_value, index) => relative * magnitude[index]);
}

/** One bias per output value: a convolution's biases spread over its pixels. */
function spreadBias(step: AffineStep, biasAt: (index: number) => number): Float64Array {
  const pixels = step.size / (step.bias?.length ?? 1);
  return Float64Array.from({ length: step.size }, (_, index) => biasAt(Math.floor(index / pixels)));
}

/** How many products one output value sums, at most. */
function termCount({ terms }: AffineStep): number {
  return terms.reduce((count, term) => count + termRules(term).termCount(term), 0);
}

const positive = (term: Term): Term => termRules(term).mapWeights(term, (w) => (w > 0 ? w : 0));
const negative = (term: Term): Term => termRules(term).mapWeights(term, (w) => (w < 0 ? w : 0));
const absolute = (term: Term): Term => termRules(term).mapWeights(term, (w) => (w < 0 ? -w : w));

function checkSameForm(step: AffineStep, altered: AffineStep): void {
  const isSame =
    step.size === altered.size &&
    step.bias?.length === altered.bias?.length &&
    step.terms.length === altered.terms.length &&
    step.terms.every((term, source) => geometryOf(term) === geometryOf(altered.terms[source]));
  if (isSame) return;
  throw new ShapeError(
    "error intervals need twins of one architecture, but two layers that stand against each other " +
      "are of another form",
  );
}

/** All of a term that twins must share. */
function geometryOf(term: Term): string {
  switch (term.kind) {
    case "dense":
      return `dense ${term.weights.rows} ${term.weights.columns}`;
    case "convolution":
      return `convolution ${JSON.stringify(term.sizes)}`;
    case "scale":
      return `scale ${term.size} ${typeof term.factors === "number" ? 1 : term.factors.length}`;
    case "quotient":
      return `quotient ${JSON.stringify([term.offset, term.divisor])}`;
    case "pick":
      return `pick ${term.indices.join()}`;
    default:
      return assertNever(term);
  }
}
