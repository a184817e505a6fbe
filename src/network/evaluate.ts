import type { ActivationPattern } from "./activationPattern";
import { checkFlows, checkInput } from "./checkFinite";
import { createFlows, type Flows } from "./flows";
import { applyStep } from "./layer/applyStep";
import type { Network } from "./network";
import { sourcesOf, stepsOf } from "./walk";

/**
 * The logits ξ(x) of a network, in binary64.                                   (paper, Eqs. 1–2)
 *
 * @param x  one value per input, pixels in [0, 1] for networks that normalise
 * @throws ShapeError if x has another length, ArgumentError if a value of x is not finite or a sum
 *   overflows
 * @example
 * rl.evaluate(net1, x)
 */
export function evaluate(network: Network, x: Readonly<Float64Array>): Float64Array {
  checkInput(network, x);
  const flows = createFlows(network);
  evaluateInto(network, x, flows);
  checkFlows(network, flows);
  return flows[flows.length - 1];
}

/**
 * Evaluates a network at x and leaves every intermediate value in `flows`.
 *
 * With a `pattern`, pieces and pools do what the pattern says instead of what the values say: the
 * affine map of the pattern's polytope, evaluated at any x. (paper, Eqs. 20–25)
 *
 * Checks nothing: whoever takes x from outside calls `checkInput` before and `checkFlows` after.
 */
export function evaluateInto(
  network: Network,
  x: Readonly<Float64Array>,
  flows: Flows,
  pattern?: ActivationPattern,
): void {
  flows[0].set(x);
  stepsOf(network).forEach((step, index) => {
    const inputs = sourcesOf(network, index).map((value) => flows[value]);
    applyStep(step, inputs, flows[index + 1], pattern?.switches[index]);
  });
}
