import { ofValue } from "../../../network/layer/perChannel";
import { termRules, type QuotientTerm, type Term } from "../../../network/layer/term";
import { addMatrixProduct } from "../../../numeric/gemm";
import { rowOf, type Matrix } from "../../../numeric/matrix";
import { reachOf } from "../../intervals";
import type { AffineFacts } from "./affineSite";
import { addConstant, coefficientsOn, type Forms } from "./forms";
import { isNothing, type Model, type ModelNode } from "./model";

/** Rows on ξ and δ become rows on what they are sums of: nothing is lost but roundings. */
export function substituteAffine({
  model,
  node,
  facts,
  forms,
  onValue,
  onDifference,
}: {
  readonly model: Model;
  readonly node: ModelNode;
  readonly facts: AffineFacts;
  readonly forms: Forms;
  readonly onValue?: Matrix;
  readonly onDifference?: Matrix;
}): void {
  const relative = Math.max(...node.from.map((value) => model.relative[value])) * 2;
  addScalars(forms, onValue, facts.bias, facts.valueScale, relative);
  addScalars(forms, onDifference, facts.biasChange, facts.differenceScale, relative);
  if (facts.quotient !== undefined) {
    substituteQuotient(model, node, facts.quotient, forms, [onValue, onDifference]);
    return;
  }
  facts.terms.forEach(({ term, twin, change }, source) => {
    const value = node.from[source];
    const size = model.values[value].lower.length;
    const add = (matrices: Forms["onValues"], left: Matrix | undefined, factor?: Term): void => {
      if (left === undefined || factor === undefined) return;
      addTerm(model, left, factor, coefficientsOn(matrices, value, forms.rows, size));
    };
    add(forms.onValues, onValue, term);
    add(forms.onValues, onDifference, change);
    if (!isNothing(model.differences[value])) add(forms.onDifferences, onDifference, twin);
  });
}

/** k += coefficients · numbers, with what rounding all of the step's sums may come to. */
function addScalars(
  forms: Forms,
  matrix: Matrix | undefined,
  numbers: Float64Array | undefined,
  scale: Float64Array,
  relative: number,
): void {
  if (matrix === undefined) return;
  for (let row = 0; row < forms.rows; row++) {
    const start = row * matrix.columns;
    let [sum, magnitude] = [0, 0];
    for (let column = 0; column < matrix.columns; column++) {
      const factor = matrix.data[start + column];
      if (factor === 0) continue;
      if (numbers !== undefined) sum += factor * numbers[column];
      magnitude += Math.abs(factor) * scale[column];
    }
    addConstant(forms, row, sum, relative * magnitude);
  }
}

/** out += left · term. */
function addTerm({ gemm }: Model, left: Matrix, term: Term, out: Matrix): void {
  if (term.kind === "dense") {
    addMatrixProduct(gemm, left, term.weights, out);
    return;
  }
  const { addAdjoint } = termRules(term);
  for (let row = 0; row < left.rows; row++) addAdjoint(term, rowOf(left, row), rowOf(out, row));
}

/** y = (x − offset) / divisor: a difference has no offset. */
function substituteQuotient(
  model: Model,
  node: ModelNode,
  { offset, divisor }: QuotientTerm,
  forms: Forms,
  [onValue, onDifference]: readonly [Matrix | undefined, Matrix | undefined],
): void {
  const [value] = node.from;
  const { rows } = forms;
  const size = node.step.size;
  const reach = reachOf(model.values[value]);
  if (onValue !== undefined) {
    const to = coefficientsOn(forms.onValues, value, rows, size).data;
    for (let row = 0; row < rows; row++) {
      let [sum, scale] = [0, 0];
      for (let place = 0; place < size; place++) {
        const by = ofValue(divisor, place);
        const quotient = onValue.data[row * size + place] / by;
        to[row * size + place] += quotient;
        sum -= quotient * ofValue(offset, place);
        scale += Math.abs(quotient) * (reach[place] + Math.abs(ofValue(offset, place)));
      }
      addConstant(forms, row, sum, model.relative[value] * scale);
    }
  }
  if (onDifference === undefined || isNothing(model.differences[value])) return;
  const differenceReach = reachOf(model.differences[value]);
  const to = coefficientsOn(forms.onDifferences, value, rows, size).data;
  for (let row = 0; row < rows; row++) {
    let scale = 0;
    for (let place = 0; place < size; place++) {
      const quotient = onDifference.data[row * size + place] / ofValue(divisor, place);
      to[row * size + place] += quotient;
      scale += Math.abs(quotient) * differenceReach[place];
    }
    addConstant(forms, row, 0, model.relative[value] * scale);
  }
}
