import type { Step } from "../../../network/layer/step";
import { atValue } from "../../../network/layer/perChannel";
import type { Intervals } from "../../intervals";
import { isMixing } from "./affineFacts";
import { coefficientsOn, createForms } from "./forms";
import type { Model } from "./model";
import { substituteBack } from "./substitute";

/** Rows that go back together: many, for products of matrices, but not more than fit in memory. */
const MOST_ROWS = 1024;
const LEAST_ROWS = 32;
const MOST_COEFFICIENTS = 1 << 21;

/**
 * Narrows what is known of the value that the last node yields by carrying its numbers back to the
 * inputs, where that can say more than intervals do: before a step that bends, and at the outputs.
 */
export function refineValue(model: Model, value: number, readers: readonly Step[]): void {
  const { step } = model.nodes[value - 1];
  const isOutput = readers.length === 0;
  if (step.form !== "affine" || !isMixing(step) || isFirst(model, value)) return;
  const isOpen = (place: number): boolean =>
    isOutput || readers.some((reader) => isUnsettled(reader, model, value, place));
  const placesOpen = (): number[] =>
    Array.from({ length: step.size }, (_, place) => place).filter(isOpen);
  narrow(model, value, "values", placesOpen());
  narrow(model, value, "differences", placesOpen());
}

/** Whether intervals of a value are exact already: one sum of inputs that are independent. */
function isFirst({ nodes }: Model, value: number): boolean {
  const sources = nodes[value - 1].from;
  if (sources.length !== 1) return false;
  if (sources[0] === 0) return true;
  const { step, from } = nodes[sources[0] - 1];
  return step.form === "affine" && !isMixing(step) && from.length === 1 && from[0] === 0;
}

/** Whether a value or its twin may lie on either side of a bend of what reads it. */
function isUnsettled(
  reader: Step,
  { values, differences }: Model,
  value: number,
  place: number,
): boolean {
  if (reader.form === "affine") return false;
  if (reader.form === "max") return true;
  const { lower, upper } = values[value];
  const low = lower[place] + Math.min(0, differences[value].lower[place]);
  const high = upper[place] + Math.max(0, differences[value].upper[place]);
  return reader.knots.some((knots) => {
    const knot = atValue(knots, reader.pixels, place);
    return low <= knot && knot <= high;
  });
}

function narrow(
  model: Model,
  value: number,
  what: "values" | "differences",
  places: readonly number[],
): void {
  const known = model[what][value];
  const found = { lower: known.lower.slice(), upper: known.upper.slice() };
  const widest = Math.max(...model.values.map(({ lower }) => lower.length));
  const rows = Math.max(LEAST_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_COEFFICIENTS / widest)));
  for (let first = 0; first < places.length; first += rows >> 1) {
    narrowBlock(model, value, what, places.slice(first, first + (rows >> 1)), found);
  }
  model[what][value] = found;
}

function narrowBlock(
  model: Model,
  value: number,
  what: "values" | "differences",
  places: readonly number[],
  found: Intervals,
): void {
  const count = places.length;
  const forms = createForms(2 * count, value + 1);
  const matrices = what === "values" ? forms.onValues : forms.onDifferences;
  const size = found.lower.length;
  const { data } = coefficientsOn(matrices, value, 2 * count, size);
  places.forEach((place, row) => {
    data[row * size + place] = 1;
    data[(count + row) * size + place] = -1;
  });
  substituteBack(model, forms);
  places.forEach((place, row) => {
    found.upper[place] = Math.min(found.upper[place], forms.best[row]);
    found.lower[place] = Math.max(found.lower[place], -forms.best[count + row]);
  });
}
