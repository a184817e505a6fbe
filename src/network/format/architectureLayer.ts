import type { Extent, Padding } from "../layer/extent";

/** Windows over images; `stride` is the window where absent, so that none overlap. */
export interface WindowFields {
  readonly window: Extent;
  readonly stride?: Extent;
  readonly padding?: Padding;
}

/** Which values a layer reads: 0 is the input, n what the n-th layer yields. */
export interface LayerSources {
  readonly from?: readonly number[];
}

/** One step of an architecture; `tensor` is the stem of `….weight` and `….bias`. */
export type ArchitectureLayer = LayerSources &
  (
    | { readonly kind: "dense"; readonly tensor: string }
    | {
        readonly kind: "conv2d";
        readonly tensor: string;
        readonly stride: Extent;
        readonly padding: Padding;
        readonly dilation?: Extent;
        readonly groups?: number;
      }
    | ({ readonly kind: "maxPool2d" } & WindowFields)
    /** Padding counts as zeros, and into the mean. */
    | ({ readonly kind: "averagePool2d" } & WindowFields)
    | { readonly kind: "globalAveragePool2d" }
    /** After training; `….running_mean` and `….running_var` belong to it too. */
    | { readonly kind: "batchNorm"; readonly tensor: string; readonly epsilon: number }
    | { readonly kind: "relu" }
    | { readonly kind: "leakyRelu"; readonly slope: number }
    /** One slope for each channel, or one for all, in `….weight`. */
    | { readonly kind: "prelu"; readonly tensor: string }
    /** ReLU6 is 0 to 6, hardtanh −1 to 1. */
    | { readonly kind: "clip"; readonly lower: number; readonly upper: number }
    /** The sum of several values, or these side by side; `from` says of which. */
    | { readonly kind: "add" }
    | { readonly kind: "concat" }
    /** Channel after channel, row after row, as PyTorch does; changes no value. */
    | { readonly kind: "flatten" }
  );
