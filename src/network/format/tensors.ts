import { assertNever, FormatError } from "../../errors";
import { firstNotFinite } from "../../numeric/firstNotFinite";
import { createMatrix } from "../../numeric/matrix";
import { quoteName } from "../../quoteName";
import { placeOf } from "../layer/checkValues";
import {
  describeNetwork,
  DESCRIPTION_KEY,
  formatDescription,
  type LayerDescription,
} from "./description";
import { pairOf } from "../layer/window";
import type { Layer, Network } from "../network";
import { planNetwork, shapesOf, type NetworkPlan, type PlanOptions } from "./planNetwork";
import type { Tensor, TensorFile } from "./safetensors";
import { createNetwork } from "../shape";

export interface FormatOptions extends PlanOptions {
  /** The network's name. */
  readonly name: string;
  /** The file as messages name it; the network's name by default. */
  readonly source?: string;
}

/**
 * The network that a file's tensors and metadata make up. A file with the metadata entry `roundlab`
 * says all; of any other see `planNetwork`.
 *
 * @throws FormatError for a missing, superfluous or non-finite tensor, ShapeError for one of a
 *   wrong shape
 */
export function networkFromTensors(file: TensorFile, options: FormatOptions): Network {
  const { name, source = name } = options;
  const { metadata } = file;
  const tensors = file.tensors.map(({ name: tensor, shape }) => ({
    name: tensor,
    shape,
    dtype: "F64",
  }));
  const plan = planNetwork({ tensors, metadata }, source, options);
  const values = new Map(file.tensors.map((tensor) => [tensor.name, tensor.values]));
  return fillPlan(plan, name, source, (tensor) => {
    const found = values.get(tensor);
    if (found !== undefined) return found;
    throw new FormatError(`${source}: tensor ${quoteName(tensor)} is missing`);
  });
}

/**
 * The network of a plan with its numbers.
 *
 * @param valuesOf  the values of a tensor by the file's own name for it
 * @throws FormatError naming the tensor and the place of a value that is not finite
 */
export function fillPlan(
  { inputSize, layers, assumptions, names }: NetworkPlan,
  name: string,
  source: string,
  valuesOf: (tensor: string) => Float64Array,
): Network {
  const take = (tensor: string, shape: readonly number[]): Float64Array => {
    const own = names.get(tensor);
    // What has no bias adds nothing.
    if (own === undefined) return new Float64Array(shape.reduce((count, size) => count * size, 1));
    const values = valuesOf(own);
    checkFinite(values, shape, `${source}: tensor ${quoteName(own)}`);
    return values;
  };
  const filled = layers.map((layer) => fillLayer(layer, take));
  return createNetwork(name, inputSize, filled, assumptions);
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
      const shape = [outChannels, inChannels, ...pairOf(kernel)];
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

/** The layer of a description with its numbers. */
function fillLayer(
  described: LayerDescription,
  take: (tensor: string, shape: readonly number[]) => Float64Array,
): Layer {
  switch (described.kind) {
    case "dense": {
      const { tensor, inputs, outputs } = described;
      const [weights, biases] = shapesOf(described);
      const matrix = createMatrix(outputs, inputs, take(`${tensor}.weight`, weights));
      return { kind: "dense", weights: matrix, bias: take(`${tensor}.bias`, biases) };
    }
    case "conv2d": {
      const { tensor, ...sizes } = described;
      const [weights, biases] = shapesOf(described);
      return {
        ...sizes,
        weights: take(`${tensor}.weight`, weights),
        bias: take(`${tensor}.bias`, biases),
      };
    }
    case "relu":
    case "normalise":
    case "maxPool2d":
      return described;
    default:
      return assertNever(described);
  }
}

function checkFinite(values: Float64Array, shape: readonly number[], where: string): void {
  const spoilt = firstNotFinite(values);
  if (spoilt === -1) return;
  throw new FormatError(
    `${where} holds ${values[spoilt]} at ${placeOf(spoilt, shape)}; ` +
      "a network needs finite weights; did its training diverge?",
  );
}
