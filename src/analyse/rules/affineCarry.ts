import { assertNever } from "../../errors";
import type { AffineStep } from "../../network/layer/step";
import { ofValue } from "../../network/layer/perChannel";
import { termRules, type DenseTerm, type QuotientTerm, type Term } from "../../network/layer/term";
import { addQuotient, addScaled, UNDERFLOW } from "../../numeric/doubleDouble";
import { addTo, createMagnified, move, type Magnified } from "../magnified";

/** Carries a form through Σ A_k x_k + b in twice the precision; see `StepRules.carry`. */
export function carryAffine(
  step: AffineStep,
  form: Magnified,
  outs: readonly Magnified[],
  constant: Magnified,
): number {
  const { bias, size } = step;
  if (bias !== undefined) {
    const pixels = size / bias.length;
    for (let index = 0; index < size; index++) {
      addTo(constant, 0, form, index, bias[Math.floor(index / pixels)]);
    }
  }
  return step.terms.reduce(
    (depth, term, source) => depth + carryTerm(term, form, outs[source], constant),
    0,
  );
}

function carryTerm(term: Term, form: Magnified, out: Magnified, constant: Magnified): number {
  switch (term.kind) {
    case "dense":
      return carryDense(term, form, out);
    case "quotient":
      return carryQuotient(term, form, out, constant);
    case "convolution":
    case "scale":
    case "pick":
      return carryEntries(term, form, out);
    default:
      return assertNever(term);
  }
}

function carryDense({ weights }: DenseTerm, form: Magnified, out: Magnified): number {
  const { rows, columns, data } = weights;
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const magnitude = form.magnitude[row];
    if (magnitude === 0) continue;
    count++;
    addScaled(out, data, row * columns, columns, form.high[row], form.low[row]);
    for (let column = 0; column < columns; column++) {
      out.magnitude[column] += magnitude * Math.abs(data[row * columns + column]);
    }
  }
  if (count > 0)
    for (let column = 0; column < columns; column++) out.magnitude[column] += UNDERFLOW;
  return count + 1;
}

function carryEntries(term: Term, form: Magnified, out: Magnified): number {
  const { visit } = termRules(term);
  let count = 0;
  for (let neuron = 0; neuron < form.magnitude.length; neuron++) {
    if (form.magnitude[neuron] === 0) continue;
    count++;
    visit(term, neuron, (input, factor) => {
      addTo(out, input, form, neuron, factor);
    });
  }
  return count + 1;
}

function carryQuotient(
  { offset, divisor }: QuotientTerm,
  form: Magnified,
  out: Magnified,
  constant: Magnified,
): number {
  const quotient = createMagnified(form.magnitude.length);
  form.magnitude.forEach((magnitude, place) => {
    const by = ofValue(divisor, place);
    addQuotient(quotient, place, form.high[place], form.low[place], by);
    quotient.magnitude[place] += magnitude / Math.abs(by);
    if (magnitude > 0) quotient.magnitude[place] += UNDERFLOW;
    addTo(constant, 0, quotient, place, -ofValue(offset, place));
    move(quotient, place, out, place);
  });
  return form.magnitude.length + 2;
}
