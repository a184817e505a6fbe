import type { ActivationPattern } from "../network/activationPattern";
import { evaluateInto } from "../network/evaluate";
import { createFlows, type Flows } from "../network/flows";
import type { Network } from "../network/network";
import { pullBack } from "./pullBack";

/**
 * A network along a fixed activation pattern, in both directions: what pricing and generating rows is made of.
 *
 * Forwards it is the affine map of the pattern's polytope, evaluated layer by layer; backwards it carries
 * one linear form to the input.                                                (paper, Eqs. 20–25)
 */
export interface PatternPasses {
  readonly network: Network;
  /** Values after each layer, as the last `forward` left them; flows[0] is the input. */
  readonly flows: Flows;
  /** Linear forms: the caller writes `gradients[layerCount]` before `backward`. */
  readonly gradients: Flows;
  /** Fills `flows` at y; without a pattern ReLUs and pools do what the values say. */
  forward(y: Readonly<Float64Array>, pattern?: ActivationPattern): void;
  /** The form `gradients[layerCount]` on the values after so many layers, as one on the input. */
  backward(pattern: ActivationPattern, layerCount: number): Readonly<Float64Array>;
}

/** The reference: the network's own evaluation, and `pullBack`. */
export function createPlainPasses(network: Network): PatternPasses {
  const flows = createFlows(network);
  const gradients = createFlows(network);
  return {
    network,
    flows,
    gradients,
    forward: (y, pattern) => evaluateInto(network, y, flows, pattern),
    backward: (pattern, layerCount) => pullBack(network, pattern, layerCount, gradients),
  };
}
