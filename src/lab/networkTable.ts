import { columnsFor, declareColumns } from "../claim/column";
import { rulesOf, type Layer } from "../network/layer/layer";
import type { Network } from "../network/network";
import { valueSizes } from "../network/walk";
import { formatCount } from "../present/numberFormat";
import { declaredTable } from "../present/table/declaredTable";
import type { Table } from "../present/table/table";
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

interface LayerRow {
  readonly kind: string;
  readonly reads: string | null;
  readonly outputs: number;
  readonly parameters: number;
}

const LAYER_COLUMNS = declareColumns<LayerRow>({
  kind: { type: "text", meaning: "what it does" },
  reads: { type: "text", isOptional: true, meaning: "the layers whose values it takes" },
  outputs: { type: "integer", style: "count", meaning: "values that it yields" },
  parameters: { type: "integer", style: "count", meaning: "values that it has learnt" },
});

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
  const rows = layers.map(({ kind }, index): LayerRow => {
    // In a chain every layer reads the one before; 0 is the input.
    const reads = network.from?.[index].join(", ") ?? null;
    return { kind, reads, outputs: outputs[index], parameters: parameters[index] };
  });
  return declaredTable(columnsFor(LAYER_COLUMNS, rows), rows, {
    caption: `network ${name}: ${formatCount(inputSize)} inputs, ${formatCount(outputSize)} outputs, ${formatCount(total)} parameters${assumed}`,
    indexName: "layer",
    // As messages count them.
    index: layers.map((_, index) => index + 1),
  });
}

function parameterCount(layer: Layer): number {
  const parameters = rulesOf(layer).parameters(layer);
  return parameters.reduce((count, { values }) => count + values.length, 0);
}
