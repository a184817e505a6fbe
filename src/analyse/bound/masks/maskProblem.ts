import { createMatrix, rowOf, type Matrix } from "../../../numeric/matrix";
import type { Intervals } from "../../intervals";
import { isSameFunction } from "../../rules/piecesError";
import { pairedSteps } from "../../sameArchitecture";
import type { PiecesStep } from "../../../network/layer/step";
import type { Twins } from "../../twin";
import { coefficientsOn, createForms } from "../symbolic/forms";
import { isNothing, middlesIn, type Model } from "../symbolic/model";
import type { Middles } from "../symbolic/middles";
import { isInput } from "../symbolic/substitute";
import { bendsOf, carryExactly, type Bends, type ExactRows } from "./carriedRows";

/** More places that bend are not branched on: there would be no end to it. */
export const MOST_BENT = 600;

/**
 * Twins over a box as far as they bend. Places that bend are numbered as they are met on the way
 * from the inputs; n of them give 3 kinds of rows on the inputs and on y and Δ of earlier places:
 *
 *     ξ_j (rows 0 to n − 1)      δ_j (rows n to 2n − 1)      δ of the outputs (from row 2n on)
 *
 * each exact but for its error.
 */
export interface MaskProblem extends ExactRows {
  readonly count: number;
  readonly outputs: number;
  readonly inputs: Middles;
  /** Of ξ and of δ at each place that bends. */
  readonly values: Intervals;
  readonly differences: Intervals;
}

/**
 * The mask problem of twins, or undefined where it cannot be posed: other steps bend than ReLUs
 * that are the same in both, Ñ has other sources of errors than its weights, or too much bends.
 */
export function createMaskProblem(twins: Twins, model: Model): MaskProblem | undefined {
  const bends = bendsByNode(twins, model);
  if (bends === undefined) return undefined;
  const nodes = [...bends].filter(([, { places }]) => places.length > 0);
  const count = nodes.reduce((sum, [, { places }]) => sum + places.length, 0);
  if (count > MOST_BENT) return undefined;
  const last = model.nodes.length;
  const outputs = model.differences[last].lower.length;
  const total = 2 * count + outputs;
  const blocks: { readonly rows: ExactRows; readonly targets: readonly number[] }[] = [];
  const values = { lower: new Float64Array(count), upper: new Float64Array(count) };
  const differences = { lower: new Float64Array(count), upper: new Float64Array(count) };
  for (const [node, { places, first }] of nodes) {
    const [from] = model.nodes[node].from;
    places.forEach((place, index) => {
      for (const [known, out] of [
        [model.values[from], values],
        [model.differences[from], differences],
      ] as const) {
        out.lower[first + index] = known.lower[place];
        out.upper[first + index] = known.upper[place];
      }
    });
    const rows = carryFrom(model, from, places, places, bends, count);
    const targets = [0, count].flatMap((start) =>
      Array.from(places, (_, index) => start + first + index),
    );
    blocks.push({ rows, targets });
  }
  const all = Int32Array.from({ length: outputs }, (_, output) => output);
  blocks.push({
    rows: carryFrom(model, last, new Int32Array(0), all, bends, count),
    targets: Array.from(all, (output) => 2 * count + output),
  });
  const inputs = middlesIn(model, model.values[inputValue(model)]);
  return {
    ...{ count, outputs, inputs, values, differences },
    ...assembled(blocks, total, count, inputs.middle.length),
  };
}

/** What bends at each node; undefined where something does that masks do not describe. */
function bendsByNode(twins: Twins, model: Model): Map<number, Bends> | undefined {
  const bends = new Map<number, Bends>();
  let first = 0;
  const pairs = pairedSteps(twins, "masks");
  for (const [node, { facts, charge }] of model.nodes.entries()) {
    if (charge !== undefined || facts.form === "max") return undefined;
    if (facts.form === "affine") continue;
    const { step, approximatedStep } = pairs[node];
    if (step.form !== "pieces" || approximatedStep.form !== "pieces") return undefined;
    if (!isRectifier(step) || !isSameFunction(step, approximatedStep)) return undefined;
    const bent = bendsOf(facts, first);
    first += bent.places.length;
    bends.set(node, bent);
  }
  return isNothing(model.differences[inputValue(model)]) ? bends : undefined;
}

/** Whether a step is the ReLU itself at every place. */
export function isRectifier({ knots, slopes, intercepts }: PiecesStep): boolean {
  const numbers = [...knots, ...slopes, ...intercepts];
  return numbers.join() === "0,0,1,0,0" && numbers.every((one) => typeof one === "number");
}

/** The value on which rows end: the inputs, or what normalising them gives. */
function inputValue(model: Model): number {
  for (let value = model.nodes.length; value > 0; value--) if (isInput(model, value)) return value;
  return 0;
}

/** Rows of some values and of some differences of one node. */
function carryFrom(
  model: Model,
  value: number,
  values: Int32Array,
  differences: Int32Array,
  bends: ReadonlyMap<number, Bends>,
  count: number,
): ExactRows {
  const rows = values.length + differences.length;
  const size = model.values[value].lower.length;
  const forms = createForms(rows, value + 1);
  const onValue = coefficientsOn(forms.onValues, value, rows, size);
  const onDifference = coefficientsOn(forms.onDifferences, value, rows, size);
  values.forEach((place, row) => (onValue.data[row * size + place] = 1));
  differences.forEach((place, index) => {
    onDifference.data[(values.length + index) * size + place] = 1;
  });
  return carryExactly(model, forms, bends, count);
}

function assembled(
  blocks: readonly { readonly rows: ExactRows; readonly targets: readonly number[] }[],
  total: number,
  count: number,
  inputs: number,
): ExactRows {
  const all = {
    onInputs: createMatrix(total, inputs),
    onValues: createMatrix(total, count),
    onDifferences: createMatrix(total, count),
    constant: new Float64Array(total),
    error: new Float64Array(total),
  };
  const put = (from: Matrix, row: number, to: Matrix, target: number): void =>
    rowOf(to, target).set(rowOf(from, row));
  for (const { rows, targets } of blocks) {
    targets.forEach((target, row) => {
      put(rows.onInputs, row, all.onInputs, target);
      put(rows.onValues, row, all.onValues, target);
      put(rows.onDifferences, row, all.onDifferences, target);
      all.constant[target] = rows.constant[row];
      all.error[target] = rows.error[row];
    });
  }
  return all;
}
