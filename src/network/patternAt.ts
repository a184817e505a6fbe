import { patternOfFlows, type ActivationPattern } from "./activationPattern";
import { checkFlows, checkInput } from "./checkFinite";
import { evaluateInto } from "./evaluate";
import { createFlows } from "./flows";
import type { Network } from "./network";

/**
 * The activation pattern of a network at x.                                         (paper, Eq. 20)
 *
 * @throws ShapeError if x has another length, ArgumentError if a value of x is not finite or a sum
 *   overflows
 * @example
 * rl.isSamePattern(rl.patternAt(net1, x), rl.patternAt(twins.approximated, x))
 */
export function patternAt(network: Network, x: Readonly<Float64Array>): ActivationPattern {
  checkInput(network, x);
  const flows = createFlows(network);
  evaluateInto(network, x, flows);
  checkFlows(network, flows);
  return patternOfFlows(network, flows);
}
