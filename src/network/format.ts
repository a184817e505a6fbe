import { assertNever, FormatError, ShapeError } from "../errors";
import { firstNotFinite } from "../numeric/firstNotFinite";
import { createMatrix } from "../numeric/matrix";

import { placeOf } from "./checkLayer";
import {
  describeNetwork,
  DESCRIPTION_KEY,
  formatDescription,
  parseDescription,
  type LayerDescription,
} from "./formatDescription";
import { inferDescription, type InferOptions } from "./formatInfer";
import type { Layer, Network } from "./network";
import type { Tensor, TensorFile } from "./safetensors";
import { createNetwork } from "./shape";

export interface FormatOptions extends InferOptions {
  /** The network's name. */
  readonly name: string;
  /** The file as messages name it; the network's name by default. */
  readonly source?: string;
}

/**
 * The network that a file's tensors and metadata make up. A file with the metadata entry `roundlab`
 * says all; of any other, the architecture is inferred (see `inferDescription`).
 *
 * @throws FormatError for a missing, superfluous or non-finite tensor, ShapeError for one of a
 *   wrong shape
 */
export function networkFromTensors(file: TensorFile, options: FormatOptions): Network {
  const { name, source = name } = options;
  const text = file.metadata[DESCRIPTION_KEY];
  const description =
    text === undefined ? inferDescription(file, source, options) : parseDescription(text, source);
  const left = new Map(file.tensors.map((tensor) => [tensor.name, tensor]));
  const layers = description.layers.map((layer) => fillLayer(layer, left, source));
  const [extra] = left.keys();
  if (extra !== undefined) {
    throw new FormatError(`${source}: tensor ${extra} belongs to no layer of the architecture`);
  }
  return createNetwork(name, description.inputSize, layers);
}

/** The tensors of a network with metadata that describe it; `extra` metadata are added. */
export function tensorsFromNetwork(
  network: Network,
  extra: Readonly<Record<string, string>> = {},
): TensorFile {
  const description = describeNetwork(network);
  const tensors = description.layers.flatMap((described, index): readonly Tensor[] => {
    const layer = network.layers[index];
    if (layer?.kind === "dense" && described.kind === "dense") {
      const { rows, columns, data } = layer.weights;
      return pair(described.tensor, [rows, columns], data, layer.bias);
    }
    if (layer?.kind === "conv2d" && described.kind === "conv2d") {
      const { outChannels, inChannels, kernel } = layer;
      const shape = [outChannels, inChannels, kernel, kernel];
      return pair(described.tensor, shape, layer.weights, layer.bias);
    }
    return [];
  });
  return { tensors, metadata: { ...extra, [DESCRIPTION_KEY]: formatDescription(description) } };
}

function pair(
  stem: string,
  shape: readonly number[],
  weights: Float64Array,
  bias: Float64Array,
): readonly Tensor[] {
  return [
    { name: `${stem}.weight`, shape, values: weights },
    { name: `${stem}.bias`, shape: [bias.length], values: bias },
  ];
}

/** The layer of a description with its numbers; the tensors it uses are taken out of `left`. */
function fillLayer(described: LayerDescription, left: Map<string, Tensor>, source: string): Layer {
  switch (described.kind) {
    case "dense": {
      const { tensor, inputs, outputs } = described;
      const weights = take(left, `${tensor}.weight`, [outputs, inputs], source);
      const bias = take(left, `${tensor}.bias`, [outputs], source);
      return { kind: "dense", weights: createMatrix(outputs, inputs, weights), bias };
    }
    case "conv2d": {
      const { tensor, ...sizes } = described;
      const { outChannels, inChannels, kernel } = sizes;
      const shape = [outChannels, inChannels, kernel, kernel];
      const weights = take(left, `${tensor}.weight`, shape, source);
      const bias = take(left, `${tensor}.bias`, [outChannels], source);
      return { ...sizes, weights, bias };
    }
    case "relu":
    case "normalise":
    case "maxPool2d":
      return described;
    default:
      return assertNever(described);
  }
}

function take(
  left: Map<string, Tensor>,
  name: string,
  shape: readonly number[],
  source: string,
): Float64Array {
  const tensor = left.get(name);
  if (tensor === undefined) throw new FormatError(`${source}: tensor ${name} is missing`);
  left.delete(name);
  const isRight =
    tensor.shape.length === shape.length &&
    tensor.shape.every((size, index) => size === shape[index]);
  if (!isRight) {
    throw new ShapeError(
      `${source}: tensor ${name} should have shape [${shape.join(", ")}], found ` +
        `[${tensor.shape.join(", ")}]; was this file saved for another architecture?`,
    );
  }
  const spoilt = firstNotFinite(tensor.values);
  if (spoilt !== -1) {
    throw new FormatError(
      `${source}: tensor ${name} holds ${tensor.values[spoilt]} at ${placeOf(spoilt, shape)}; ` +
        "a network needs finite weights; did its training diverge?",
    );
  }
  return tensor.values;
}
