import { rulesOf, type Layer } from "../network/layer/layer";
import type { Network } from "../network/network";
import { valueSizes } from "../network/walk";
import { formatCount } from "../present/numberFormat";
import { createTable, type Table } from "../present/table/table";
import { membersOf } from "../unknownValue";

/** Whether a value is a network, as `loadNetwork` and `approximate` make them. */
export function isNetwork(value: unknown): value is Network {
  if (value === null || typeof value !== "object") return false;
  const { name, inputSize, layers } = membersOf<Network>(value);
  return (
    typeof name === "string" &&
    typeof inputSize === "number" &&
    Array.isArray(layers) &&
    layers.every((layer) => typeof membersOf<Layer>(layer).kind === "string")
  );
}

/**
 * A network as a table of its layers: what each is, how many values it yields, how many it has
 * learnt.
 */
export function networkTable(network: Network): Table {
  const { name, inputSize, outputSize, layers, assumptions = [] } = network;
  const outputs = valueSizes(network).slice(1);
  const parameters = layers.map(parameterCount);
  const total = parameters.reduce((sum, count) => sum + count, 0);
  const assumed = assumptions.map((assumption) => `; assumed: ${assumption}`).join("");
  // In a chain every layer reads the one before; 0 is the input.
  const reads: Record<string, string[]> =
    network.from === undefined ? {} : { reads: network.from.map((values) => values.join(", ")) };
  const table = createTable(
    { kind: layers.map(({ kind }) => kind), ...reads, outputs, parameters },
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
  const parameters = rulesOf(layer).parameters(layer);
  return parameters.reduce((count, { values }) => count + values.length, 0);
}
