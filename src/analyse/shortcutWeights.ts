import { ShapeError } from "../errors";
import { createMatrix, rowOf, type Matrix } from "../numeric/matrix";
import type { ActivationPattern } from "../network/activationPattern";
import { evaluateInto } from "../network/evaluate";
import { createFlows } from "../network/flows";
import type { Network } from "../network/network";
import { stepsOf } from "../network/walk";
import { pullBack } from "./pullBack";

/** The affine map x ↦ weights · x + bias. */
export interface AffineMap {
  readonly weights: Matrix;
  readonly bias: Float64Array;
}

/**
 * The affine map that the values after `layerCount` layers equal on one polytope.
 * (paper, Eqs. 20–25)
 *
 * @param pattern     what every ReLU and pool does there, as `patternAt` returns it
 * @param layerCount  how many leading layers; all of them by default, which gives the logits
 * @returns weights, values × inputs, and as many biases
 * @throws ShapeError if the pattern belongs to another architecture
 * @example
 * const { weights, bias } = rl.shortcutWeights(net1, rl.patternAt(net1, x));
 */
export function shortcutWeights(
  network: Network,
  pattern: ActivationPattern,
  layerCount: number = network.layers.length,
): AffineMap {
  checkPattern(network, pattern);
  const gradients = createFlows(network);
  const seed = gradients[layerCount];
  const weights = createMatrix(seed.length, network.inputSize);
  for (let row = 0; row < seed.length; row++) {
    seed.fill(0);
    seed[row] = 1;
    rowOf(weights, row).set(pullBack(network, pattern, layerCount, gradients));
  }
  const flows = createFlows(network);
  evaluateInto(network, new Float64Array(network.inputSize), flows, pattern);
  return { weights, bias: flows[layerCount] };
}

function checkPattern(network: Network, pattern: ActivationPattern): void {
  stepsOf(network).forEach((step, index) => {
    const expected = step.form === "affine" ? 0 : step.size;
    const found = pattern.switches[index]?.length ?? 0;
    if (found !== expected) {
      throw new ShapeError(
        `layer ${index + 1} (${network.layers[index].kind}) of network ${network.name} needs ` +
          `${expected} switches, the pattern has ${found}; was it taken from another network?`,
      );
    }
  });
}
