import { atValue } from "../../network/layer/perChannel";
import type { AffineStep, PiecesStep, Step } from "../../network/layer/step";
import { mapWeights, termRules, type Term } from "../../network/layer/term";
import { checkSameForm, difference, loneQuotient } from "../rules/affineParts";

/** A number of a layer that is another in Ñ. */
export interface ChangedParameter {
  readonly parameter: "weight" | "bias";
  /** Its place among the layer's weights or biases. */
  readonly index: number;
}

/** What a change of a layer's numbers comes to where they act; shares are made of these. */
export interface ChangeRule {
  /** Of a product that a weight of a term is in: what its change is multiplied with. */
  factor(term: number, change: number, output: number, from: number): number;
  /** Of a number that a bias is added to: what its change is multiplied with. */
  constant(place: number): number;
  /** Of a place at which the slopes of pieces are others: all that they make of it. */
  moved(place: number): number;
}

/**
 * What each changed number of a layer comes to by a rule, in one sum over all places that share it.
 * Every call sees the same numbers in the same order.
 */
export function eachChange(
  { step, approximatedStep }: { readonly step: Step; readonly approximatedStep: Step },
  rule: ChangeRule,
  see: (changed: ChangedParameter, share: number) => void,
): void {
  if (step.form === "affine" && approximatedStep.form === "affine") {
    changesOf(step, approximatedStep).forEach((term, k) => eachFactor(term, k, rule, see));
    eachBias(step, approximatedStep, rule, see);
  } else if (step.form === "pieces" && approximatedStep.form === "pieces") {
    eachSlope(step, approximatedStep, rule, see);
  }
}

/** The terms of ΔW; none of a normalisation, which is the same in both. */
export function changesOf(step: AffineStep, approximatedStep: AffineStep): readonly Term[] {
  checkSameForm(step, approximatedStep);
  if (loneQuotient(step) !== undefined) return [];
  return approximatedStep.terms.map((term, k) => difference(term, step.terms[k]));
}

/** What a bias of Ñ has beyond N's; either may have none. */
export function biasChange(step: AffineStep, approximatedStep: AffineStep, index: number): number {
  return (approximatedStep.bias?.[index] ?? 0) - (step.bias?.[index] ?? 0);
}

/** Whether a term of differences is another than 0 somewhere. */
export function isChanged(term: Term): boolean {
  const { outputSize, visit } = termRules(term);
  for (let output = 0, size = outputSize(term); output < size; output++) {
    let isOther = false;
    visit(term, output, (_, factor) => (isOther ||= factor !== 0));
    if (isOther) return true;
  }
  return false;
}

/** Of a weight that many places share, all of them together. */
function eachFactor(
  term: Term,
  k: number,
  rule: ChangeRule,
  see: (changed: ChangedParameter, share: number) => void,
): void {
  if (!isChanged(term)) return;
  const { outputSize, visit } = termRules(term);
  // A term whose weights are their own places says which weight a product is of.
  const changes = new Map<number, number>();
  const places = mapWeights(term, (change, index) => {
    if (change !== 0) changes.set(index, change);
    return index;
  });
  const sums = new Map<number, number>();
  for (let output = 0, size = outputSize(term); output < size; output++) {
    visit(places, output, (from, index) => {
      const change = changes.get(index);
      if (change === undefined) return;
      sums.set(index, (sums.get(index) ?? 0) + rule.factor(k, change, output, from));
    });
  }
  changes.forEach((change, index) => {
    see({ parameter: "weight", index }, change * (sums.get(index) ?? 0));
  });
}

function eachBias(
  step: AffineStep,
  approximatedStep: AffineStep,
  rule: ChangeRule,
  see: (changed: ChangedParameter, share: number) => void,
): void {
  const channels = step.bias?.length ?? 0;
  const pixels = step.size / channels;
  for (let index = 0; index < channels; index++) {
    const change = biasChange(step, approximatedStep, index);
    if (change === 0) continue;
    let sum = 0;
    for (let place = index * pixels; place < (index + 1) * pixels; place++) {
      sum += rule.constant(place);
    }
    see({ parameter: "bias", index }, change * sum);
  }
}

function eachSlope(
  step: PiecesStep,
  approximatedStep: PiecesStep,
  rule: ChangeRule,
  see: (changed: ChangedParameter, share: number) => void,
): void {
  const channels = step.size / step.pixels;
  for (let index = 0; index < channels; index++) {
    const first = index * step.pixels;
    const isOther = step.slopes.some(
      (slope, piece) =>
        atValue(slope, step.pixels, first) !==
        atValue(approximatedStep.slopes[piece], step.pixels, first),
    );
    if (!isOther) continue;
    let share = 0;
    for (let place = first; place < first + step.pixels; place++) {
      share += rule.moved(place);
    }
    see({ parameter: "weight", index }, share);
  }
}
