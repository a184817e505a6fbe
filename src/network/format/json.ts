import { assertNever, FormatError, ShapeError } from "../../errors";
import { createMatrix, rowOf } from "../../numeric/matrix";
import { plainText } from "../../quoteName";
import {
  checkVersion,
  CONVOLUTION_FIELDS,
  parseAssumptions,
  parseConvolutionSizes,
  parsePlainLayer,
} from "./description";
import {
  brief,
  readArray,
  readObject,
  readSize,
  readText,
  refuseOthers,
  type Fields,
} from "./fields";
import type { Layer, Network } from "../network";
import { createNetwork } from "../shape";

/** Characters of a network's name: it stands in every table. */
const LONGEST_NAME = 100;

/**
 * A network as JSON for tiny nets that people write and read:
 * `{"version": 1, "name", "inputSize", "layers"}`, dense weights as one array per output. Numbers
 * are exact: reading it back gives the same bits.
 */
export function formatNetworkJson(network: Network): string {
  const { name, inputSize, layers, assumptions } = network;
  const lines = layers.map((layer) => `    ${JSON.stringify(plainLayer(layer))}`);
  return (
    `{\n  "version": 1,\n  "name": ${JSON.stringify(name)},\n  "inputSize": ${inputSize},\n` +
    (assumptions === undefined ? "" : `  "assumptions": ${JSON.stringify(assumptions)},\n`) +
    `  "layers": [\n${lines.join(",\n")}\n  ]\n}\n`
  );
}

/**
 * The network in a text that `formatNetworkJson` wrote, or a person.
 *
 * @throws FormatError for a wrong field, ShapeError if layers do not fit, each naming the layer
 */
export function parseNetworkJson(text: string, source: string): Network {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = plainText((cause as Error).message, 120);
    throw new FormatError(`${source}: no JSON (${reason})`, { cause });
  }
  const fields = readObject(value, source);
  checkVersion(fields.values["version"], source);
  refuseOthers(fields, ["version", "name", "inputSize", "layers", "assumptions"]);
  const layers = readArray(fields, "layers").map((layer, index) =>
    parseLayer(layer, `${source}, layer ${index + 1}`),
  );
  const name = plainText(readText(fields, "name"), LONGEST_NAME);
  const { assumptions } = parseAssumptions(fields);
  return createNetwork(name, readSize(fields, "inputSize"), layers, assumptions);
}

function plainLayer(layer: Layer): object {
  switch (layer.kind) {
    case "dense": {
      const { weights } = layer;
      const rows = Array.from({ length: weights.rows }, (_, row) => [...rowOf(weights, row)]);
      return { kind: layer.kind, weights: rows, bias: [...layer.bias] };
    }
    case "conv2d":
      return { ...layer, weights: [...layer.weights], bias: [...layer.bias] };
    case "relu":
    case "normalise":
    case "maxPool2d":
      return layer;
    default:
      return assertNever(layer);
  }
}

function parseLayer(value: unknown, where: string): Layer {
  const fields = readObject(value, where);
  switch (fields.values["kind"]) {
    case "dense":
      return parseDense(fields);
    case "conv2d": {
      refuseOthers(fields, [...CONVOLUTION_FIELDS, "weights", "bias"]);
      const weights = readNumbers(readArray(fields, "weights"), `${where}: "weights"`);
      const bias = readNumbers(readArray(fields, "bias"), `${where}: "bias"`);
      return { ...parseConvolutionSizes(value, where), weights, bias };
    }
    default:
      return parsePlainLayer(value, where);
  }
}

function parseDense(fields: Fields): Layer {
  const { where } = fields;
  refuseOthers(fields, ["kind", "weights", "bias"]);
  const bias = readNumbers(readArray(fields, "bias"), `${where}: "bias"`);
  const rows = readArray(fields, "weights").map((row, index) => {
    const name = `${where}: row ${index} of "weights"`;
    if (!Array.isArray(row)) throw new FormatError(`${name} must be an array, found ${brief(row)}`);
    return readNumbers(row, name);
  });
  const columns = rows[0]?.length ?? 0;
  const odd = rows.findIndex((row) => row.length !== columns);
  if (odd !== -1) {
    throw new ShapeError(
      `${where}: row ${odd} of "weights" has ${rows[odd]?.length} values, but row 0 has ${columns}`,
    );
  }
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, index) => data.set(row, index * columns));
  return { kind: "dense", weights: createMatrix(rows.length, columns, data), bias };
}

function readNumbers(values: readonly unknown[], where: string): Float64Array {
  return Float64Array.from(values, (value, index) => {
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new FormatError(
      `${where}, value ${index}: expected a finite number, found ${brief(value)}`,
    );
  });
}
