import { assertNever } from "../../../errors";
import type { Matrix } from "../../../numeric/matrix";
import { summationError } from "../../../numeric/rounding";
import { addConstant, coefficientsOn, createForms, type Forms } from "./forms";
import type { MaxFacts } from "./maxFacts";
import { middlesIn, type Model, type ModelNode, type PiecesFacts } from "./model";
import { stripBetween, stripsOf } from "./strips";
import { isInput } from "./substitute";
import { substituteAffine } from "./substituteAffine";

/**
 * Rows Σ_i g_i e_i + k ± error with unknowns |e_i| ≤ spread_i that all rows share: unlike forms
 * that have gone through planes chosen by sign they may be added up and taken away.
 */
export interface LinearRows {
  readonly constant: Float64Array;
  readonly error: Float64Array;
  readonly parts: readonly LinearPart[];
}

/** Coefficients, a row for each row, and the size of the unknown of each column. */
export interface LinearPart {
  readonly coefficients: Matrix;
  readonly spread: Float64Array;
}

interface Passing {
  readonly model: Model;
  readonly forms: Forms;
  readonly parts: LinearPart[];
}

/** The differences of the outputs as linear rows: carried back through strips. */
export function linearOutputs(model: Model): LinearRows {
  const first = model.nodes.length;
  const outputs = model.differences[first].lower.length;
  const forms = createForms(outputs, first + 1);
  const { data } = coefficientsOn(forms.onDifferences, first, outputs, outputs);
  for (let output = 0; output < outputs; output++) data[output * outputs + output] = 1;
  const passing: Passing = { model, forms, parts: [] };
  for (let value = first; value > 0; value--) {
    const [onValue, onDifference] = [forms.onValues[value], forms.onDifferences[value]];
    if (onValue === undefined && onDifference === undefined) continue;
    if (isInput(model, value)) break;
    forms.onValues[value] = undefined;
    forms.onDifferences[value] = undefined;
    const node = model.nodes[value - 1];
    if (node.charge !== undefined && onDifference !== undefined) {
      const { middle, spread } = stripBetween(node.charge.upper, node.charge.lower);
      addConstants(forms, onDifference, middle);
      passing.parts.push({ coefficients: onDifference, spread });
    }
    passNode(passing, node, onValue, onDifference);
  }
  endRows(passing);
  return { constant: forms.constant, error: forms.error, parts: passing.parts };
}

function passNode(
  passing: Passing,
  node: ModelNode,
  onValue: Matrix | undefined,
  onDifference: Matrix | undefined,
): void {
  const { model, forms } = passing;
  const { facts } = node;
  switch (facts.form) {
    case "affine":
      substituteAffine({ model, node, facts, forms, onValue, onDifference });
      break;
    case "pieces":
      passPieces(passing, node, facts, onValue, onDifference);
      break;
    case "max":
      passMax(passing, node, facts, onValue, onDifference);
      break;
    default:
      assertNever(facts);
  }
}

function passPieces(
  { model, forms, parts }: Passing,
  { step, from: [value] }: ModelNode,
  facts: PiecesFacts,
  onValue: Matrix | undefined,
  onDifference: Matrix | undefined,
): void {
  const [values, differences] = [model.values[value], model.differences[value]];
  const strips = stripsOf(facts, values, differences);
  const toValue = coefficientsOn(forms.onValues, value, forms.rows, step.size);
  const relative = 2 * model.relative[value];
  const { reach } = middlesIn(model, values);
  if (onValue !== undefined) {
    addScaled(forms, onValue, strips.slope, toValue, reach, relative);
    addConstants(forms, onValue, strips.constant);
    parts.push({ coefficients: onValue, spread: strips.spread });
  }
  if (onDifference === undefined) return;
  const moves = middlesIn(model, differences).reach;
  const toDifference = coefficientsOn(forms.onDifferences, value, forms.rows, step.size);
  const { difference } = strips;
  addScaled(forms, onDifference, difference.onValue, toValue, reach, relative);
  addScaled(forms, onDifference, difference.onDifference, toDifference, moves, relative);
  addConstants(forms, onDifference, difference.constant);
  parts.push({ coefficients: onDifference, spread: difference.spread });
}

/** out += coefficients · factors, column by column, with what rounding that may come to. */
export function addScaled(
  forms: Forms,
  { columns, data }: Matrix,
  factors: Float64Array,
  out: Matrix,
  reach: Float64Array,
  relative: number,
): void {
  for (let row = 0, at = 0; row < forms.rows; row++) {
    let scale = 0;
    for (let column = 0; column < columns; column++, at++) {
      const moved = data[at] * factors[column];
      out.data[at] += moved;
      scale += Math.abs(moved) * reach[column];
    }
    forms.error[row] += relative * scale;
  }
}

/** k += coefficients · numbers. */
export function addConstants(forms: Forms, { columns, data }: Matrix, numbers: Float64Array): void {
  const relative = summationError(2 * columns + 8);
  for (let row = 0, at = 0; row < forms.rows; row++) {
    let sum = 0;
    let scale = 0;
    for (let column = 0; column < columns; column++, at++) {
      const moved = data[at] * numbers[column];
      sum += moved;
      scale += Math.abs(moved);
    }
    addConstant(forms, row, sum, relative * scale);
  }
}

/** A sure winner takes the coefficients of its window; elsewhere y and Δ lie in intervals. */
function passMax(
  { model, forms, parts }: Passing,
  { step, from: [value] }: ModelNode,
  facts: MaxFacts,
  onValue: Matrix | undefined,
  onDifference: Matrix | undefined,
): void {
  const { lower } = model.values[value];
  const pass = (
    coefficients: Matrix | undefined,
    matrices: Forms["onValues"],
    reach: Float64Array,
    high: Float64Array,
    low: Float64Array,
  ): void => {
    if (coefficients === undefined) return;
    const unlessSure = (end: number, place: number): number => (facts.isSure[place] ? 0 : end);
    const { middle, spread } = stripBetween(high.map(unlessSure), low.map(unlessSure));
    addConstants(forms, coefficients, middle);
    parts.push({ coefficients, spread });
    const to = coefficientsOn(matrices, value, forms.rows, lower.length);
    for (let row = 0; row < forms.rows; row++) {
      let scale = 0;
      for (let place = 0; place < step.size; place++) {
        if (facts.isSure[place] === 0) continue;
        const factor = coefficients.data[row * step.size + place];
        to.data[row * lower.length + facts.winners[place]] += factor;
        scale += Math.abs(factor) * reach[facts.winners[place]];
      }
      forms.error[row] += 2 * model.relative[value] * scale;
    }
  };
  const least = facts.most.map((_, place) => lower[facts.winners[place]]);
  const reach = middlesIn(model, model.values[value]).reach;
  pass(onValue, forms.onValues, reach, facts.most, least);
  const moves = middlesIn(model, model.differences[value]).reach;
  const { differences } = facts;
  pass(onDifference, forms.onDifferences, moves, differences.upper, differences.lower);
}

/** What rows stand on at the end lies in intervals. */
function endRows({ model, forms, parts }: Passing): void {
  const end = (matrices: Forms["onValues"], intervals: Model["values"]): void =>
    matrices.forEach((coefficients, value) => {
      if (coefficients === undefined) return;
      const { middle, spread } = middlesIn(model, intervals[value]);
      addConstants(forms, coefficients, middle);
      parts.push({ coefficients, spread });
    });
  end(forms.onValues, model.values);
  end(forms.onDifferences, model.differences);
}
