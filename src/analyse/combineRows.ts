import { assertNever } from "../errors";
import type { CombinedRows, Multiplier } from "../lp/program";
import type { ActivationPattern } from "../network/activationPattern";
import { summationError, UNIT_ROUNDOFF } from "../numeric/rounding";
import { carryWeights, type CarriedWeights, type PlacedWeights } from "./carryWeights";
import type { OutputForm } from "./outputForm";
import type { PatternPasses } from "./patternPasses";
import type { RowBlock } from "./rowBlocks";

/*
 * Σ λ_i s_i, the weighed sum of a polytope's slacks, is one linear form on the values within both
 * networks: λ_i stands at neuron i with the sign that says whether it is active, at the winner of a
 * pooling window and negated at the loser, at the outputs of a form. One pass backwards through
 * each network makes it a form on the input, −(Aᵀλ)·y + b·λ, however many multipliers there are.
 */

/** What is combined: a polytope and the forms whose rows follow the polytope's own. */
export interface CombineParts {
  readonly polytope: {
    readonly sides: readonly [PatternPasses, PatternPasses];
    readonly patterns: readonly [ActivationPattern, ActivationPattern];
    readonly blocks: readonly RowBlock[];
  };
  readonly forms: readonly OutputForm[];
}

/**
 * The rows of multipliers as one, see `RowOracle.combine`; those that are not > 0 are passed over.
 *
 * The errors allow for the rounding of this pass and of the slacks at x, and once more for that of
 * rows generated one by one: the sum is right for the networks' own rows in real arithmetic and for
 * rows as `row` writes them.
 *
 * @param slacks  of all rows at x
 */
export function combineRows(
  parts: CombineParts,
  multipliers: readonly Multiplier[],
  x: Readonly<Float64Array>,
  slacks: Readonly<Float64Array>,
): CombinedRows {
  const taken = multipliers.filter(({ value }) => value > 0 && value !== Infinity);
  const [one, other] = carrySides(parts, taken);
  let slack = 0;
  let slackMagnitude = 0;
  for (const { row, value } of taken) {
    slack += value * slacks[row];
    slackMagnitude += Math.abs(value * slacks[row]);
  }
  let count = one.constantCount + other.constantCount;
  const weights = new Float64Array(x.length);
  const weightErrors = new Float64Array(x.length);
  // Twice one roundoff. The rest is for powers of it and for the counts, rounded sums themselves.
  const relative = (2 + 2 ** -16) * UNIT_ROUNDOFF;
  for (let input = 0; input < x.length; input++) {
    const counts = one.gradient.counts[input] + other.gradient.counts[input];
    // Slacks are b − A·y.
    weights[input] = -(one.gradient.values[input] + other.gradient.values[input]);
    weightErrors[input] = relative * counts;
    count += counts * Math.abs(x[input]);
  }
  const slackError = relative * count + slackMagnitude * summationError(taken.length + 2);
  return { weights, weightErrors, slack, slackError };
}

/** The weighed slacks of both networks as forms on the input. */
function carrySides(
  { polytope, forms }: CombineParts,
  multipliers: readonly Multiplier[],
): readonly [CarriedWeights, CarriedWeights] {
  const { sides, patterns, blocks } = polytope;
  const planted = sides.map(({ network }) =>
    Array.from({ length: network.layers.length + 1 }, (): PlacedWeights => ({
      places: [],
      weights: [],
    })),
  );
  const put = (side: number, value: number, place: number, weight: number): void => {
    planted[side][value].places.push(place);
    planted[side][value].weights.push(weight);
  };
  const last = blocks[blocks.length - 1];
  const hiddenRows = last === undefined ? 0 : last.start + last.count;
  const constants = [0, 0];
  let at = 0;
  for (const { row, value: times } of multipliers) {
    if (row >= hiddenRows) {
      const { network, approximated } = forms[row - hiddenRows];
      for (const [side, factors] of [network, approximated].entries()) {
        factors.forEach((factor, output) => {
          if (factor !== 0) put(side, sides[side].network.layers.length, output, factor * times);
        });
      }
      continue;
    }
    // Multipliers mostly come in the order of their rows.
    if (row < blocks[at].start) at = 0;
    while (row >= blocks[at].start + blocks[at].count) at++;
    const { side, value, start, rows } = blocks[at];
    const index = row - start;
    switch (rows.kind) {
      case "pairs":
        put(side, value, rows.winners[index], times);
        put(side, value, rows.losers[index], -times);
        break;
      case "pieces":
        put(side, value, rows.places[index], rows.signs[index] * times);
        // One rounding in the slack, and one more in that of a row by itself.
        constants[side] += 2 * Math.abs(rows.knots[index]) * times;
        break;
      default:
        assertNever(rows);
    }
  }
  const carry = (side: 0 | 1): CarriedWeights => {
    const { network, scattered } = sides[side];
    const carried = carryWeights(network, patterns[side], planted[side], scattered);
    return { ...carried, constantCount: carried.constantCount + constants[side] };
  };
  return [carry(0), carry(1)];
}
