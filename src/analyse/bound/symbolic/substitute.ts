import type { Step, StepForm } from "../../../network/layer/step";
import { InvariantError } from "../../../errors";
import { summationError, UNIT_ROUNDOFF } from "../../../numeric/rounding";
import type { Matrix } from "../../../numeric/matrix";
import type { Intervals } from "../../intervals";
import { coefficientsOn, addConstant, concretise, type Forms } from "./forms";
import { middlesIn, type Facts, type Model, type ModelNode, type PiecesFacts } from "./model";
import { substituteAffine } from "./substituteAffine";

/** A node that is left, with the forms on what it yields taken out of the rows. */
export interface Passage<F extends Facts> {
  readonly model: Model;
  readonly node: ModelNode;
  readonly facts: F;
  readonly forms: Forms;
  readonly onValue?: Matrix;
  readonly onDifference?: Matrix;
}

/** How rows are carried through each form of step; a form without its rule does not compile. */
const SUBSTITUTIONS: {
  readonly [F in StepForm]: (passage: Passage<Extract<Facts, { form: F }>>) => void;
} = {
  affine: substituteAffine,
  pieces: substitutePieces,
  max: substituteMax,
};

/**
 * Carries rows from the value that they begin on back to the inputs, and bounds them there and at
 * every cut on the way: `forms.best` is what was least.
 */
export function substituteBack(model: Model, forms: Forms): void {
  const first = forms.onValues.length - 1;
  for (let value = first; value > 0; value--) {
    const [onValue, onDifference] = [forms.onValues[value], forms.onDifferences[value]];
    if (onValue === undefined && onDifference === undefined) continue;
    model.gemm.signal?.throwIfAborted();
    if (value < first) concretiseIn(model, forms);
    if (isInput(model, value)) return;
    forms.onValues[value] = undefined;
    forms.onDifferences[value] = undefined;
    const node = model.nodes[value - 1];
    addCharge(forms, node.charge, onDifference);
    substituteStep(node.step, { model, node, facts: node.facts, forms, onValue, onDifference });
  }
  concretiseIn(model, forms);
}

/** Bounds rows where they stand, with all values and differences anywhere in their intervals. */
export function concretiseIn(model: Model, forms: Forms): void {
  const { values, differences } = model;
  concretise(
    forms,
    (value) => middlesIn(model, values[value]),
    (value) => middlesIn(model, differences[value]),
  );
}

/** Whether a value is the inputs, each moved and divided, and all that the others see of them. */
export function isInput({ nodes }: Model, value: number): boolean {
  const { facts, from } = nodes[value - 1];
  if (facts.form !== "affine" || facts.quotient === undefined || from[0] !== 0) return false;
  return nodes.every((node, layer) => layer === value - 1 || !node.from.includes(0));
}

function substituteStep(step: Step, passage: Passage<Facts>): void {
  if (step.form !== passage.facts.form) {
    throw new InvariantError(`facts of a ${passage.facts.form} step stand at a ${step.form} step`);
  }
  // The table pairs every form with the rule of its facts, and both are of one form.
  const substitute = SUBSTITUTIONS[step.form] as (passage: Passage<Facts>) => void;
  substitute(passage);
}

/** What sources of errors add is an interval: its larger end, whichever that is. */
function addCharge(forms: Forms, charge: Intervals | undefined, onDifference?: Matrix): void {
  if (charge === undefined || onDifference === undefined) return;
  const relative = summationError(2 * onDifference.columns + 8);
  for (let row = 0; row < forms.rows; row++) {
    let [sum, scale] = [0, 0];
    for (let column = 0; column < onDifference.columns; column++) {
      const factor = onDifference.data[row * onDifference.columns + column];
      const most = Math.max(factor * charge.lower[column], factor * charge.upper[column]);
      sum += most;
      scale += Math.abs(most);
    }
    addConstant(forms, row, sum, relative * scale);
  }
}

/**
 * y and Δ give way to their planes: each coefficient takes the one that keeps the row above.
 *
 *     P' = P⁺ over + P⁻ under + Q⁺ u + Q⁻ l        Q' = Q⁺ v + Q⁻ m
 */
