import { evaluate } from "../network/evaluate";
import { evaluateApproximated } from "./source/evaluateApproximated";
import type { Twins } from "./twin";

/**
 * Ñ(x) − N(x), one signed value per output, in units of the logits.
 *
 * @example
 * rl.roundingError(twins, x)
 */
export function roundingError(twins: Twins, x: Readonly<Float64Array>): Float64Array {
  const network = evaluate(twins.network, x);
  const approximated = evaluateApproximated(twins, x);
  return approximated.map((value, output) => value - network[output]);
}

/**
 * E(x) = Σ_k |ξ_k(x) − ξ̃_k(x)|, in units of the logits: the L1 rounding error. (paper, Eq. 5)
 *
 * @example
 * rl.absoluteError(twins, x)
 */
export function absoluteError(twins: Twins, x: Readonly<Float64Array>): number {
  return sumOfMagnitudes(roundingError(twins, x));
}

/** Σ_k |values_k|, summed in order. */
export function sumOfMagnitudes(values: Readonly<Float64Array>): number {
  let sum = 0;
  for (const value of values) sum += Math.abs(value);
  return sum;
}
