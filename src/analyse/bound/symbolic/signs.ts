import { addMatrixProduct } from "../../../numeric/gemm";
import { createMatrix, type Matrix } from "../../../numeric/matrix";
import { summationError } from "../../../numeric/rounding";
import { totalError } from "../../errorBounds";
import { coefficientsOn, createForms, type Forms } from "./forms";
import type { Model } from "./model";
import { boundOpenSigns } from "./openSigns";
import { concretiseIn, substituteBack } from "./substitute";

/** Rows that are bounded together. */
const BLOCK = 32;

/** Up to so many outputs of either sign all signs are looked at; beyond that they are searched. */
const MOST_FREE = 11;

/**
 * A bound of Σ_k |δ_k| over the outputs, which is the largest σ · δ over all signs σ. Never more
 * than the sum of the outputs' ends.
 *
 * What the rows of single outputs have become at the inputs, added up by σ, is bounded at once for
 * all signs. Those that come out largest are carried back anew as one row each, which cancels more:
 * until the largest of them is no less than what is left.
 */
export function boundTotal(model: Model): number {
  const { lower, upper } = model.differences[model.differences.length - 1];
  const sum = totalError({ lower, upper });
  const free = Array.from(lower.keys()).filter((output) => lower[output] < 0 && upper[output] > 0);
  if (free.length > MOST_FREE) return Math.min(sum, boundOpenSigns(model, sum));
  const signs = Array.from({ length: 1 << free.length }, (_, bits) =>
    Int8Array.from(lower, (low, output) => {
      const place = free.indexOf(output);
      if (place === -1) return low >= 0 ? 1 : -1;
      return ((bits >> place) & 1) === 1 ? 1 : -1;
    }),
  );
  const bounds = boundsAtInputs(model, signs).map((bound) => Math.min(bound, sum));
  const order = Array.from(bounds.keys()).sort((one, other) => bounds[other] - bounds[one]);
  let largest = 0;
  for (let first = 0; first < order.length; first += BLOCK) {
    if (bounds[order[first]] <= largest) break;
    const chosen = order.slice(first, first + BLOCK);
    const found = boundRows(
      model,
      chosen.map((index) => signs[index]),
    );
    chosen.forEach(
      (index, row) => (largest = Math.max(largest, Math.min(bounds[index], found[row]))),
    );
  }
  return largest;
}

/** Each σ · δ as a row of its own. */
function boundRows(model: Model, signs: readonly Int8Array[]): Float64Array {
  const forms = formsOf(model, signs);
  substituteBack(model, forms);
  return forms.best;
}

function formsOf(model: Model, rows: readonly Int8Array[]): Forms {
  const value = model.differences.length - 1;
  const outputs = rows[0].length;
  const forms = createForms(rows.length, value + 1);
  const { data } = coefficientsOn(forms.onDifferences, value, rows.length, outputs);
  rows.forEach((signs, row) => data.set(signs, row * outputs));
  return forms;
}

/** The same by adding up the rows of δ_k and −δ_k as they stand at the inputs. */
function boundsAtInputs(model: Model, signs: readonly Int8Array[]): Float64Array {
  const outputs = signs[0].length;
  const units = Array.from({ length: 2 * outputs }, (_, row) =>
    Int8Array.from({ length: outputs }, (__, output) =>
      output === row ? 1 : output === row - outputs ? -1 : 0,
    ),
  );
  const single = formsOf(model, units);
  substituteBack(model, single);
  const choice = createMatrix(signs.length, 2 * outputs);
  signs.forEach((row, index) =>
    row.forEach((sign, output) => {
      choice.data[index * 2 * outputs + (sign > 0 ? output : outputs + output)] = 1;
    }),
  );
  return concretiseSums(model, single, choice);
}

/** Sums of rows that have been carried back, each as large as it can be. */
function concretiseSums(model: Model, single: Forms, choice: Matrix): Float64Array {
  const { rows, columns } = choice;
  const sums = createForms(rows, single.onValues.length);
  const addUp = (matrices: Forms["onValues"], out: Forms["onValues"]): void =>
    matrices.forEach((matrix, value) => {
      if (matrix === undefined) return;
      const made = coefficientsOn(out, value, rows, matrix.columns);
      addMatrixProduct(model.gemm, choice, matrix, made);
    });
  addUp(single.onValues, sums.onValues);
  addUp(single.onDifferences, sums.onDifferences);
  // Sums of coefficients round too, by no more than all of them could come to.
  const relative = summationError(4 * columns);
  const scales = magnitudesOf(model, single);
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < columns; unit++) {
      if (choice.data[row * columns + unit] === 0) continue;
      sums.constant[row] += single.constant[unit];
      sums.error[row] += single.error[unit] + relative * scales[unit];
    }
  }
  concretiseIn(model, sums);
  return sums.best;
}

/** The largest magnitudes of all that rows are sums of. */
function magnitudesOf({ values, differences }: Model, { rows, ...forms }: Forms): Float64Array {
  const scales = forms.constant.map(Math.abs);
  const add = (matrix: Matrix | undefined, lower: Float64Array, upper: Float64Array): void =>
    matrix?.data.forEach((factor, at) => {
      const place = at % matrix.columns;
      const reach = Math.max(Math.abs(lower[place]), Math.abs(upper[place]));
      scales[Math.floor(at / matrix.columns)] += Math.abs(factor) * reach;
    });
  forms.onValues.forEach((matrix, at) => add(matrix, values[at].lower, values[at].upper));
  forms.onDifferences.forEach((matrix, at) =>
    add(matrix, differences[at].lower, differences[at].upper),
  );
  return rows === 0 ? new Float64Array(0) : scales;
}
