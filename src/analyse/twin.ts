import { ShapeError } from "../errors";
import type { Network } from "../network/network";
import { checkNetwork } from "../network/shape";

/** A network and its altered twin: N and Ñ. Only the sizes of input and output must agree. */
export interface Twins {
  readonly network: Network;
  readonly approximated: Network;
}

/**
 * Two networks that can be compared, as one value.
 *
 * @throws ShapeError if they take or yield different numbers of values or their layers do not fit
 *   together, ArgumentError if a parameter is not finite
 */
export function createTwins(network: Network, approximated: Network): Twins {
  checkNetwork(network);
  checkNetwork(approximated);
  if (network.inputSize !== approximated.inputSize) {
    throw new ShapeError(
      `${network.name} takes ${network.inputSize} inputs, but its twin ${approximated.name} takes ` +
        `${approximated.inputSize}; compare networks of the same inputs`,
    );
  }
  if (network.outputSize !== approximated.outputSize) {
    throw new ShapeError(
      `${network.name} yields ${network.outputSize} outputs, but its twin ${approximated.name} ` +
        `yields ${approximated.outputSize}; compare networks of the same outputs`,
    );
  }
  return { network, approximated };
}
