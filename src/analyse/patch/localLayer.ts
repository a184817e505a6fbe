import type { Picture } from "../../lp/framedRows";
import type { SquareConvolution } from "../../network/layer/conv2d";
import type { Layer, MaxPool2dLayer } from "../../network/network";

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

/** How many values there are. */
export function sizeOf({ channels, height, width }: Picture): number {
  return channels * height * width;
}
