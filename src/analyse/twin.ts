import { ShapeError } from "../errors";
import type { Network } from "../network/network";
import { checkNetwork } from "../network/shape";
import { sourceRules, type ExtraSource } from "./source/source";

/** A network and its approximated twin: N and Ñ. Only the sizes of input and output must agree. */
export interface Twins {
  readonly network: Network;
  /** Ñ, or where it does more than a network does, the network that it does that to. */
  readonly approximated: Network;
  /** What Ñ does beside having weights of its own; absent where it is a network like N. */
  readonly sources?: readonly ExtraSource[];
}

/**
 * Two networks that can be compared, as one value.
 *
 * @param sources  what else Ñ does, such as rounding activations
 * @throws ShapeError if they take or yield different numbers of values or their layers do not fit
 *   together, ArgumentError if a parameter is not finite or a source is none of this Ñ
 */
export function createTwins(
  network: Network,
  approximated: Network,
  sources: readonly ExtraSource[] = [],
): Twins {
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
  for (const source of sources) sourceRules(source).check(source, approximated, sources);
  return { network, approximated, ...(sources.length === 0 ? {} : { sources }) };
}
