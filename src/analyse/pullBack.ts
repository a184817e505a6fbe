import type { ActivationPattern } from "../network/activationPattern";
import type { Flows } from "../network/flows";
import { addAdjoint } from "../network/layer/applyStep";
import type { Network } from "../network/network";
import { sourcesOf, stepsOf } from "../network/walk";

/**
 * Carries a linear form on the value `flows[value]` back to the input, along a fixed pattern: the
 * row vector gᵀ W^L D^{L−1} W^{L−1} … D¹ W¹ of shortcut weights, for one g.     (paper, Eqs. 23–25)
 * A value that several layers read gets back the sum of what each of them gives.
 *
 * Work is done only where the form is not zero, so a convolutional neuron costs its receptive
 * field.
 *
 * @param value      0 for the input, l + 1 for what layer l yields
 * @param gradients  buffers as `createFlows` makes them; gradients[value] holds g and is kept
 * @returns gradients[0], one coefficient per input
 */
export function pullBack(
  network: Network,
  pattern: ActivationPattern,
  value: number,
  gradients: Flows,
): Float64Array {
  const steps = stepsOf(network);
  for (let index = 0; index < value; index++) gradients[index].fill(0);
  for (let index = value - 1; index >= 0; index--) {
    const sources = sourcesOf(network, index).map((source) => gradients[source]);
    addAdjoint(steps[index], pattern.switches[index], gradients[index + 1], sources);
  }
  return gradients[0];
}
