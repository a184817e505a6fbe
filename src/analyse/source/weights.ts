import type { AffineStep } from "../../network/layer/step";
import { applyTerm } from "../../network/layer/term";
import { addAll, reachOf } from "../intervals";
import {
  absolute,
  checkSameForm,
  difference,
  loneQuotient,
  negative,
  positive,
  spreadBias,
} from "../rules/affineParts";
import type { LocalSum, Site, SourceRules } from "./rules";
import { weightsAt } from "./weightsAt";

/** Ñ has other weights and biases than N: those of its layers. */
export interface WeightSource {
  readonly kind: "weights";
}

/** The one there is: which weights are others, the twins' networks say. */
export const WEIGHTS: WeightSource = { kind: "weights" };

/**
 * ΔW y + Δb over N's values y. Where slopes of pieces are weights (PReLU), both functions together
 * decide what becomes of an error: the step's own rule sees them.
 */
export const weightRules: SourceRules<WeightSource> = {
  name: "weights of its own",
  isPiecewiseAffine: true,
  check: () => undefined,
  localSum: (_, site) => weightSum(site),
  localError: () => undefined,
  localAt: (_, site) => weightsAt(site),
};

/** @throws ShapeError if the twins' steps are not of one architecture */
function weightSum({ step, approximatedStep, values }: Site<AffineStep>): LocalSum | undefined {
  checkSameForm(step, approximatedStep);
  // A normalisation is the same in both, and no product.
  if (loneQuotient(step) !== undefined) return undefined;
  const deltaBias = spreadBias(
    step,
    (index) => (approximatedStep.bias?.[index] ?? 0) - (step.bias?.[index] ?? 0),
  );
  const low = [deltaBias];
  const high = [deltaBias];
  const magnitudes: Float64Array[] = [];
  approximatedStep.terms.forEach((term, source) => {
    const { lower: a, upper: b } = values[source];
    const ownTerm = step.terms[source];
    const delta = difference(term, ownTerm);
    const [less, more] = [negative(delta), positive(delta)];
    low.push(applyTerm(less, b), applyTerm(more, a));
    high.push(applyTerm(more, b), applyTerm(less, a));
    magnitudes.push(applyTerm(absolute(delta), reachOf(values[source])));
  });
  return {
    lower: addAll(...low),
    upper: addAll(...high),
    magnitudes: [...magnitudes, deltaBias.map(Math.abs)],
  };
}
