import type { BoxProgram, Multiplier } from "../lp/program";
import {
  addDouble,
  addProduct,
  createDoubleVector,
  DOUBLE_ERROR,
  LARGEST_MAGNITUDE,
} from "../numeric/doubleDouble";
import { UNIT_ROUNDOFF } from "../numeric/rounding";
import { carryBack, type CarriedForm, type Seed, type SeedConstant } from "./carryBack";
import type { OutputForm } from "./outputForm";
import type { PolytopeParts } from "./polytopeRows";
import { formOf } from "./rowBlocks";

/*
 * Weak duality for the networks of real arithmetic. A program's rows and costs are pulled back in
 * binary64: `dualBound` proves a bound of the program as computed, up to that rounding. Here the
 * multipliers λ ≥ 0 are put to the networks themselves. On the polytope's inputs, whose patterns in
 * real arithmetic are the polytope's, every slack s_i ≥ 0, so
 *
 *     f(y)  ≤  f(y) + Σ λ_i s_i(y)  =  constant + r·y  ≤  constant + Σ_j max(l_j r_j, u_j r_j)
 *
 * for any affine f. Both sides of the equation are linear forms on the values within the networks:
 * r and the constant come from one pass backwards through each, in twice the precision
 * (`carryBack`), with an allowance of DOUBLE_ERROR for each of at most `depth` roundings, relative
 * to the sums of magnitudes (decision 54).
 */

/** What a real bound is about: a polytope and the forms whose rows follow the polytope's own. */
export interface RealBoundParts {
  readonly polytope: Pick<PolytopeParts, "sides" | "patterns" | "blocks">;
  readonly forms: readonly OutputForm[];
  readonly objective: OutputForm;
}

/**
 * An upper bound of the objective over the inputs of a box that lie in the polytope and satisfy
 * "form ≥ 0" for each form, for networks of real arithmetic with these binary64 weights; all
 * rounding included. Multipliers that are not > 0 are passed over, as in `dualBound`. It is
 * ∞ where numbers leave the range of binary64.
 */
export function realBound(
  parts: RealBoundParts,
  multipliers: readonly Multiplier[],
  { lower, upper }: Pick<BoxProgram, "lower" | "upper">,
): number {
  const [one, other] = ([0, 1] as const).map((side) => carrySide(parts, multipliers, side));
  const total = createDoubleVector(1);
  const relative = DOUBLE_ERROR * (one.depth + other.depth + lower.length + 4);
  let magnitude = 0;
  for (const { constant } of [one, other]) {
    addDouble(total, 0, constant.high[0], constant.low[0]);
    magnitude += constant.magnitude[0];
  }
  const reduced = createDoubleVector(1);
  for (let input = 0; input < lower.length; input++) {
    reduced.high[0] = one.gradient.high[input];
    reduced.low[0] = one.gradient.low[input];
    addDouble(reduced, 0, other.gradient.high[input], other.gradient.low[input]);
    const end = reduced.high[0] > 0 ? upper[input] : lower[input];
    addProduct(total, 0, reduced.high[0], reduced.low[0], end);
    const reach = Math.max(Math.abs(lower[input]), Math.abs(upper[input]));
    magnitude += reach * (one.gradient.magnitude[input] + other.gradient.magnitude[input]);
  }
  // Magnitudes are themselves rounded sums: by far less than a half.
  const allowance = 2 * relative * magnitude;
  const value = total.high[0] + (total.low[0] + allowance);
  // Beyond the range of binary64 the parts are no numbers, and nothing is proved.
  if (!(magnitude <= LARGEST_MAGNITUDE && value < Infinity)) return Infinity;
  return value + 4 * UNIT_ROUNDOFF * (Math.abs(value) + allowance) + Number.MIN_VALUE;
}

/** Objective and weighted slacks of one network as one form on the input. */
function carrySide(
  { polytope, forms, objective }: RealBoundParts,
  multipliers: readonly Multiplier[],
  side: 0 | 1,
): CarriedForm {
  const { network } = polytope.sides[side];
  const pattern = polytope.patterns[side];
  const seeds: Seed[] = [];
  const constants: SeedConstant[] = [];
  const seedOutputs = (form: OutputForm, times: number): void => {
    const factors = side === 0 ? form.network : form.approximated;
    factors.forEach((factor, place) => {
      if (factor !== 0) seeds.push({ value: network.layers.length, place, factor, times });
    });
  };
  seedOutputs(objective, 1);
  const last = polytope.blocks[polytope.blocks.length - 1];
  const hiddenRows = last === undefined ? 0 : last.start + last.count;
  for (const { row, value } of multipliers) {
    if (!(value > 0) || value === Infinity) continue;
    if (row >= hiddenRows) {
      seedOutputs(forms[row - hiddenRows], value);
      continue;
    }
    const block = polytope.blocks.find(({ start, count }) => row < start + count);
    if (block?.side !== side) continue;
    const { places, factors, constant } = formOf(block, row - block.start);
    places.forEach((place, index) => {
      seeds.push({ value: block.value, place, factor: factors[index], times: value });
    });
    if (constant !== undefined) constants.push({ factor: constant, times: value });
  }
  return carryBack(network, pattern, seeds, constants);
}

/**
 * What must be added to a bound that stands in the data so that it is at least another one: 0 where
 * it already is. Added in binary64 or in the real numbers, the sum is no smaller than `rigorous`.
 */
export function allowanceBetween(bound: number, rigorous: number): number {
  const missing = rigorous - bound;
  return missing > 0 ? missing * (1 + 4 * UNIT_ROUNDOFF) : 0;
}
