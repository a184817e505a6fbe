import { assertNever, ShapeError } from "../../errors";
import type { AffineStep } from "../../network/layer/step";
import { termRules, type QuotientTerm, type Term } from "../../network/layer/term";

/** The normalisation that a step is, if it is one. */
export function loneQuotient({ terms }: AffineStep): QuotientTerm | undefined {
  return terms.length === 1 && terms[0].kind === "quotient" ? terms[0] : undefined;
}

/** Values that are moved and not computed with need no allowance. */
export function isMovedOnly({ terms, bias }: AffineStep): boolean {
  return bias === undefined && terms.length === 1 && terms[0].kind === "pick";
}

/** One bias per output value: a convolution's biases spread over its pixels. */
export function spreadBias(step: AffineStep, biasAt: (index: number) => number): Float64Array {
  const pixels = step.size / (step.bias?.length ?? 1);
  return Float64Array.from({ length: step.size }, (_, index) => biasAt(Math.floor(index / pixels)));
}

/** How many products one output value sums, at most. */
export function termCount({ terms }: AffineStep): number {
  return terms.reduce((count, term) => count + termRules(term).termCount(term), 0);
}

/*
 * Loops of their own: one loop that calls what it is given takes four times as long over the ten
 * million weights of a layer.
 */

/** A term with its weights above 0 alone. */
export const positive = (term: Term): Term =>
  termRules(term).withWeights(term, (weights) => {
    const out = new Float64Array(weights.length);
    for (let index = 0; index < out.length; index++) {
      if (weights[index] > 0) out[index] = weights[index];
    }
    return out;
  });

/** A term with its weights below 0 alone. */
export const negative = (term: Term): Term =>
  termRules(term).withWeights(term, (weights) => {
    const out = new Float64Array(weights.length);
    for (let index = 0; index < out.length; index++) {
      if (weights[index] < 0) out[index] = weights[index];
    }
    return out;
  });

/** A term with the magnitudes of its weights. */
export const absolute = (term: Term): Term =>
  termRules(term).withWeights(term, (weights) => {
    const out = new Float64Array(weights.length);
    for (let index = 0; index < out.length; index++) out[index] = Math.abs(weights[index]);
    return out;
  });

/** A term with the weights of one less those of another of its form. */
export function difference(term: Term, other: Term): Term {
  const others = termRules(other).weightsOf(other);
  return termRules(term).withWeights(term, (weights) => {
    const out = new Float64Array(weights.length);
    for (let index = 0; index < out.length; index++) out[index] = weights[index] - others[index];
    return out;
  });
}

/** Whether two steps differ in their weights and biases alone. */
export function areSameForm(step: AffineStep, approximatedStep: AffineStep): boolean {
  return (
    step.size === approximatedStep.size &&
    step.bias?.length === approximatedStep.bias?.length &&
    step.terms.length === approximatedStep.terms.length &&
    step.terms.every(
      (term, source) => geometryOf(term) === geometryOf(approximatedStep.terms[source]),
    )
  );
}

/** @throws ShapeError unless two steps differ in their weights and biases alone */
export function checkSameForm(step: AffineStep, approximatedStep: AffineStep): void {
  if (areSameForm(step, approximatedStep)) return;
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
