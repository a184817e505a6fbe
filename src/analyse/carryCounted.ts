import { assertNever } from "../errors";
import { given, slopeAt, type Switches } from "../network/layer/applyStep";
import { atValue, ofValue } from "../network/layer/perChannel";
import type { AffineStep, Step } from "../network/layer/step";
import { termRules, type DenseTerm, type Term } from "../network/layer/term";
import { carryConvolution } from "./carryConvolution";
import { addCounted, type Counted } from "./counted";

/** The places of a value that are not 0 whatever the input, or undefined where that is all. */
export type Reached = Int32Array | undefined;

/**
 * Adds a form on a step's values to those on its sources, and returns what the step adds to the
 * count of the constant. Places of sources that are not reached may be left out.
 */
export function carryCounted(
  step: Step,
  switches: Switches,
  form: Counted,
  outs: readonly Counted[],
  reached: readonly Reached[],
): number {
  switch (step.form) {
    case "affine":
      step.terms.forEach((term, source) => carryTerm(term, form, outs[source], reached[source]));
      return constantOf(step, form);
    case "pieces": {
      const pieces = given(switches);
      let constant = 0;
      for (let place = 0; place < form.values.length; place++) {
        if (form.counts[place] === 0) continue;
        const slope = slopeAt(step, switches, place);
        if (slope !== 0) addCounted(form, place, outs[0], place, slope);
        const intercept = atValue(step.intercepts[pieces[place]], step.pixels, place);
        constant += form.counts[place] * Math.abs(intercept);
      }
      return constant;
    }
    case "max": {
      const winners = given(switches);
      for (let place = 0; place < form.values.length; place++) {
        if (form.counts[place] !== 0) addCounted(form, place, outs[0], winners[place], 1);
      }
      return 0;
    }
    default:
      return assertNever(step);
  }
}

/** The count of Σ coefficient · (bias, or what a normalisation takes away). */
export function constantOf({ terms, bias, size }: AffineStep, { counts }: Counted): number {
  let constant = 0;
  const pixels = size / (bias?.length ?? 1);
  for (let index = 0; index < size; index++) {
    constant += counts[index] * Math.abs(bias?.[Math.floor(index / pixels)] ?? 0);
  }
  for (const term of terms) {
    if (term.kind !== "quotient") continue;
    for (let index = 0; index < size; index++) {
      const taken = Math.abs(ofValue(term.offset, index) / ofValue(term.divisor, index));
      constant += counts[index] * taken;
    }
  }
  return constant;
}

function carryTerm(term: Term, form: Counted, out: Counted, reached: Reached): void {
  switch (term.kind) {
    case "dense":
      carryDense(term, form, out, reached);
      break;
    case "convolution":
      carryConvolution(term, form, out);
      break;
    case "quotient":
      for (let place = 0; place < form.values.length; place++) {
        const divisor = ofValue(term.divisor, place);
        out.values[place] += form.values[place] / divisor;
        out.counts[place] += form.counts[place] / Math.abs(divisor);
      }
      break;
    case "scale":
    case "pick":
      for (let place = 0; place < form.values.length; place++) {
        if (form.counts[place] === 0) continue;
        termRules(term).visit(term, place, (input, factor) => {
          addCounted(form, place, out, input, factor);
        });
      }
      break;
    default:
      assertNever(term);
  }
}

function carryDense(
  { weights: { rows, columns, data } }: DenseTerm,
  { values, counts }: Counted,
  out: Counted,
  reached: Reached,
): void {
  const length = reached?.length ?? columns;
  for (let row = 0; row < rows; row++) {
    const count = counts[row];
    if (count === 0) continue;
    const value = values[row];
    const start = row * columns;
    for (let index = 0; index < length; index++) {
      const column = reached === undefined ? index : reached[index];
      const weight = data[start + column];
      out.values[column] += value * weight;
      out.counts[column] += count * Math.abs(weight);
    }
  }
}
