import { ofValue } from "../../../network/layer/perChannel";
import type { AffineStep } from "../../../network/layer/step";
import { applyTerm, termRules } from "../../../network/layer/term";
import { reachOf } from "../../intervals";
import {
  absolute,
  difference,
  isMovedOnly,
  loneQuotient,
  spreadBias,
  termCount,
} from "../../rules/affineParts";
import { affineRules } from "../../rules/affine";
import { weightRules, WEIGHTS } from "../../source/weights";
import type { Site } from "../../source/rules";
import type { AffineFacts, AffineSite, TwinTerm } from "./affineSite";
import { denseFacts } from "./denseFacts";

/** @throws ShapeError if the twins' steps are not of one architecture */
export function affineFacts(site: Site<AffineStep>): AffineSite {
  const { step } = site;
  const dense = denseFacts(site);
  if (dense !== undefined) return dense;
  const local = weightRules.localSum(WEIGHTS, site);
  const values = affineRules.bound(step, site.values);
  const differences = affineRules.boundError(site, local === undefined ? [] : [local], "exact");
  const quotient = loneQuotient(step);
  if (quotient !== undefined) {
    const scale = reachOf(values).map(
      (reach, index) =>
        reach + 2 * Math.abs(ofValue(quotient.offset, index) / ofValue(quotient.divisor, index)),
    );
    const facts = {
      form: "affine",
      terms: [],
      quotient,
      valueScale: scale,
      differenceScale: reachOf(differences),
    } as const;
    return { facts, values, differences };
  }
  return { facts: termFacts(site), values, differences };
}

function termFacts({ step, approximatedStep, values, errors }: Site<AffineStep>): AffineFacts {
  const terms = step.terms.map((term, source): TwinTerm => {
    const twin = approximatedStep.terms[source];
    const change = difference(twin, term);
    const isChanged = termRules(term)
      .weightsOf(change)
      .some((weight) => weight !== 0);
    return { term, twin, ...(isChanged && term.kind !== "pick" ? { change } : {}) };
  });
  const valueScale = new Float64Array(step.size);
  const differenceScale = new Float64Array(step.size);
  const add = (out: Float64Array, more: Float64Array): void =>
    more.forEach((value, index) => (out[index] += Math.abs(value)));
  terms.forEach(({ term, twin, change }, source) => {
    add(valueScale, applyTerm(absolute(term), reachOf(values[source])));
    add(differenceScale, applyTerm(absolute(twin), reachOf(errors[source])));
    if (change !== undefined)
      add(differenceScale, applyTerm(absolute(change), reachOf(values[source])));
  });
  if (step.bias === undefined) return { form: "affine", terms, valueScale, differenceScale };
  const bias = spreadBias(step, (index) => step.bias?.[index] ?? 0);
  const theirs = spreadBias(approximatedStep, (index) => approximatedStep.bias?.[index] ?? 0);
  const biasChange = theirs.map((value, index) => value - bias[index]);
  add(valueScale, bias);
  add(differenceScale, biasChange);
  return { form: "affine", terms, bias, biasChange, valueScale, differenceScale };
}

/** Whether forms through a step can say more than its intervals: it mixes several values. */
export function isMixing(step: AffineStep): boolean {
  return !isMovedOnly(step) && loneQuotient(step) === undefined && termCount(step) > 1;
}
