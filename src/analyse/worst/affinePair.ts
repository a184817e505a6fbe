import type { AffineStep } from "../../network/layer/step";
import { termRules, type Term } from "../../network/layer/term";
import type { Gemm } from "../../numeric/gemm";
import type { Matrix } from "../../numeric/matrix";
import { checkSameForm, difference, loneQuotient, spreadBias } from "../rules/affineParts";
import { batchRules, constantOf, firstRows } from "./batchTerms";

/** An affine layer of N and of Ñ, ready to be run at many inputs at once. */
export interface AffinePair {
  readonly form: "affine";
  readonly size: number;
  /** N's terms and Ñ's, one for each source. */
  readonly terms: readonly Term[];
  readonly approximatedTerms: readonly Term[];
  /** ΔW, undefined where the two are alike. */
  readonly changes: readonly (Term | undefined)[];
  readonly bias: Float64Array;
  readonly biasChange: Float64Array;
  /** Whether N and Ñ have the same values at a source, whatever the input: products are saved. */
  readonly isSourceExact: readonly boolean[];
}

/** @throws ShapeError unless the two differ in their numbers alone */
export function affinePair(
  step: AffineStep,
  approximatedStep: AffineStep,
  isSourceExact: readonly boolean[],
): AffinePair {
  checkSameForm(step, approximatedStep);
  const { size, terms } = step;
  const bias = spreadBias(step, (index) => step.bias?.[index] ?? 0);
  for (const term of terms) {
    constantOf(term).forEach((constant, place) => (bias[place] += constant));
  }
  return {
    form: "affine",
    size,
    terms,
    approximatedTerms: approximatedStep.terms,
    changes: loneQuotient(step) === undefined ? changesOf(step, approximatedStep) : [undefined],
    bias,
    biasChange: spreadBias(
      step,
      (index) => (approximatedStep.bias?.[index] ?? 0) - (step.bias?.[index] ?? 0),
    ),
    isSourceExact,
  };
}

/** Whether the layer yields the same in N and in Ñ, whatever the input. */
export function isExact({ changes, biasChange, isSourceExact }: AffinePair): boolean {
  return (
    isSourceExact.every(Boolean) &&
    changes.every((change) => change === undefined) &&
    biasChange.every((change) => change === 0)
  );
}

function changesOf(step: AffineStep, approximatedStep: AffineStep): (Term | undefined)[] {
  return step.terms.map((term, k) => {
    const change = difference(approximatedStep.terms[k], term);
    return termRules(change)
      .weightsOf(change)
      .some((weight) => weight !== 0)
      ? change
      : undefined;
  });
}

/** What flows at a value, an input a row. */
export interface BatchValues {
  readonly y: Matrix;
  /** d of all inputs, then r of all inputs. */
  readonly differences: Matrix;
  /** Forms on y and on d. */
  readonly yBack: Matrix;
  readonly dBack: Matrix;
}

/** y' = W y + b; d' = ΔW y + Δb + W̃ d, and so r'. */
export function runAffine(
  pair: AffinePair,
  gemm: Gemm,
  from: readonly BatchValues[],
  to: BatchValues,
): void {
  const { y, differences } = to;
  spread(pair.bias, y.data);
  spread(pair.biasChange, differences.data);
  const own = firstRows(differences, y.rows);
  pair.terms.forEach((term, k) => {
    batchRules(term).add(term, gemm, from[k].y, y);
    const change = pair.changes[k];
    if (change !== undefined) batchRules(change).add(change, gemm, from[k].y, own);
  });
  differences.data.copyWithin(own.data.length, 0, own.data.length);
  pair.approximatedTerms.forEach((term, k) => {
    if (pair.isSourceExact[k]) return;
    batchRules(term).add(term, gemm, from[k].differences, differences);
  });
}

/** The same numbers in every row. */
function spread(numbers: Readonly<Float64Array>, out: Float64Array): void {
  for (let at = 0; at < out.length; at += numbers.length) out.set(numbers, at);
}

/** Adds to forms on what the layer reads what those on what it yields are there. */
export function runAffineBack(
  pair: AffinePair,
  gemm: Gemm,
  from: readonly BatchValues[],
  { yBack, dBack }: BatchValues,
): void {
  pair.terms.forEach((term, k) => {
    batchRules(term).addBack(term, gemm, yBack, from[k].yBack);
    const change = pair.changes[k];
    if (change !== undefined) batchRules(change).addBack(change, gemm, dBack, from[k].yBack);
    if (pair.isSourceExact[k]) return;
    const own = pair.approximatedTerms[k];
    batchRules(own).addBack(own, gemm, dBack, from[k].dBack);
  });
}
