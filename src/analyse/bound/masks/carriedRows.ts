import { InvariantError } from "../../../errors";
import { createMatrix, type Matrix } from "../../../numeric/matrix";
import { coefficientsOn, type Forms } from "../symbolic/forms";
import { addConstants, addScaled } from "../symbolic/linearRows";
import { middlesIn, type Model, type ModelNode, type PiecesFacts } from "../symbolic/model";
import { isInput } from "../symbolic/substitute";
import { substituteAffine } from "../symbolic/substituteAffine";

/** The places of a step of pieces whose y or Δ no line gives, and the lines of all others. */
export interface Bends {
  readonly places: Int32Array;
  /** Number of the first place among all that bend. */
  readonly first: number;
  /** Slopes and constants of y and Δ, 0 at places that bend. */
  readonly slope: Float64Array;
  readonly constant: Float64Array;
  readonly onValue: Float64Array;
  readonly onDifference: Float64Array;
  readonly differenceConstant: Float64Array;
}

export function bendsOf(facts: PiecesFacts, first: number): Bends {
  const { over, under, overDifference: above, underDifference: below } = facts;
  const isBent = (place: number): boolean =>
    over.slope[place] !== under.slope[place] ||
    over.constant[place] !== under.constant[place] ||
    above.onValue[place] !== below.onValue[place] ||
    above.onDifference[place] !== below.onDifference[place] ||
    above.constant[place] !== below.constant[place];
  const places = Int32Array.from(over.slope.keys()).filter(isBent);
  const straight = (numbers: Float64Array): Float64Array => {
    const kept = numbers.slice();
    for (const place of places) kept[place] = 0;
    return kept;
  };
  return {
    ...{ places, first },
    ...{ slope: straight(over.slope), constant: straight(over.constant) },
    ...{ onValue: straight(above.onValue), onDifference: straight(above.onDifference) },
    differenceConstant: straight(above.constant),
  };
}

/** Rows as they stand on the inputs and on y and Δ of all that bends. */
export interface ExactRows {
  readonly onInputs: Matrix;
  readonly onValues: Matrix;
  readonly onDifferences: Matrix;
  readonly constant: Float64Array;
  readonly error: Float64Array;
}

/**
 * Carries rows back to the inputs and to what bends on the way: nothing is relaxed, so that they
 * hold with equality, but for their error.
 *
 * @param bends  of each node of pieces, by its number
 * @param count  how many places bend in all
 */
export function carryExactly(
  model: Model,
  forms: Forms,
  bends: ReadonlyMap<number, Bends>,
  count: number,
): ExactRows {
  const onValues = createMatrix(forms.rows, count);
  const onDifferences = createMatrix(forms.rows, count);
  let value = forms.onValues.length - 1;
  for (; value > 0 && !isInput(model, value); value--) {
    const [onValue, onDifference] = [forms.onValues[value], forms.onDifferences[value]];
    if (onValue === undefined && onDifference === undefined) continue;
    model.gemm.signal?.throwIfAborted();
    forms.onValues[value] = undefined;
    forms.onDifferences[value] = undefined;
    const node = model.nodes[value - 1];
    if (node.facts.form === "affine") {
      substituteAffine({ model, node, facts: node.facts, forms, onValue, onDifference });
      continue;
    }
    const bent = bends.get(value - 1);
    if (bent === undefined) throw new InvariantError(`node ${value} neither bends nor is a sum`);
    if (onValue !== undefined) take(onValue, bent, onValues);
    if (onDifference !== undefined) take(onDifference, bent, onDifferences);
    passStraight(model, node, bent, forms, [onValue, onDifference]);
  }
  const size = model.values[value].lower.length;
  const onInputs = coefficientsOn(forms.onValues, value, forms.rows, size);
  return { onInputs, onValues, onDifferences, constant: forms.constant, error: forms.error };
}

/** Coefficients on places that bend stay where they are. */
function take({ rows, columns, data }: Matrix, { places, first }: Bends, out: Matrix): void {
  for (let row = 0; row < rows; row++) {
    for (let index = 0; index < places.length; index++) {
      out.data[row * out.columns + first + index] = data[row * columns + places[index]];
    }
  }
}

function passStraight(
  model: Model,
  { step, from: [value] }: ModelNode,
  bent: Bends,
  forms: Forms,
  [onValue, onDifference]: readonly [Matrix | undefined, Matrix | undefined],
): void {
  const relative = 2 * model.relative[value];
  const { reach } = middlesIn(model, model.values[value]);
  const toValue = coefficientsOn(forms.onValues, value, forms.rows, step.size);
  if (onValue !== undefined) {
    addScaled(forms, onValue, bent.slope, toValue, reach, relative);
    addConstants(forms, onValue, bent.constant);
  }
  if (onDifference === undefined) return;
  const moves = middlesIn(model, model.differences[value]).reach;
  const toDifference = coefficientsOn(forms.onDifferences, value, forms.rows, step.size);
  addScaled(forms, onDifference, bent.onValue, toValue, reach, relative);
  addScaled(forms, onDifference, bent.onDifference, toDifference, moves, relative);
  addConstants(forms, onDifference, bent.differenceConstant);
}
