import type { Matrix } from "../numeric/matrix";

/**
 * y = weights · x + bias; weights are outputs × inputs, bias has one value per output.
 * (paper, Eq. 1)
 */
export interface DenseLayer {
  readonly kind: "dense";
  readonly weights: Matrix;
  readonly bias: Float64Array;
}

/** y = max(0, x), per value. (paper, Eq. 2) */
export interface ReluLayer {
  readonly kind: "relu";
}

/**
 * y = (x − mean) / deviation with one mean and deviation for all inputs; no weights, never rounded.
 */
export interface NormaliseLayer {
  readonly kind: "normalise";
  readonly mean: number;
  readonly deviation: number;
}

/**
 * A two-dimensional convolution (cross-correlation, as in PyTorch) of images, channels first.
 * `weights` holds outChannels × inChannels × kernel × kernel values.
 */
export interface Conv2dLayer {
  readonly kind: "conv2d";
  readonly inChannels: number;
  readonly outChannels: number;
  /** Height and width of the input image. */
  readonly height: number;
  readonly width: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** The maximum over windows × windows pixels, stride equal to the window, per channel. */
export interface MaxPool2dLayer {
  readonly kind: "maxPool2d";
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly window: number;
}

export type Layer = DenseLayer | ReluLayer | NormaliseLayer | Conv2dLayer | MaxPool2dLayer;

/**
 * A feed-forward network: a chain of layers, the last of which yields the logits ξ.
 * Inputs are pixels in [0, 1]; a `normalise` layer, if there is one, comes first. (paper, Sect. 2)
 */
export interface Network {
  readonly name: string;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly layers: readonly Layer[];
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
