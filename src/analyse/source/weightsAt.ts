import { valueAt } from "../../network/layer/applyStep";
import { atValue } from "../../network/layer/perChannel";
import type { AffineStep, PiecesStep } from "../../network/layer/step";
import { applyTerm, mapWeights, termRules, type Term } from "../../network/layer/term";
import { checkSameForm, difference, loneQuotient, spreadBias } from "../rules/affineParts";
import { isSameFunction } from "../rules/piecesError";
import type { PointSite } from "./rules";

/** A number of a layer that is another in Ñ. */
export interface ChangedParameter {
  readonly parameter: "weight" | "bias";
  /** Its place among the layer's weights or biases. */
  readonly index: number;
}

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

/** The terms of ΔW; none of a normalisation, which is the same in both. */
function changesOf(step: AffineStep, approximatedStep: AffineStep): readonly Term[] {
  checkSameForm(step, approximatedStep);
  if (loneQuotient(step) !== undefined) return [];
  return approximatedStep.terms.map((term, k) => difference(term, step.terms[k]));
}

function biasChange(step: AffineStep, approximatedStep: AffineStep, index: number): number {
  return (approximatedStep.bias?.[index] ?? 0) - (step.bias?.[index] ?? 0);
}

/** Whether a term of differences is another than 0 somewhere. */
function isChanged(term: Term): boolean {
  const { outputSize, visit } = termRules(term);
  for (let output = 0, size = outputSize(term); output < size; output++) {
    let isOther = false;
    visit(term, output, (_, factor) => (isOther ||= factor !== 0));
    if (isOther) return true;
  }
  return false;
}

/**
 * What each changed number of a layer adds to a form on what the layer yields: the parts of
 * `weightsAt`, weight by weight. Every call sees the same numbers in the same order.
 */
export function eachWeightAt(
  { step, approximatedStep, values }: PointSite,
  gradient: Readonly<Float64Array>,
  see: (changed: ChangedParameter, share: number) => void,
): void {
  if (step.form === "affine" && approximatedStep.form === "affine") {
    changesOf(step, approximatedStep).forEach((term, k) =>
      eachFactor(term, values[k], gradient, see),
    );
    const sums = channelSums(gradient, step.bias?.length ?? 0);
    sums.forEach((sum, index) => {
      const change = biasChange(step, approximatedStep, index);
      if (change !== 0) see({ parameter: "bias", index }, change * sum);
    });
  } else if (step.form === "pieces" && approximatedStep.form === "pieces") {
    eachSlope(step, approximatedStep, values[0], gradient, see);
  }
}

/** Of a weight that many places share, all of them together. */
function eachFactor(
  term: Term,
  input: Readonly<Float64Array>,
  gradient: Readonly<Float64Array>,
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
    const factor = gradient[output];
    visit(places, output, (from, index) => {
      sums.set(index, (sums.get(index) ?? 0) + factor * input[from]);
    });
  }
  changes.forEach((change, index) => {
    see({ parameter: "weight", index }, change * (sums.get(index) ?? 0));
  });
}

function channelSums(values: Readonly<Float64Array>, channels: number): Float64Array {
  const sums = new Float64Array(channels);
  const pixels = values.length / channels;
  values.forEach((value, place) => (sums[Math.floor(place / pixels)] += value));
  return sums;
}

function eachSlope(
  step: PiecesStep,
  approximatedStep: PiecesStep,
  input: Readonly<Float64Array>,
  gradient: Readonly<Float64Array>,
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
      const move =
        valueAt(approximatedStep, place, input[place]) - valueAt(step, place, input[place]);
      share += gradient[place] * move;
    }
    see({ parameter: "weight", index }, share);
  }
}
