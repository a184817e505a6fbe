import { FormatError, messageOf, ShapeError } from "../../errors";
import { createMatrix, rowOf } from "../../numeric/matrix";
import { plainText } from "../../quoteName";
import { checkVersion, parseAssumptions } from "./description";
import {
  brief,
  readArray,
  readObject,
  readSize,
  readText,
  refuseOthers,
  type Fields,
} from "./fields";
import { rulesOf, type Layer } from "../layer/layer";
import type { ParameterName } from "../layer/layerRules";
import type { Network, Node } from "../network";
import { readSources, rulesOfKind } from "./plannedLayer";
import { createGraph } from "../shape";

/** Characters of a network's name: it stands in every table. */
const LONGEST_NAME = 100;

/**
 * A network as JSON for tiny nets that people write and read:
 * `{"version": 1, "name", "inputSize", "layers"}`, dense weights as one array per output. Numbers
 * are exact: reading it back gives the same bits.
 */
export function formatNetworkJson(network: Network): string {
  const { name, inputSize, layers, from, assumptions } = network;
  const lines = layers.map(
    (layer, index) => `    ${JSON.stringify(plainLayer(layer, from?.[index]))}`,
  );
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
    const reason = plainText(messageOf(cause), 120);
    throw new FormatError(`${source}: no JSON (${reason})`, { cause });
  }
  const fields = readObject(value, source);
  checkVersion(fields.values["version"], source);
  refuseOthers(fields, ["version", "name", "inputSize", "layers", "assumptions"]);
  const nodes = readArray(fields, "layers").map((layer, index) =>
    parseNode(layer, `${source}, layer ${index + 1}`, index),
  );
  const name = plainText(readText(fields, "name"), LONGEST_NAME);
  const { assumptions } = parseAssumptions(fields);
  return createGraph(name, readSize(fields, "inputSize"), nodes, assumptions);
}

function plainLayer(layer: Layer, from: readonly number[] | undefined): object {
  const graph = from === undefined ? {} : { from };
  if (layer.kind === "dense") {
    const { weights } = layer;
    const rows = Array.from({ length: weights.rows }, (_, row) => [...rowOf(weights, row)]);
    return { kind: layer.kind, weights: rows, bias: [...layer.bias], ...graph };
  }
  const { facts, parameters } = rulesOf(layer);
  const numbers = parameters(layer).map(({ name, values }) => [fieldOf(name), [...values]]);
  return { ...facts(layer), ...Object.fromEntries(numbers), ...graph };
}

/** What a parameter is called here: `weights` are many. */
function fieldOf(name: ParameterName): string {
  return name === "weight" ? "weights" : name;
}

function parseNode(value: unknown, where: string, index: number): Node {
  const fields = readObject(value, where);
  const { from = [index] } = readSources(fields);
  return { layer: parseLayer(fields), from };
}

function parseLayer(fields: Fields): Layer {
  if (fields.values["kind"] === "dense") return parseDense(fields);
  const rules = rulesOfKind(fields);
  const own: string[] = [];
  const layer = rules.read(fields, (name) => {
    const field = fieldOf(name);
    own.push(field);
    return readNumbers(readArray(fields, field), `${fields.where}: "${field}"`);
  });
  refuseOthers(fields, ["kind", ...rules.fields, ...own, "from"]);
  return layer;
}

function parseDense(fields: Fields): Layer {
  const { where } = fields;
  refuseOthers(fields, ["kind", "weights", "bias", "from"]);
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
