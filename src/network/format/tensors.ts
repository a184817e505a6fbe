import { FormatError } from "../../errors";
import { firstNotFinite } from "../../numeric/firstNotFinite";
import { quoteName } from "../../quoteName";
import { describeNetwork, DESCRIPTION_KEY, formatDescription } from "./description";
import { placeOf } from "../layer/checkValues";
import { rulesOf } from "../layer/layer";
import type { Network } from "../network";
import { planNetwork, type NetworkPlan, type PlanOptions } from "./planNetwork";
import type { Tensor, TensorFile } from "./safetensors";
import { createGraph } from "../shape";

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
  const nodes = layers.map(({ tensors, from, make }, index) => {
    const shapes = new Map(tensors.map(({ name: tensor, shape }) => [tensor, shape]));
    const take = (tensor: string): Float64Array => {
      const shape = shapes.get(tensor) ?? [];
      const own = names.get(tensor);
      // What has no bias adds nothing.
      if (own === undefined) return new Float64Array(shape.reduce((all, size) => all * size, 1));
      const values = valuesOf(own);
      checkFinite(values, shape, `${source}: tensor ${quoteName(own)}`);
      return values;
    };
    return { layer: make(take), from: from ?? [index] };
  });
  return createGraph(name, inputSize, nodes, assumptions);
}

/** The tensors of a network with metadata that describe it; `extra` metadata are added. */
export function tensorsFromNetwork(
  network: Network,
  extra: Readonly<Record<string, string>> = {},
): TensorFile {
  const description = describeNetwork(network);
  const tensors = description.layers.flatMap(({ tensor = "" }, index): readonly Tensor[] => {
    const layer = network.layers[index];
    const parameters = rulesOf(layer).parameters(layer);
    return parameters.map(({ name, shape, values }) => ({
      name: `${tensor}.${name}`,
      shape,
      values,
    }));
  });
  return { tensors, metadata: { ...extra, [DESCRIPTION_KEY]: formatDescription(description) } };
}

function checkFinite(values: Float64Array, shape: readonly number[], where: string): void {
  const spoilt = firstNotFinite(values);
  if (spoilt === -1) return;
  throw new FormatError(
    `${where} holds ${values[spoilt]} at ${placeOf(spoilt, shape)}; ` +
      "a network needs finite weights; did its training diverge?",
  );
}
