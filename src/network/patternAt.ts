import { patternOfFlows, type ActivationPattern } from "./activationPattern";
import { evaluateInto } from "./evaluate";
import { createFlows } from "./flows";
import type { Network } from "./network";

/** The activation pattern of a network at x. (paper, Eq. 20) */
export function patternAt(network: Network, x: Readonly<Float64Array>): ActivationPattern {
  const flows = createFlows(network);
  evaluateInto(network, x, flows);
  return patternOfFlows(network, flows);
}
