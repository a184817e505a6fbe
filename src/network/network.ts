import type { Layer } from "./layer/layer";

export type { AddLayer } from "./layer/add";
export type { AveragePool2dLayer } from "./layer/averagePool2d";
export type { ClipLayer } from "./layer/clip";
export type { ConcatLayer } from "./layer/concat";
export type { Conv2dLayer } from "./layer/conv2d";
export type { DenseLayer } from "./layer/dense";
export type { Layer, LayerKind } from "./layer/layer";
export type { LeakyReluLayer } from "./layer/leakyRelu";
export type { MaxPool2dLayer } from "./layer/maxPool2d";
export type { NormaliseLayer } from "./layer/normalise";
export type { PickLayer } from "./layer/pick";
export type { PreluLayer } from "./layer/prelu";
export type { ReluLayer } from "./layer/relu";
export type { ScaleLayer } from "./layer/scale";
export type { Extent, Padding } from "./layer/extent";

/**
 * A feed-forward network: layers in topological order, the last of which yields the logits ξ.
 * Inputs are pixels in [0, 1]; a `normalise` layer, if there is one, comes first. (paper, Sect. 2)
 */
export interface Network {
  readonly name: string;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly layers: readonly Layer[];
  /**
   * Which values each layer reads: 0 is the input, l what layer l yields, the first layer being 1.
   * Absent for a chain, in which every layer reads the one before it.
   */
  readonly from?: readonly (readonly number[])[];
  /**
   * What was assumed of the function because the file did not say it, as sentences; absent where
   * nothing was. It travels with every twin and stands wherever the network is shown.
   */
  readonly assumptions?: readonly string[];
  /**
   * What was done to another network's weights to get this one, by its short name (`half`); absent
   * for a network as it was trained or loaded.
   */
  readonly approximation?: string;
}

/** A layer of a graph and the values that it reads: 0 is the input, n what the n-th node yields. */
export interface Node {
  readonly layer: Layer;
  readonly from: readonly number[];
}
