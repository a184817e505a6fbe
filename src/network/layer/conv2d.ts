import { readExtent, readPadding, readSize } from "../format/fields";
import { ShapeError } from "../../errors";
import type { ConvolutionSizes } from "../../numeric/layerKernels";
import { checkSizes, checkValues } from "./checkValues";
import type { LayerRules, Parameter } from "./layerRules";
import { nameExtent, pairOf, sidesOf, type Extent, type Padding } from "./extent";
import { checkWhole, reach } from "./window";

/**
 * A two-dimensional convolution (cross-correlation, as in PyTorch) of images, channels first.
 * `weights` holds outChannels × inChannels / groups × kernel values.
 */
export interface Conv2dLayer {
  readonly kind: "conv2d";
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the input image. */
  readonly height: number;
  readonly width: number;
  readonly kernel: Extent;
  readonly stride: Extent;
  /** Rows and columns of zeros around the image. */
  readonly padding: Padding;
  /** How far neighbouring taps lie apart; 1 where absent. */
  readonly dilation?: Extent;
  /** Into how many groups the channels fall, each a convolution by itself; 1 where absent. */
  readonly groups?: number;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** A convolution of square kernels, one stride and one padding, as most are. */
export interface SquareConvolution extends Conv2dLayer {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly dilation?: 1;
  readonly groups?: 1;
}

export function isSquareConvolution(layer: Conv2dLayer): layer is SquareConvolution {
  const { kernel, stride, padding, dilation = 1, groups = 1 } = layer;
  const isPlain = [kernel, stride, padding].every((size) => typeof size === "number");
  return isPlain && dilation === 1 && groups === 1;
}

/** The sizes of a convolution with those of its output. */
export function convolutionSizes(
  layer: Omit<Conv2dLayer, "kind" | "weights" | "bias">,
): ConvolutionSizes {
  const { inChannels, outChannels, height, width, groups = 1 } = layer;
  const [kernelHeight, kernelWidth] = pairOf(layer.kernel);
  const [strideDown, strideAcross] = pairOf(layer.stride);
  const [dilationDown, dilationAcross] = pairOf(layer.dilation ?? 1);
  const [top, left, bottom, right] = sidesOf(layer.padding);
  const tall = (kernelHeight - 1) * dilationDown + 1;
  const wide = (kernelWidth - 1) * dilationAcross + 1;
  const out = {
    outHeight: reach(height, top + bottom, tall, strideDown),
    outWidth: reach(width, left + right, wide, strideAcross),
  };
  const window = { kernelHeight, kernelWidth, strideDown, strideAcross, top, left };
  const images = { inChannels, outChannels, groups, height, width };
  return { ...images, ...window, dilationDown, dilationAcross, ...out };
}

export const conv2dRules: LayerRules<Conv2dLayer> = {
  sources: "one",
  inputSize: ({ inChannels, height, width }) => inChannels * height * width,
  check: checkConvolution,
  step(layer) {
    const sizes = convolutionSizes(layer);
    return {
      form: "affine",
      size: layer.outChannels * sizes.outHeight * sizes.outWidth,
      terms: [{ kind: "convolution", sizes, weights: layer.weights }],
      bias: layer.bias,
    };
  },
  parameters,
  withParameters(layer, change) {
    const [weight, bias] = parameters(layer);
    return { ...layer, weights: change(weight), bias: change(bias) };
  },
  facts: ({ weights: _weights, bias: _bias, ...facts }) => facts,
  stem: "conv",
  fields: [
    "inChannels",
    "outChannels",
    "height",
    "width",
    "kernel",
    "stride",
    "padding",
    "dilation",
    "groups",
  ],
  read(fields, take) {
    const { dilation, groups } = fields.values;
    const facts = {
      kind: "conv2d" as const,
      inChannels: readSize(fields, "inChannels"),
      outChannels: readSize(fields, "outChannels"),
      height: readSize(fields, "height"),
      width: readSize(fields, "width"),
      kernel: readExtent(fields, "kernel"),
      stride: readExtent(fields, "stride"),
      padding: readPadding(fields, "padding"),
      ...(dilation === undefined ? {} : { dilation: readExtent(fields, "dilation") }),
      ...(groups === undefined ? {} : { groups: readSize(fields, "groups") }),
    };
    return {
      ...facts,
      weights: take("weight", weightShape(facts)),
      bias: take("bias", [facts.outChannels]),
    };
  },
};

/** Out channels, in channels of a group, rows and columns of the kernel. */
function weightShape(
  layer: Pick<Conv2dLayer, "outChannels" | "inChannels" | "groups" | "kernel">,
): number[] {
  const { outChannels, inChannels, groups = 1, kernel } = layer;
  return [outChannels, inChannels / groups, ...pairOf(kernel)];
}

function parameters(layer: Conv2dLayer): readonly [Parameter, Parameter] {
  const { outChannels, weights, bias } = layer;
  const own = { channels: outChannels, role: "rounded" } as const;
  return [
    { name: "weight", values: weights, shape: weightShape(layer), ...own },
    { name: "bias", values: bias, shape: [outChannels], ...own },
  ];
}

function checkConvolution(layer: Conv2dLayer, where: string): void {
  const { inChannels, outChannels, height, width, kernel, groups = 1, weights, bias } = layer;
  checkSizes({ inChannels, outChannels, height, width }, where);
  checkWhole(kernel, 1, "kernel", where);
  checkWhole(layer.stride, 1, "stride", where);
  checkWhole(layer.padding, 0, "padding", where);
  checkWhole(layer.dilation ?? 1, 1, "dilation", where);
  checkWhole(groups, 1, "groups", where);
  if (inChannels % groups !== 0 || outChannels % groups !== 0) {
    throw new ShapeError(
      `${where}: ${inChannels} channels in and ${outChannels} out do not fall into ${groups} groups`,
    );
  }
  const { outHeight, outWidth } = convolutionSizes(layer);
  if (outHeight < 1 || outWidth < 1) {
    throw new ShapeError(
      `${where} has a kernel of ${nameExtent(kernel)}, larger than its image of ${height} × ${width} ` +
        `with a padding of ${sidesOf(layer.padding).join(", ")}: nothing would come out`,
    );
  }
  const shape = weightShape(layer);
  const expected = shape.reduce((product, size) => product * size, 1);
  if (weights.length !== expected || bias.length !== outChannels) {
    throw new ShapeError(
      `${where} needs ${expected} weights and ${outChannels} biases, ` +
        `found ${weights.length} and ${bias.length}`,
    );
  }
  checkValues(weights, shape, `weights of ${where}`);
  checkValues(bias, [outChannels], `biases of ${where}`);
}
