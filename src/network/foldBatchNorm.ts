import { ArgumentError } from "../errors";
import { mapValues } from "../numeric/mapValues";
import { quoteName } from "../quoteName";
import { rulesOf, type Layer } from "./layer/layer";
import type { ScaleLayer } from "./layer/scale";
import type { Network, Node } from "./network";
import { createGraph } from "./shape";
import { nodesOf } from "./walk";

/**
 * The same function with every batch normalisation (a `scale` layer whose role is `rounded`) made
 * part of the dense layer or convolution before it: W' = s W, b' = s b + t, in binary64; a network
 * without one is returned as it is. Who
 * deploys a network folds first and rounds then, and the numbers differ from rounding s and t by
 * themselves: so it is a step to be asked for, before `approximate`.
 *
 * @throws ArgumentError naming a layer that cannot be folded: nothing with weights stands before it
 *   alone
 * @example
 * const deployed = rl.round(rl.foldBatchNorm(net1), "int8");
 */
export function foldBatchNorm(network: Network): Network {
  const nodes = nodesOf(network);
  if (!nodes.some(({ layer }) => isBatchNorm(layer))) return network;
  const folded: Node[] = [];
  // Where each value of the network stands in the folded one.
  const places = [0];
  nodes.forEach(({ layer, from }, index) => {
    const sources = from.map((value) => places[value]);
    if (!isBatchNorm(layer)) {
      folded.push({ layer, from: sources });
      places.push(folded.length);
      return;
    }
    const where = `layer ${index + 1} (scale) of network ${quoteName(network.name)}`;
    checkReader(nodes, from[0], where);
    const target = sources[0] - 1;
    const before = folded[target];
    folded[target] = { ...before, layer: foldInto(before?.layer, layer, where) };
    places.push(sources[0]);
  });
  const { name, inputSize, assumptions } = network;
  return createGraph(`${name}, batch norm folded`, inputSize, folded, assumptions);
}

function isBatchNorm(layer: Layer): layer is ScaleLayer {
  return layer.kind === "scale" && layer.role === "rounded";
}

/** @throws ArgumentError if another layer reads the values that a scale layer reads */
function checkReader(nodes: readonly Node[], value: number, where: string): void {
  const readers = nodes.flatMap(({ from }) => from).filter((read) => read === value).length;
  if (readers === 1) return;
  throw new ArgumentError(
    `${where} cannot be folded: ${value === 0 ? "the input" : `layer ${value}`} is read by ` +
      `${readers} layers; leave it as it is`,
  );
}

function foldInto(layer: Layer | undefined, scale: ScaleLayer, where: string): Layer {
  if (layer?.kind !== "dense" && layer?.kind !== "conv2d") {
    throw new ArgumentError(
      `${where} cannot be folded: what it reads is no dense layer or convolution, but ` +
        `${layer === undefined ? "the input" : layer.kind}; leave it as it is`,
    );
  }
  const channelOf = channelsOf(layer, scale, where);
  return rulesOf(layer).withParameters(layer, ({ name, values, channels }) => {
    const run = values.length / channels;
    return mapValues(values, (value, index) => {
      const channel = channelOf(Math.floor(index / run));
      const scaled = scale.weights[channel] * value;
      return name === "bias" ? scaled + scale.bias[channel] : scaled;
    });
  });
}

/** Which channel of a scale layer belongs to an output of the layer before it. */
function channelsOf(layer: Layer, scale: ScaleLayer, where: string): (output: number) => number {
  if (layer.kind === "dense") return (output) => Math.floor(output / scale.pixels);
  if (layer.kind === "conv2d" && layer.outChannels === scale.channels) return (channel) => channel;
  throw new ArgumentError(
    `${where} cannot be folded: its ${scale.channels} channels are not those of the layer before it; ` +
      "leave it as it is",
  );
}
