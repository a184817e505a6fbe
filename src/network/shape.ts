import { ShapeError } from "../errors";
import { quoteName } from "../quoteName";
import { checkSizes } from "./layer/checkValues";
import { rulesOf, type Layer } from "./layer/layer";
import type { Network, Node } from "./network";
import { nodesOf } from "./walk";

/** The number of values a layer yields from `inputSize` values of each source. */
export function layerOutputSize(layer: Layer, inputSize: number): number {
  return rulesOf(layer).step(layer, [inputSize]).size;
}

/**
 * A chain: a network whose layers are known to fit together and to be made of finite numbers.
 *
 * @param assumptions  what was assumed of the function, to be shown wherever the network is
 * @throws ShapeError naming the first layer that does not fit, or if there is no layer;
 *   ArgumentError naming the first parameter that is not finite
 * @example
 * const zero = rl.createNetwork("zero", 2, [
 *   { kind: "dense", weights: rl.createMatrix(1, 2), bias: Float64Array.of(0) },
 * ]);
 */
export function createNetwork(
  name: string,
  inputSize: number,
  layers: readonly Layer[],
  assumptions: readonly string[] = [],
): Network {
  const nodes = layers.map((layer, index) => ({ layer, from: [index] }));
  return createGraph(name, inputSize, nodes, assumptions);
}

/**
 * A network of nodes in topological order: each reads the input (0) or what nodes before it yield
 * (1, 2, …), and the last yields the logits.
 *
 * @throws ShapeError naming the first node that does not fit or is read by none, or if there is
 *   none; ArgumentError naming the first parameter that is not finite
 * @example
 * const skip = rl.createGraph("skip", 2, [
 *   { layer: { kind: "relu" }, from: [0] },
 *   { layer: { kind: "add" }, from: [0, 1] },
 * ]);
 */
export function createGraph(
  name: string,
  inputSize: number,
  nodes: readonly Node[],
  assumptions: readonly string[] = [],
): Network {
  const outputSize = checkedOutputSize(name, inputSize, nodes);
  const isChain = nodes.every(({ from }, index) => from.length === 1 && from[0] === index);
  return {
    name,
    inputSize,
    outputSize,
    layers: nodes.map(({ layer }) => layer),
    ...(isChain ? {} : { from: nodes.map(({ from }) => [...from]) }),
    ...(assumptions.length === 0 ? {} : { assumptions }),
  };
}

/**
 * Checks a network that may have been put together by hand, as `createNetwork` would.
 *
 * @throws ShapeError or ArgumentError naming the first layer that does not fit or is spoilt
 */
export function checkNetwork(network: Network): void {
  const { name, inputSize, outputSize, layers, from } = network;
  if (from !== undefined && from.length !== layers.length) {
    throw new ShapeError(
      `network ${quoteName(name)} has ${layers.length} layers, but says of ${from.length} what they read`,
    );
  }
  const size = checkedOutputSize(name, inputSize, nodesOf(network));
  if (size !== outputSize) {
    throw new ShapeError(
      `network ${quoteName(name)} says that it yields ${outputSize} values, but its layers yield ${size}`,
    );
  }
}

function checkedOutputSize(name: string, inputSize: number, nodes: readonly Node[]): number {
  const network = `network ${quoteName(name)}`;
  checkSizes({ inputSize }, network);
  if (nodes.length === 0) throw new ShapeError(`${network} has no layers`);
  const sizes = [inputSize];
  nodes.forEach(({ layer, from }, index) => {
    const where = `layer ${index + 1} (${layer.kind}) of ${network}`;
    const rules = rulesOf(layer);
    checkSources(from, index, rules.sources, where);
    const given = from.map((value) => sizes[value]);
    const expected = rules.inputSize(layer);
    given.forEach((size, source) => {
      if (expected === undefined || expected === size) return;
      const giver = from[source] === 0 ? "the input" : `layer ${from[source]}`;
      throw new ShapeError(
        `${where} takes ${expected} values, but ${giver} yields ${size}; ` +
          `was it saved for another architecture?`,
      );
    });
    rules.check(layer, where, given);
    sizes.push(rules.step(layer, given).size);
  });
  checkReaders(nodes, network);
  return sizes[sizes.length - 1];
}

/** @throws ShapeError unless a layer reads values from before it, as many as its kind takes */
function checkSources(
  from: readonly number[],
  index: number,
  wanted: "one" | "several",
  where: string,
): void {
  const isRight = wanted === "one" ? from.length === 1 : from.length > 0;
  if (!isRight) {
    throw new ShapeError(`${where} reads ${from.length} values; its kind reads ${wanted}`);
  }
  const odd = from.find((value) => !Number.isSafeInteger(value) || value < 0 || value > index);
  if (odd === undefined) return;
  throw new ShapeError(
    `${where} reads from ${odd}; expected 0 (the input) to ${index} (the layer before it)`,
  );
}

/** @throws ShapeError naming a layer that nothing reads: it would not belong to the function */
function checkReaders(nodes: readonly Node[], network: string): void {
  const read = new Set(nodes.flatMap(({ from }) => from));
  const unread = nodes.findIndex((_, index) => index < nodes.length - 1 && !read.has(index + 1));
  if (unread === -1) return;
  throw new ShapeError(
    `layer ${unread + 1} (${nodes[unread].layer.kind}) of ${network} is read by no layer; ` +
      "leave it out, or is a source missing?",
  );
}
