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
const MOST_FREE = 12;

/**
 * A bound of Σ_k |δ_k| over the outputs, which is the largest σ · δ over all signs σ. Never more
 * than the sum of the outputs' ends.
 *
 * Outputs that went back through strips, which know nothing of signs, are added up for all σ at
 * once. The σ that come out largest are carried back anew as one row each, through planes chosen
 * by sign: until the largest of those is no less than what is left.
 */
export function boundTotal(model: Model): number {
  const { lower, upper } = model.differences[model.differences.length - 1];
  const sum = totalError({ lower, upper });
  const open = Array.from(lower.keys()).filter((output) => lower[output] < 0 && upper[output] > 0);
  if (open.length > MOST_FREE) return Math.min(sum, boundOpenSigns(model, sum));
  const known = Int8Array.from(lower, (low, output) => {
    if (low < 0 && upper[output] > 0) return 0;
    return low >= 0 ? 1 : -1;
  });
  const signs = { open, known };
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

/** σ · δ for each of some σ, by the bits of its open signs, as a row of its own. */
function boundRows(model: Model, { open, known }: Signs, chosen: readonly number[]): Float64Array {
  const value = model.differences.length - 1;
  const forms = createForms(chosen.length, value + 1);
  const outputs = known.length;
  const { data } = coefficientsOn(forms.onDifferences, value, chosen.length, outputs);
  chosen.forEach((bits, row) => {
    data.set(known, row * outputs);
    open.forEach((output, place) => {
      data[row * outputs + output] = ((bits >> place) & 1) === 1 ? 1 : -1;
    });
  });
  substituteBack(model, forms);
  return forms.best;
}
