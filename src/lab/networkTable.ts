import { assertNever } from "../errors";
import type { Layer, Network } from "../network/network";
import { layerOutputSize } from "../network/shape";
import { formatCount } from "../present/numberFormat";
import { createTable, type Table } from "../present/table/table";

/** Whether a value is a network, as `loadNetwork` and `approximate` make them. */
export function isNetwork(value: unknown): value is Network {
  if (value === null || typeof value !== "object") return false;
  const { name, inputSize, layers } = value as Partial<Network>;
  return (
    typeof name === "string" &&
    typeof inputSize === "number" &&
    Array.isArray(layers) &&
    layers.every((layer: Partial<Layer> | null) => typeof layer?.kind === "string")
  );
}

/**
 * A network as a table of its layers: what each is, how many values it yields, how many it has
 * learnt.
 */
export function networkTable(network: Network): Table {
  const { name, inputSize, outputSize, layers, assumptions = [] } = network;
  let size = inputSize;
  const outputs = layers.map((layer) => (size = layerOutputSize(layer, size)));
  const parameters = layers.map(parameterCount);
  const total = parameters.reduce((sum, count) => sum + count, 0);
  const assumed = assumptions.map((assumption) => `; assumed: ${assumption}`).join("");
  const table = createTable(
    { kind: layers.map(({ kind }) => kind), outputs, parameters },
    {
      caption: `network ${name}: ${formatCount(inputSize)} inputs, ${formatCount(outputSize)} outputs, ${formatCount(total)} parameters${assumed}`,
      indexName: "layer",
      notes: { outputs: { style: "count" }, parameters: { style: "count" } },
    },
  );
  // As messages count them.
  return { ...table, index: layers.map((_, index) => index + 1) };
}

function parameterCount(layer: Layer): number {
  switch (layer.kind) {
    case "dense":
      return layer.weights.data.length + layer.bias.length;
    case "conv2d":
      return layer.weights.length + layer.bias.length;
    case "relu":
    case "normalise":
    case "maxPool2d":
      return 0;
    default:
      return assertNever(layer);
  }
}
