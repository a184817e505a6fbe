import { rulesOf } from "./layer/layer";
import type { Step } from "./layer/step";
import type { Network, Node } from "./network";

/*
 * How a network hangs together, for everything that walks through it. Value 0 is the input, value
 * l + 1 what layer l yields: in a chain layer l reads value l.
 */

/** Whether every layer reads the one before it and nothing else. */
export function isChain({ from }: Network): boolean {
  return from === undefined;
}

/** The values that layer `index` reads. */
export function sourcesOf({ from }: Network, index: number): readonly number[] {
  return from?.[index] ?? [index];
}

/** The layers with what they read. */
export function nodesOf(network: Network): Node[] {
  return network.layers.map((layer, index) => ({ layer, from: sourcesOf(network, index) }));
}

/** What every layer does, in order. */
export function stepsOf(network: Network): Step[] {
  const sizes = [network.inputSize];
  return network.layers.map((layer, index) => {
    const step = rulesOf(layer).step(
      layer,
      sourcesOf(network, index).map((value) => sizes[value]),
    );
    sizes.push(step.size);
    return step;
  });
}

/** How many numbers each value has. */
export function valueSizes(network: Network): number[] {
  return [network.inputSize, ...stepsOf(network).map(({ size }) => size)];
}
