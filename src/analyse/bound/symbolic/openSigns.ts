import { UNIT_ROUNDOFF } from "../../../numeric/rounding";
import type { Intervals } from "../../intervals";
import { addConstant, coefficientsOn, createForms } from "./forms";
import type { Model } from "./model";
import { substituteBack } from "./substitute";

/** Rows that are bounded together, and the most that a search for signs takes. */
const BLOCK = 64;
const MOST_ROWS = 2048;

/** Signs of the outputs, 0 where either is possible, and a bound of Σ |δ_k| with such signs. */
interface SignNode {
  readonly signs: Int8Array;
  readonly bound: number;
}

/**
 * A bound of Σ_k |δ_k| for many outputs: signs are decided best first, and while one is open, |δ_k|
 * lies under its chord.
 *
 * @param sum  a bound that is known already
 */
export function boundOpenSigns(model: Model, sum: number): number {
  const differences = model.differences[model.differences.length - 1];
  const signs = Int8Array.from(differences.lower, (low, output) =>
    low >= 0 ? 1 : differences.upper[output] <= 0 ? -1 : 0,
  );
  let open = boundSigns(model, differences, [signs], sum);
  for (let rows = 1; rows < MOST_ROWS;) {
    open.sort((one, other) => other.bound - one.bound);
    // The rest is no larger than a sum of which every sign is known.
    if (!open[0].signs.includes(0)) break;
    const decided = open.slice(0, BLOCK / 2).filter((node) => node.signs.includes(0));
    const kept = open.filter((node) => !decided.includes(node));
    const children = decided.flatMap((node) => split(node.signs, differences));
    const parents = decided.flatMap(({ bound }) => [bound, bound]);
    const found = boundSigns(model, differences, children, sum);
    open = [
      ...kept,
      ...found.map((child, at) => ({ ...child, bound: Math.min(child.bound, parents[at]) })),
    ];
    rows += children.length;
  }
  return Math.max(...open.map(({ bound }) => bound));
}

/** Both signs of the output whose chord lies highest above |δ|. */
function split(signs: Int8Array, { lower, upper }: Intervals): Int8Array[] {
  let chosen = -1;
  let most = -Infinity;
  signs.forEach((sign, output) => {
    const height = (-lower[output] * upper[output]) / (upper[output] - lower[output]);
    if (sign !== 0 || !(height > most)) return;
    [chosen, most] = [output, height];
  });
  return [1, -1].map((sign) => signs.map((known, output) => (output === chosen ? sign : known)));
}

function boundSigns(
  model: Model,
  { lower, upper }: Intervals,
  all: readonly Int8Array[],
  most: number,
): SignNode[] {
  const value = model.differences.length - 1;
  const forms = createForms(all.length, value + 1);
  const { data, columns } = coefficientsOn(forms.onDifferences, value, all.length, lower.length);
  all.forEach((signs, row) =>
    signs.forEach((sign, output) => {
      if (sign !== 0) {
        data[row * columns + output] = sign;
        return;
      }
      const { slope, constant } = chordOfMagnitude(lower[output], upper[output]);
      data[row * columns + output] = slope;
      addConstant(forms, row, constant, 0);
    }),
  );
  substituteBack(model, forms);
  return all.map((signs, row) => ({ signs, bound: Math.min(most, forms.best[row]) }));
}

/** A line over |δ| on [lower, upper], where lower < 0 < upper. */
function chordOfMagnitude(lower: number, upper: number): { slope: number; constant: number } {
  const slope = Math.max(-1, Math.min(1, (lower + upper) / (upper - lower)));
  const constant = Math.max(-lower * (1 + slope), upper * (1 - slope));
  return { slope, constant: constant * (1 + 8 * UNIT_ROUNDOFF) };
}
