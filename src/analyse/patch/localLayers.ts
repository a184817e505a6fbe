import type { FrameShape, Picture } from "../../lp/framedRows";
import { isSquareConvolution } from "../../network/layer/conv2d";
import type { Layer, Network } from "../../network/network";
import { isChain } from "../../network/walk";
import type { LocalLayer, LocalValues } from "./localLayer";
import { localRules } from "./localRules";

/**
 * The leading layers of a network behind which a value depends on a small part of the input only,
 * as pictures: `values[b]` are the values after b layers, up to the first dense layer.
 */
export interface LocalLayers {
  readonly layers: readonly LocalLayer[];
  readonly values: readonly LocalValues[];
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
    values.push(localRules(layer).valuesBehind(layer, values[values.length - 1]));
    layers.push(layer);
  }
  return { layers, values };
}

/** When a layer of a kind with local rules has them; one of another kind never has. */
const IS_LOCAL: {
  readonly [K in LocalLayer["kind"]]: (layer: Extract<Layer, { kind: K }>) => boolean;
} = {
  conv2d: isSquareConvolution,
  maxPool2d: ({ window, stride = window, padding = 0 }) =>
    typeof window === "number" && stride === window && padding === 0,
  relu: () => true,
  normalise: () => true,
};

function isLocal(layer: Layer): layer is LocalLayer {
  if (!Object.hasOwn(IS_LOCAL, layer.kind)) return false;
  // The table pairs every kind that it has with its own question.
  const ask = IS_LOCAL[layer.kind as LocalLayer["kind"]] as (layer: Layer) => boolean;
  return ask(layer);
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
