import { ShapeError } from "../../errors";
import { sourcesOf, stepsOf } from "../../network/walk";
import { boundIntervals } from "../intervalBounds";
import type { Intervals } from "../intervals";
import { stepRules } from "../rules/stepRules";
import { localSums } from "../source/localErrors";
import { sourceRules } from "../source/source";
import { sumOf } from "../source/sumOf";
import type { Twins } from "../twin";
import { createBound, type BoundMethod } from "./bound";

/**
 * Intervals of N's values and of Ñ's, each on its own, and their differences. It forgets that both
 * have one input, but wins where Ñ has little to do with N: no difference is larger than what both
 * can yield.                                                                     (paper, Eqs. 8–9)
 */
export const interval: BoundMethod = (twins, box, options = {}) => {
  const values = boundIntervals(twins.network, box);
  const approximated = boundApproximated(twins, box);
  const isAlike =
    values.length === approximated.length &&
    values.every(({ lower }, value) => lower.length === approximated[value].lower.length);
  if (!isAlike) {
    throw new ShapeError(
      "bounds of each layer need twins whose layers yield equally many values; were both saved for " +
        "one architecture?",
    );
  }
  const differences = approximated.map((theirs, value) => sumOf(theirs, negative(values[value])));
  // Both read the same input, unless it is rounded first.
  if (approximated[0] === box) differences[0] = zeros(box.lower.length);
  return createBound("interval", twins, box, { values, differences }, options);
};

/** Intervals of Ñ's values, with what sources do to them. */
function boundApproximated({ approximated, sources = [] }: Twins, box: Intervals): Intervals[] {
  const withSources = (value: number, yielded: Intervals): Intervals =>
    sources.reduce((known, source) => {
      const local = sourceRules(source).localError(source, value, known);
      return local === undefined ? known : sumOf(known, local);
    }, yielded);
  const bounds = [withSources(0, box)];
  stepsOf(approximated).forEach((step, layer) => {
    const values = sourcesOf(approximated, layer).map((value) => bounds[value]);
    const errors = values.map(({ lower }) => zeros(lower.length));
    // What acts within sums is added to them as a whole.
    const sums = localSums(sources, { layer, step, approximatedStep: step, values, errors });
    const yielded = sums.reduce<Intervals>(sumOf, stepRules(step).bound(step, values));
    bounds.push(withSources(layer + 1, yielded));
  });
  return bounds;
}

function negative({ lower, upper }: Intervals): Intervals {
  return { lower: upper.map((value) => -value), upper: lower.map((value) => -value) };
}

function zeros(size: number): Intervals {
  return { lower: new Float64Array(size), upper: new Float64Array(size) };
}
