import { ShapeError } from "../errors";
import { isApproximable } from "../network/layer/layer";
import type { Network } from "../network/network";
import { pairedSteps } from "./sameArchitecture";
import { createTwins, type Twins } from "./twin";

/**
 * Twins of which Ñ has its own parameters in some layers and N's in all others.
 *
 * @param layers  counted from 1
 * @throws ShapeError if the two differ in architecture, or there is no such layer
 */
export function exchangeLayers(twins: Twins, layers: readonly number[]): Twins {
  pairedSteps(twins, "layers approximated one by one");
  const { network, approximated, sources } = twins;
  const odd = layers.find((layer) => !Number.isInteger(layer) || !network.layers[layer - 1]);
  if (odd !== undefined) {
    throw new ShapeError(`there is no layer ${odd}; they are 1 to ${network.layers.length}`);
  }
  const mixed: Network = {
    ...approximated,
    name: `${approximated.name}, layers ${layers.join(", ")}`,
    // The name of an approximation says what was done to all layers.
    approximation: undefined,
    layers: network.layers.map((layer, index) =>
      layers.includes(index + 1) ? approximated.layers[index] : layer,
    ),
  };
  return createTwins(network, mixed, sources);
}

/** The layers with parameters that an approximation may touch, counted from 1. */
export function roundedLayers({ layers }: Network): number[] {
  return layers.flatMap((layer, index) => (isApproximable(layer) ? [index + 1] : []));
}
