import { assertNever, FormatError, ShapeError } from "../../errors";
import { quoteName } from "../../quoteName";
import type { Architecture, ArchitectureLayer, ImageSize } from "./architecture";
import { planLayer, type LayerDescription, type PlannedLayer } from "./plannedLayer";
import type { TensorShape } from "./tensorNames";

/** What flows between layers: an image, or values in a row. */
type Flow =
  | {
      readonly kind: "image";
      readonly channels: number;
      readonly height: number;
      readonly width: number;
    }
  | { readonly kind: "values"; readonly size: number };

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
  let flow = firstFlow(architecture, tensors, image, source);
  const inputSize = sizeOf(flow);
  architecture.layers.forEach((layer, index) => {
    const where = `${source}: layer ${index + 1} (${layer.kind}) of the architecture`;
    const [described, next] = describeLayer(layer, flow, tensors, where);
    if (described !== undefined) layers.push(planLayer(described, where));
    flow = next;
  });
  return { inputSize, layers };
}

/** What the first layer with weights takes. */
function firstFlow(
  { layers }: Architecture,
  tensors: ReadonlyMap<string, TensorShape>,
  image: ImageSize | undefined,
  source: string,
): Flow {
  const weighted = layers.find(({ kind }) => kind === "dense" || kind === "conv2d");
  if (weighted === undefined || !("tensor" in weighted)) {
    throw new FormatError(`${source}: an architecture needs a dense or conv2d layer`);
  }
  const [, inputs] = shapeOf(tensors, weighted.tensor, weighted.kind === "dense" ? 2 : 4, source);
  if (weighted.kind === "dense") {
    if (image !== undefined && inputs % (image.height * image.width) !== 0) {
      throw new ShapeError(
        `${source}: ${quoteName(weighted.tensor)}.weight takes ${inputs} values, which are no ` +
          `images of ${image.height} × ${image.width}`,
      );
    }
    return { kind: "values", size: inputs };
  }
  if (image === undefined) {
    throw new FormatError(
      `${source}: how large are the images that ${quoteName(weighted.tensor)} takes? Give "image": ` +
        '{"height": H, "width": W} in the architecture, the option imageSize, or --image HxW',
    );
  }
  return { kind: "image", channels: inputs, ...image };
}

function describeLayer(
  layer: ArchitectureLayer,
  flow: Flow,
  tensors: ReadonlyMap<string, TensorShape>,
  where: string,
): [LayerDescription | undefined, Flow] {
  switch (layer.kind) {
    case "dense": {
      const [outputs, inputs] = shapeOf(tensors, layer.tensor, 2, where);
      if (inputs !== sizeOf(flow)) misfit(where, layer.tensor, inputs, flow);
      const described = { kind: layer.kind, tensor: layer.tensor, inputs, outputs };
      return [described, { kind: "values", size: outputs }];
    }
    case "conv2d": {
      const { stride, padding, tensor } = layer;
      const { channels, height, width } = imageOf(flow, where);
      const [outChannels, inChannels, kernel, across] = shapeOf(tensors, tensor, 4, where);
      if (kernel !== across) {
        throw new ShapeError(
          `${where}: ${quoteName(tensor)}.weight has a ${kernel} × ${across} kernel; only square ` +
            "kernels are read",
        );
      }
      if (inChannels !== channels) misfit(where, tensor, inChannels, flow);
      const reach = (length: number): number =>
        Math.floor((length + 2 * padding - kernel) / stride) + 1;
      const [outHeight, outWidth] = [reach(height), reach(width)];
      if (outHeight < 1 || outWidth < 1) nothingLeft(where, kernel, height, width);
      const sizes = { inChannels, outChannels, height, width, kernel, stride, padding };
      return [
        { kind: layer.kind, tensor, ...sizes },
        { kind: "image", channels: outChannels, height: outHeight, width: outWidth },
      ];
    }
    case "maxPool2d": {
      const { window } = layer;
      const { channels, height, width } = imageOf(flow, where);
      const [outHeight, outWidth] = [Math.floor(height / window), Math.floor(width / window)];
      if (outHeight < 1 || outWidth < 1) nothingLeft(where, window, height, width);
      return [
        { kind: layer.kind, channels, height, width, window },
        { kind: "image", channels, height: outHeight, width: outWidth },
      ];
    }
    case "relu":
      return [layer, flow];
    case "flatten":
      return [undefined, { kind: "values", size: sizeOf(flow) }];
    default:
      return assertNever(layer);
  }
}

function shapeOf(
  tensors: ReadonlyMap<string, TensorShape>,
  stem: string,
  rank: number,
  where: string,
): readonly number[] {
  const found = tensors.get(`${stem}.weight`);
  if (found === undefined) {
    const names = [...tensors.keys()].filter((name) => name.endsWith(".weight")).slice(0, 8);
    throw new FormatError(
      `${where}: tensor ${quoteName(`${stem}.weight`)} is missing; the file has ` +
        (names.length === 0 ? "no weights" : names.map((name) => quoteName(name)).join(", ")),
    );
  }
  if (found.shape.length === rank) return found.shape;
  throw new ShapeError(
    `${where}: tensor ${quoteName(found.name)} has shape [${found.shape.join(", ")}], expected ` +
      `${rank} dimensions (${rank === 2 ? "outputs, inputs" : "out, in, height, width"})`,
  );
}

function imageOf(flow: Flow, where: string): Extract<Flow, { kind: "image" }> {
  if (flow.kind === "image") return flow;
  throw new ShapeError(`${where} takes an image, but the layer before it yields a row of values`);
}

function sizeOf(flow: Flow): number {
  return flow.kind === "image" ? flow.channels * flow.height * flow.width : flow.size;
}

function misfit(where: string, stem: string, inputs: number, flow: Flow): never {
  const given =
    flow.kind === "image"
      ? `${flow.channels} × ${flow.height} × ${flow.width} values`
      : `${flow.size} values`;
  throw new ShapeError(
    `${where}: ${quoteName(stem)}.weight takes ${inputs}, but what comes before it yields ${given}; ` +
      "are image size, strides, paddings and pooling right?",
  );
}

function nothingLeft(where: string, window: number, height: number, width: number): never {
  throw new ShapeError(
    `${where}: windows of ${window} × ${window} are larger than the image of ${height} × ${width}: ` +
      "nothing would come out",
  );
}
