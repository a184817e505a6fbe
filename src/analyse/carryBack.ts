import type { ActivationPattern } from "../network/activationPattern";
import type { Network } from "../network/network";
import { isChain, sourcesOf, stepsOf, valueSizes } from "../network/walk";
import { addProduct, UNDERFLOW } from "../numeric/doubleDouble";
import { createMagnified, type Magnified } from "./magnified";
import { stepRules } from "./rules/stepRules";

/*
 * A linear form on everything that flows through a network, with some factor at every place, as one
 * form on the input: Σ over places of factor · value = gradient · y + constant, along a fixed
 * pattern, for the network whose arithmetic is that of the real numbers. One pass backwards in
 * twice the precision, with the sums of the magnitudes of all that was added up beside it.
 */

/** A form on the input, and how many roundings at most lie one behind another. */
export interface CarriedForm {
  readonly gradient: Magnified;
  /** One number. */
  readonly constant: Magnified;
  readonly depth: number;
}

/** A constant to be added, times a number. */
export interface SeedConstant {
  readonly factor: number;
  readonly times: number;
}

/** A factor to be added at a place of a value: 0 is the input, l + 1 what layer l yields. */
export interface Seed {
  readonly value: number;
  readonly place: number;
  readonly factor: number;
  readonly times: number;
}

/** Carries Σ factor · times · (value at place) + Σ constants back to the input. */
export function carryBack(
  network: Network,
  pattern: ActivationPattern,
  seeds: readonly Seed[],
  constants: readonly SeedConstant[],
): CarriedForm {
  const constant = createMagnified(1);
  const forms = valueSizes(network).map(createMagnified);
  const steps = stepsOf(network);
  let depth = constants.length;
  for (const { factor, times } of constants) plantProduct(constant, 0, factor, times);
  for (let value = network.layers.length; value >= 0; value--) {
    // Layers behind this value have added to its form: each of them is one rounding more.
    depth += plant(forms[value], seeds, value);
    if (value === 0) break;
    const step = steps[value - 1];
    const sources = sourcesOf(network, value - 1).map((source) => forms[source]);
    const switches = pattern.switches[value - 1];
    depth += stepRules(step).carry(step, switches, forms[value], sources, constant);
    if (!isChain(network)) depth += sources.length;
  }
  return { gradient: forms[0], constant, depth };
}

/** Adds the seeds of one value; returns how many. */
function plant(form: Magnified, seeds: readonly Seed[], value: number): number {
  let count = 0;
  for (const { value: at, place, factor, times } of seeds) {
    if (at !== value) continue;
    plantProduct(form, place, factor, times);
    count++;
  }
  return count;
}

/** form[place] += factor · times. */
function plantProduct(form: Magnified, place: number, factor: number, times: number): void {
  addProduct(form, place, factor, 0, times);
  form.magnitude[place] += Math.abs(factor * times) + UNDERFLOW;
}
