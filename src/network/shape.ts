import { assertNever, ShapeError } from "../errors";
import type { ConvolutionSizes } from "../numeric/layerKernels";
import { quoteName } from "../quoteName";
import { checkLayer, checkSizes } from "./checkLayer";
import type { Conv2dLayer, Layer, MaxPool2dLayer, Network } from "./network";

/** The number of values a layer takes, or undefined where any number will do. */
export function layerInputSize(layer: Layer): number | undefined {
  switch (layer.kind) {
    case "dense":
      return layer.weights.columns;
    case "conv2d":
      return layer.inChannels * layer.height * layer.width;
    case "maxPool2d":
      return layer.channels * layer.height * layer.width;
    case "relu":
    case "normalise":
      return undefined;
    default:
      return assertNever(layer);
  }
}

/** The number of values a layer yields from `inputSize` values. */
export function layerOutputSize(layer: Layer, inputSize: number): number {
  switch (layer.kind) {
    case "dense":
      return layer.weights.rows;
    case "conv2d": {
      const sizes = convolutionSizes(layer);
      return layer.outChannels * sizes.outHeight * sizes.outWidth;
    }
    case "maxPool2d": {
      const { outHeight, outWidth } = poolSizes(layer);
      return layer.channels * outHeight * outWidth;
    }
    case "relu":
    case "normalise":
      return inputSize;
    default:
      return assertNever(layer);
  }
}

/** The sizes of a convolution with those of its output. */
export function convolutionSizes(layer: Conv2dLayer): ConvolutionSizes {
  const reach = (length: number): number =>
    Math.floor((length + 2 * layer.padding - layer.kernel) / layer.stride) + 1;
  const { inChannels, outChannels, height, width, kernel, stride, padding } = layer;
  return {
    inChannels,
    outChannels,
    height,
    width,
    kernel,
    stride,
    padding,
    outHeight: reach(height),
    outWidth: reach(width),
  };
}

/**
 * Rows and columns of windows of a max pooling; pixels beyond the last full window are left out.
 */
export function poolSizes(layer: MaxPool2dLayer): { outHeight: number; outWidth: number } {
  return {
    outHeight: Math.floor(layer.height / layer.window),
    outWidth: Math.floor(layer.width / layer.window),
  };
}

/**
 * A network whose layers are known to fit together and to be made of finite numbers.
 *
 * @param assumptions  what was assumed of the function, to be shown wherever the network is
 * @throws ShapeError naming the first layer that does not fit, or if there is no layer;
 *   ArgumentError naming the first parameter that is not finite
 */
export function createNetwork(
  name: string,
  inputSize: number,
  layers: readonly Layer[],
  assumptions: readonly string[] = [],
): Network {
  const outputSize = checkedOutputSize(name, inputSize, layers);
  return {
    name,
    inputSize,
    outputSize,
    layers,
    ...(assumptions.length === 0 ? {} : { assumptions }),
  };
}

/**
 * Checks a network that may have been put together by hand, as `createNetwork` would.
 *
 * @throws ShapeError or ArgumentError naming the first layer that does not fit or is spoilt
 */
export function checkNetwork({ name, inputSize, outputSize, layers }: Network): void {
  const size = checkedOutputSize(name, inputSize, layers);
  if (size !== outputSize) {
    throw new ShapeError(
      `network ${quoteName(name)} says that it yields ${outputSize} values, but its layers yield ${size}`,
    );
  }
}

function checkedOutputSize(name: string, inputSize: number, layers: readonly Layer[]): number {
  const network = `network ${quoteName(name)}`;
  checkSizes({ inputSize }, network);
  if (layers.length === 0) throw new ShapeError(`${network} has no layers`);
  let size = inputSize;
  layers.forEach((layer, index) => {
    const where = `layer ${index + 1} (${layer.kind}) of ${network}`;
    const expected = layerInputSize(layer);
    if (expected !== undefined && expected !== size) {
      const giver = index === 0 ? "the input" : `layer ${index}`;
      throw new ShapeError(
        `${where} takes ${expected} values, but ${giver} yields ${size}; ` +
          `was it saved for another architecture?`,
      );
    }
    checkLayer(layer, where);
    size = layerOutputSize(layer, size);
  });
  return size;
}
