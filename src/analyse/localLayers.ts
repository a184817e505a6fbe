import { assertNever } from "../errors";
import type { FrameShape, Picture } from "../lp/framedRows";
import {
  convolutionSizes,
  isSquareConvolution,
  type SquareConvolution,
} from "../network/layer/conv2d";
import { windowSizes } from "../network/layer/window";
import type { Layer, MaxPool2dLayer, Network } from "../network/network";
import { isChain } from "../network/walk";

/** Max pooling over square windows that lie side by side. */
export interface SquarePool extends MaxPool2dLayer {
  readonly window: number;
}

/** A layer that a picture may pass. */
export type LocalLayer =
  SquareConvolution | SquarePool | Extract<Layer, { kind: "relu" | "normalise" }>;

/**
 * The values between two layers as a picture, and which part of the input each depends on: the
 * value at (r, c) on `extent` lines from r · jump − offset on, and columns likewise.
 */
export interface LocalValues extends Picture {
  readonly jump: number;
  readonly offset: number;
  readonly extent: number;
}

/**
 * The leading layers of a network behind which a value depends on a small part of the input only,
 * as pictures: `values[b]` are the values after b layers, up to the first dense layer.
 */
export interface LocalLayers {
  readonly layers: readonly LocalLayer[];
  readonly values: readonly LocalValues[];
  /** For each convolution among them, its weights by output, line, column and input channel. */
  readonly weights: readonly (Float64Array | undefined)[];
}

/**
 * The local layers of a chain whose first layers are convolutions, with any ReLUs and poolings
 * between and behind; undefined for others. Kernels and windows are square, convolutions have one
 * stride, one padding, neither groups nor dilation, and windows lie side by side.
 */
export function localLayers(network: Network): LocalLayers | undefined {
  const first = network.layers.find(({ kind }) => kind !== "normalise");
  if (first?.kind !== "conv2d" || !isChain(network)) return undefined;
  const { inChannels: channels, height, width } = first;
  const values: LocalValues[] = [{ channels, height, width, jump: 1, offset: 0, extent: 1 }];
  const end = network.layers.findIndex(({ kind }) => kind === "dense");
  const layers: LocalLayer[] = [];
  for (const layer of network.layers.slice(0, end < 0 ? undefined : end)) {
    if (!isLocal(layer)) return undefined;
    values.push(valuesBehind(layer, values[values.length - 1]));
    layers.push(layer);
  }
  const weights = layers.map((layer) =>
    layer.kind === "conv2d" ? channelsLast(layer) : undefined,
  );
  return { layers, values, weights };
}

function isLocal(layer: Layer): layer is LocalLayer {
  switch (layer.kind) {
    case "conv2d":
      return isSquareConvolution(layer);
    case "maxPool2d": {
      const { window, stride = window, padding = 0 } = layer;
      return typeof window === "number" && stride === window && padding === 0;
    }
    case "relu":
    case "normalise":
      return true;
    case "dense":
    case "averagePool2d":
    case "leakyRelu":
    case "prelu":
    case "clip":
    case "scale":
    case "pick":
    case "add":
    case "concat":
      return false;
    default:
      return assertNever(layer);
  }
}

function valuesBehind(layer: LocalLayer, before: LocalValues): LocalValues {
  switch (layer.kind) {
    case "conv2d": {
      const { outChannels, outHeight, outWidth } = convolutionSizes(layer);
      return {
        channels: outChannels,
        height: outHeight,
        width: outWidth,
        jump: before.jump * layer.stride,
        offset: before.offset + layer.padding * before.jump,
        extent: before.extent + (layer.kernel - 1) * before.jump,
      };
    }
    case "maxPool2d": {
      const { outHeight, outWidth } = windowSizes(layer);
      return {
        channels: layer.channels,
        height: outHeight,
        width: outWidth,
        jump: before.jump * layer.window,
        offset: before.offset,
        extent: before.extent + (layer.window - 1) * before.jump,
      };
    }
    case "relu":
    case "normalise":
      return before;
    default:
      return assertNever(layer);
  }
}

/** The part of the input that a window of values depends on, as far as it lies in the picture. */
export function frameShape(
  { jump, extent }: LocalValues,
  { height, width }: Picture,
  window: number,
): FrameShape {
  const length = (window - 1) * jump + extent;
  return { height: Math.min(height, length), width: Math.min(width, length) };
}

/** Where the frame of a window begins along one side of the picture. */
export function frameStart(
  { jump, offset }: LocalValues,
  place: number,
  length: number,
  whole: number,
): number {
  return Math.max(0, Math.min(whole - length, place * jump - offset));
}

/** Weights with the input channels beside each other. */
function channelsLast({
  inChannels,
  outChannels,
  kernel,
  weights,
}: SquareConvolution): Float64Array {
  const taps = kernel * kernel;
  const out = new Float64Array(weights.length);
  for (let output = 0; output < outChannels; output++) {
    for (let input = 0; input < inChannels; input++) {
      for (let tap = 0; tap < taps; tap++) {
        out[(output * taps + tap) * inChannels + input] =
          weights[(output * inChannels + input) * taps + tap];
      }
    }
  }
  return out;
}
