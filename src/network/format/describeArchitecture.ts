import { FormatError, ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";
import type { Architecture, ImageSize } from "./architecture";
import type { ArchitectureLayer } from "./architectureLayer";
import type { ArchitectureRules } from "./architectureRule";
import { ARCHITECTURE_RULES } from "./architectureRules";
import { sizeOf, type Flow } from "./flow";
import type { PlannedLayer } from "./plannedLayer";
import { tensorShape, type TensorShape } from "./tensorNames";

/** The layers of an architecture with all their sizes, and the number of inputs. */
export interface DescribedLayers {
  readonly inputSize: number;
  readonly layers: readonly PlannedLayer[];
}

/**
 * An architecture with the sizes that a file's tensors have.
 *
 * @param tensors  by bare name
 * @param image  height and width of a first convolution's input, if they are known
 * @throws FormatError if a tensor is missing, ShapeError if sizes do not fit, each naming the layer
 */
export function describeArchitecture(
  architecture: Architecture,
  tensors: ReadonlyMap<string, TensorShape>,
  image: ImageSize | undefined,
  source: string,
): DescribedLayers {
  const layers: PlannedLayer[] = [];
  const flows = [firstFlow(architecture, tensors, image, source)];
  // Where each value stands in the network: a flatten does nothing and is no layer there.
  const places = [0];
  architecture.layers.forEach((layer, index) => {
    const where = `${source}: layer ${index + 1} (${layer.kind}) of the architecture`;
    const from = sourcesOf(layer, index, where);
    const surroundings = { flows: from.map((value) => flows[value]), tensors, where };
    const { planned, flow } = rulesOf(layer).describe(layer, surroundings);
    flows.push(flow);
    if (planned === undefined) {
      places.push(places[from[0]]);
      return;
    }
    layers.push({ ...planned, from: from.map((value) => places[value]) });
    places.push(layers.length);
  });
  return { inputSize: sizeOf(flows[0]), layers };
}

/** The rules of an architecture's layer. */
function rulesOf(layer: ArchitectureLayer): ArchitectureRules<ArchitectureLayer> {
  return ARCHITECTURE_RULES[layer.kind];
}

/** The values that a layer reads: 0 is the input, n what the n-th layer yields. */
function sourcesOf(layer: ArchitectureLayer, index: number, where: string): readonly number[] {
  const { from = [index] } = layer;
  const odd = from.find((value) => value < 0 || value > index);
  if (odd !== undefined || from.length === 0) {
    throw new ShapeError(
      `${where} reads from ${odd ?? "nothing"}; expected 0 (the input) to ${index} (the layer before it)`,
    );
  }
  const isSum = layer.kind === "add" || layer.kind === "concat";
  if (isSum || from.length === 1) return from;
  throw new ShapeError(`${where} reads ${from.length} values; only add and concat read several`);
}

/** What the first layer with weights takes. */
function firstFlow(
  { layers }: Architecture,
  tensors: ReadonlyMap<string, TensorShape>,
  image: ImageSize | undefined,
  source: string,
): Flow {
  const weighted = layers.find((layer) => layer.kind === "dense" || layer.kind === "conv2d");
  if (weighted === undefined || !("tensor" in weighted)) {
    throw new FormatError(`${source}: an architecture needs a dense or conv2d layer`);
  }
  const name = `${weighted.tensor}.weight`;
  if (weighted.kind === "dense") {
    const [, inputs] = tensorShape(tensors, name, 2, source);
    if (image !== undefined && inputs % (image.height * image.width) !== 0) {
      throw new ShapeError(
        `${source}: ${quoteName(weighted.tensor)}.weight takes ${inputs} values, which are no ` +
          `images of ${image.height} × ${image.width}`,
      );
    }
    return { kind: "values", size: inputs };
  }
  const [, inputs] = tensorShape(tensors, name, 4, source);
  if (image === undefined) {
    throw new FormatError(
      `${source}: how large are the images that ${quoteName(weighted.tensor)} takes? Give "image": ` +
        '{"height": H, "width": W} in the architecture, the option imageSize, or --image HxW',
    );
  }
  const groups = weighted.kind === "conv2d" ? (weighted.groups ?? 1) : 1;
  return { kind: "image", channels: inputs * groups, ...image };
}
