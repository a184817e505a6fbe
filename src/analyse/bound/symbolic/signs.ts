import { totalError } from "../../errorBounds";
import { coefficientsOn, createForms } from "./forms";
import { linearOutputs } from "./linearRows";
import type { Model } from "./model";
import { boundOpenSigns } from "./openSigns";
import { boundSignedSums, type Signs } from "./signedSums";
import { substituteBack } from "./substitute";

/** Rows that are bounded together: few at first, since the first ones may settle the rest. */
const FIRST_BLOCK = 4;
const LARGEST_BLOCK = 64;

/** Up to so many outputs of either sign all signs are looked at; beyond that they are searched. */
export const MOST_FREE = 12;

/**
 * A bound of Σ_k |δ_k| over the outputs, which is the largest σ · δ over all signs σ. Never more
 * than the sum of the outputs' ends.
 *
 * Outputs that went back through strips, which know nothing of signs, are added up for all σ at
 * once. The σ that come out largest are carried back anew as one row each, through planes chosen
 * by sign: until the largest of those is no less than what is left.
 */
export function boundTotal(model: Model): number {
  const sum = totalError(model.differences[model.differences.length - 1]);
  const signs = signsOf(model);
  if (signs.open.length > MOST_FREE) return Math.min(sum, boundOpenSigns(model, sum));
  const bounds = boundSignedSums(linearOutputs(model), signs).map((bound) => Math.min(bound, sum));
  const order = Array.from(bounds.keys()).sort((one, other) => bounds[other] - bounds[one]);
  let largest = 0;
  let size = FIRST_BLOCK;
  for (let first = 0; first < order.length; size = Math.min(2 * size, LARGEST_BLOCK)) {
    const chosen = order.slice(first, first + size).filter((index) => bounds[index] > largest);
    if (chosen.length === 0) break;
    const found = boundRows(model, signs, chosen);
    chosen.forEach(
      (index, row) => (largest = Math.max(largest, Math.min(bounds[index], found[row]))),
    );
    first += chosen.length;
  }
  return largest;
}

/** Which signs the differences of the outputs may have. */
export function signsOf({ differences }: Model): Signs {
  const { lower, upper } = differences[differences.length - 1];
  const isOpen = (output: number): boolean => lower[output] < 0 && upper[output] > 0;
  return {
    open: Array.from(lower.keys()).filter(isOpen),
    known: Int8Array.from(lower, (low, output) => (isOpen(output) ? 0 : low >= 0 ? 1 : -1)),
  };
}

/** All signs, where bit p of `bits` says that of open output number p. */
export function signVector({ open, known }: Signs, bits: number): Int8Array {
  const all = known.slice();
  open.forEach((output, place) => (all[output] = ((bits >> place) & 1) === 1 ? 1 : -1));
  return all;
}

/** σ · δ for each of some σ, by the bits of its open signs, as a row of its own. */
function boundRows(model: Model, signs: Signs, chosen: readonly number[]): Float64Array {
  const value = model.differences.length - 1;
  const forms = createForms(chosen.length, value + 1);
  const outputs = signs.known.length;
  const { data } = coefficientsOn(forms.onDifferences, value, chosen.length, outputs);
  chosen.forEach((bits, row) => data.set(signVector(signs, bits), row * outputs));
  substituteBack(model, forms);
  return forms.best;
}
