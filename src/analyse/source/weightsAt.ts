import { valueAt } from "../../network/layer/applyStep";
import type { AffineStep } from "../../network/layer/step";
import { applyTerm } from "../../network/layer/term";
import { spreadBias } from "../rules/affineParts";
import { isSameFunction } from "../rules/piecesError";
import {
  biasChange,
  changesOf,
  eachChange,
  isChanged,
  type ChangedParameter,
  type ChangeRule,
} from "./eachChange";
import type { PointSite } from "./rules";

/**
 * What Ñ's weights make of N's own values y beyond what N's make of them: ΔW y + Δb, or f̃(y) −
 * f(y) of a step of pieces with slopes of its own. Undefined where the two layers are alike.
 */
export function weightsAt({ step, approximatedStep, values }: PointSite): Float64Array | undefined {
  if (step.form === "affine" && approximatedStep.form === "affine")
    return sumAt(step, approximatedStep, values);
  if (step.form !== "pieces" || approximatedStep.form !== "pieces") return undefined;
  if (isSameFunction(step, approximatedStep)) return undefined;
  return values[0].map(
    (value, place) => valueAt(approximatedStep, place, value) - valueAt(step, place, value),
  );
}

function sumAt(
  step: AffineStep,
  approximatedStep: AffineStep,
  values: PointSite["values"],
): Float64Array | undefined {
  const terms = changesOf(step, approximatedStep);
  const sum = spreadBias(step, (index) => biasChange(step, approximatedStep, index));
  if (!terms.some(isChanged) && !sum.some((change) => change !== 0)) return undefined;
  terms.forEach((term, k) => {
    if (!isChanged(term)) return;
    applyTerm(term, values[k]).forEach((move, place) => (sum[place] += move));
  });
  return sum;
}

/**
 * What each changed number of a layer adds to a form on what the layer yields: the parts of
 * `weightsAt`, weight by weight.
 */
export function eachWeightAt(
  site: PointSite,
  gradient: Readonly<Float64Array>,
  see: (changed: ChangedParameter, share: number) => void,
): void {
  const { step, approximatedStep, values } = site;
  const moves = step.form === "pieces" ? weightsAt(site) : undefined;
  const rule: ChangeRule = {
    factor: (term, _, output, from) => gradient[output] * values[term][from],
    constant: (place) => gradient[place],
    moved: (place) => gradient[place] * (moves?.[place] ?? 0),
  };
  eachChange({ step, approximatedStep }, rule, see);
}
