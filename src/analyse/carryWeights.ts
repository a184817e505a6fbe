import type { ActivationPattern } from "../network/activationPattern";
import type { Network } from "../network/network";
import { sourcesOf, stepsOf, valueSizes } from "../network/walk";
import { carryCounted, constantOf } from "./carryCounted";
import { createCounted, type Counted } from "./counted";
import type { ScatteredConvolutions } from "./scatteredConvolutions";
import { reachedPlaces, roundingDepths } from "./roundingDepths";

/*
 * A linear form on everything that flows through a network, with a weight at every place, carried
 * back to the input along a fixed pattern in one pass: Σ weight · value = gradient · y + constant.
 *
 * Beside each coefficient stands a count: the sum of the magnitudes of all terms that it is a sum
 * of, each times the number of roundings that lie behind it. A coefficient differs from the one of
 * real arithmetic by at most u times its count, up to higher powers of u (Higham's running bound,
 * with the depth of every term known beforehand).
 */

/** Weights at places of one value; a place may stand there several times. */
export interface PlacedWeights {
  readonly places: number[];
  readonly weights: number[];
}

/** A form on the input. */
export interface CarriedWeights {
  readonly gradient: Counted;
  /** The count of the constant, which is not computed itself. */
  readonly constantCount: number;
}

/**
 * Carries weights back to the input.
 *
 * @param planted  what is added at each value: 0 is the input, l + 1 what layer l yields
 * @param scattered  carries forms through convolutions where it can, to the same bits
 */
export function carryWeights(
  network: Network,
  pattern: ActivationPattern,
  planted: readonly PlacedWeights[],
  scattered?: ScatteredConvolutions,
): CarriedWeights {
  const steps = stepsOf(network);
  const forms = valueSizes(network).map(createCounted);
  const reached = reachedPlaces(network, pattern);
  const depths = roundingDepths(network, reached, planted);
  let constantCount = 0;
  for (let value = forms.length - 1; value >= 0; value--) {
    plant(planted[value], depths[value], forms[value]);
    if (value === 0) break;
    const sources = sourcesOf(network, value - 1);
    const step = steps[value - 1];
    if (
      step.form === "affine" &&
      scattered?.carryCounted(value - 1, forms[value], forms[sources[0]])
    ) {
      constantCount += constantOf(step, forms[value]);
      continue;
    }
    constantCount += carryCounted(
      step,
      pattern.switches[value - 1],
      forms[value],
      sources.map((source) => forms[source]),
      sources.map((source) => reached[source]),
    );
  }
  return { gradient: forms[0], constantCount };
}

function plant({ places, weights }: PlacedWeights, depth: number, out: Counted): void {
  places.forEach((place, index) => {
    out.values[place] += weights[index];
    out.counts[place] += depth * Math.abs(weights[index]);
  });
}
