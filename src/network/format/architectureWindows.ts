import { ShapeError } from "../../errors";
import { convolutionSizes } from "../layer/conv2d";
import { nameExtent, shortExtent, shortPadding } from "../layer/extent";
import { windowSizes } from "../layer/window";
import type { ArchitectureLayer, WindowFields } from "./architectureLayer";
import { misfit, type DescribedLayer, type Surroundings } from "./architectureRule";
import { readExtent, readPadding, type Fields } from "./fields";
import type { Flow } from "./flow";
import { planLayer } from "./plannedLayer";
import { tensorShape } from "./tensorNames";

/** The window of a pooling; where a file is silent it is not padded, and as far apart as wide. */
export function readWindow(fields: Fields): WindowFields {
  const { stride, padding } = fields.values;
  return {
    window: readExtent(fields, "window"),
    ...(stride === undefined ? {} : { stride: readExtent(fields, "stride") }),
    ...(padding === undefined ? {} : { padding: readPadding(fields, "padding") }),
  };
}

/** A convolution of images, whose channels and kernel are those of its tensor. */
export function describeConvolution(
  layer: Extract<ArchitectureLayer, { kind: "conv2d" }>,
  surroundings: Surroundings,
): DescribedLayer {
  const { tensors, where } = surroundings;
  const { kind, tensor, stride, padding, dilation = 1, groups = 1 } = layer;
  const { channels, height, width } = imageOf(surroundings);
  const shape = tensorShape(tensors, `${tensor}.weight`, 4, where);
  const [outChannels, perGroup, down, across] = shape;
  const inChannels = perGroup * groups;
  if (inChannels !== channels) misfit(where, tensor, inChannels, surroundings.flows[0]);
  const facts = {
    ...{ kind, inChannels, outChannels, height, width },
    kernel: shortExtent([down, across]),
    stride: shortExtent(stride),
    padding: shortPadding(padding),
    ...(dilation === 1 ? {} : { dilation: shortExtent(dilation) }),
    ...(groups === 1 ? {} : { groups }),
  };
  const { outHeight, outWidth } = convolutionSizes(facts);
  if (outHeight < 1 || outWidth < 1) nothingLeft(where, nameExtent([down, across]), height, width);
  return {
    planned: planLayer({ tensor, ...facts }, where),
    flow: { kind: "image", channels: outChannels, height: outHeight, width: outWidth },
  };
}

/** A pooling of images. */
export function describeWindows(
  { kind, window, stride, padding }: WindowFields & { kind: "maxPool2d" | "averagePool2d" },
  surroundings: Surroundings,
): DescribedLayer {
  const { where } = surroundings;
  const { channels, height, width } = imageOf(surroundings);
  const own = shortExtent(window);
  const isApart = stride === undefined || nameExtent(stride) === nameExtent(own);
  const facts = {
    ...{ channels, height, width, window: own },
    ...(isApart ? {} : { stride: shortExtent(stride) }),
    ...(padding === undefined || shortPadding(padding) === 0
      ? {}
      : { padding: shortPadding(padding) }),
  };
  const { outHeight, outWidth } = windowSizes(facts);
  if (outHeight < 1 || outWidth < 1) nothingLeft(where, nameExtent(window), height, width);
  return {
    planned: planLayer({ kind, ...facts }, where),
    flow: { kind: "image", channels, height: outHeight, width: outWidth },
  };
}

/** @throws ShapeError where a row of values comes before a layer of images */
export function imageOf({ flows: [flow], where }: Surroundings): Extract<Flow, { kind: "image" }> {
  if (flow.kind === "image") return flow;
  throw new ShapeError(`${where} takes an image, but the layer before it yields a row of values`);
}

function nothingLeft(where: string, window: string, height: number, width: number): never {
  throw new ShapeError(
    `${where}: windows of ${window} are larger than the image of ${height} × ${width}: ` +
      "nothing would come out",
  );
}