function substitutePieces(passage: Passage<PiecesFacts>): void {
  const { model, node, forms, onValue, onDifference } = passage;
  const [value] = node.from;
  const sums = { constant: new Float64Array(forms.rows), scale: new Float64Array(forms.rows) };
  const error = new Float64Array(forms.rows);
  const { reach } = middlesIn(model, model.values[value]);
  const toValue = coefficientsOn(forms.onValues, value, forms.rows, node.step.size);
  if (onValue !== undefined) {
    const { over, under, values: places } = passage.facts;
    addPlaced(onValue, places, over.slope, under.slope, toValue, reach, error);
    addShifts(onValue, places, over.constant, under.constant, sums);
  }
  if (onDifference !== undefined) {
    const { overDifference: over, underDifference: under, differences: places } = passage.facts;
    const toDifference = coefficientsOn(
      ...([forms.onDifferences, value, forms.rows, node.step.size] as const),
    );
    const moves = middlesIn(model, model.differences[value]).reach;
    addPlaced(onDifference, places, over.onValue, under.onValue, toValue, reach, error);
    addPlaced(
      ...([onDifference, places, over.onDifference, under.onDifference] as const),
      ...([toDifference, moves, error] as const),
    );
    addShifts(onDifference, places, over.constant, under.constant, sums);
  }
  const relative = summationError(4 * node.step.size + 16);
  for (let row = 0; row < forms.rows; row++) {
    const rounding = relative * sums.scale[row] + model.relative[value] * error[row];
    addConstant(forms, row, sums.constant[row], rounding);
  }
}

/** out += coefficients⁺ over + coefficients⁻ under; error += |what is added| · reach. */
function addPlaced(
  { rows, columns, data }: Matrix,
  places: Int32Array,
  over: Float64Array,
  under: Float64Array,
  out: Matrix,
  reach: Float64Array,
  error: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    let sum = 0;
    for (let index = 0; index < places.length; index++) {
      const place = places[index];
      const factor = data[start + place];
      const moved = Math.max(factor, 0) * over[place] + Math.min(factor, 0) * under[place];
      out.data[start + place] += moved;
      sum += Math.abs(moved) * reach[place];
    }
    error[row] += sum;
  }
}

function addShifts(
  { rows, columns, data }: Matrix,
  places: Int32Array,
  over: Float64Array,
  under: Float64Array,
  sums: { readonly constant: Float64Array; readonly scale: Float64Array },
): void {
  const bent = places.filter((place) => over[place] !== 0 || under[place] !== 0);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    let scale = 0;
    for (let index = 0; index < bent.length; index++) {
      const place = bent[index];
      const factor = data[row * columns + place];
      const shift = Math.max(factor, 0) * over[place] + Math.min(factor, 0) * under[place];
      sum += shift;
      scale += Math.abs(shift);
    }
    sums.constant[row] += sum;
    sums.scale[row] += scale;
  }
}

/**
 * A sure winner takes the coefficients of its window; else the lower ends of y do, and k the rest.
 */
function substituteMax({
  model,
  node,
  facts,
  forms,
  onValue,
  onDifference,
}: Passage<Extract<Facts, { form: "max" }>>): void {
  const [value] = node.from;
  const { lower, upper } = model.values[value];
  const inputs = lower.length;
  const toValue = coefficientsOn(forms.onValues, value, forms.rows, inputs).data;
  const toDifference =
    onDifference === undefined
      ? undefined
      : coefficientsOn(forms.onDifferences, value, forms.rows, inputs).data;
  const differences = model.differences[value];
  const size = node.step.size;
  for (let row = 0; row < forms.rows; row++) {
    let [constant, scale, error] = [0, 0, 0];
    for (let place = 0; place < size; place++) {
      const winner = facts.winners[place];
      const to = row * inputs + winner;
      const isSure = facts.isSure[place] === 1;
      const p = onValue === undefined ? 0 : onValue.data[row * size + place];
      if (p !== 0 && (isSure || p < 0)) {
        toValue[to] += p;
        error += Math.abs(p) * Math.max(Math.abs(lower[winner]), Math.abs(upper[winner]));
      } else if (p !== 0) {
        constant += p * facts.most[place];
        scale += Math.abs(p * facts.most[place]);
      }
      if (onDifference === undefined || toDifference === undefined) continue;
      const q = onDifference.data[row * size + place];
      if (q === 0) continue;
      if (isSure) {
        toDifference[to] += q;
        error +=
          Math.abs(q) *
          Math.max(Math.abs(differences.lower[winner]), Math.abs(differences.upper[winner]));
      } else {
        const end = q * (q > 0 ? facts.differences.upper : facts.differences.lower)[place];
        constant += end;
        scale += Math.abs(end);
      }
    }
    const rounding = summationError(4 * size + 16) * scale;
    addConstant(forms, row, constant, rounding + (model.relative[value] + UNIT_ROUNDOFF) * error);
  }
}
