import { ShapeError } from "../../errors";
import { checkSizes } from "./checkValues";
import type { LayerRules } from "./layerRules";
import {
  checkWhole,
  nameExtent,
  pairOf,
  reach,
  sidesOf,
  type Extent,
  type Padding,
  type WindowSizes,
} from "./window";

/**
 * The maximum over windows, per channel. Pixels beyond the last full window are left out; what pads
 * the image never wins.
 */
export interface MaxPool2dLayer {
  readonly kind: "maxPool2d";
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly window: Extent;
  /** How far windows lie apart; the window itself where absent, so that none overlap. */
  readonly stride?: Extent;
  readonly padding?: Padding;
}

/** The sizes of a pooling with those of its output. */
export function poolSizes(layer: MaxPool2dLayer): WindowSizes {
  const { channels, height, width, window, stride = window, padding = 0 } = layer;
  const [windowHeight, windowWidth] = pairOf(window);
  const [strideDown, strideAcross] = pairOf(stride);
  const [top, left, bottom, right] = sidesOf(padding);
  const outHeight = reach(height, top + bottom, windowHeight, strideDown);
  const outWidth = reach(width, left + right, windowWidth, strideAcross);
  const windows = { windowHeight, windowWidth, strideDown, strideAcross, top, left };
  return { channels, height, width, ...windows, outHeight, outWidth };
}

export const maxPool2dRules: LayerRules<MaxPool2dLayer> = {
  sources: "one",
  inputSize: ({ channels, height, width }) => channels * height * width,
  check: checkPool,
  step(layer) {
    const windows = poolSizes(layer);
    const size = layer.channels * windows.outHeight * windows.outWidth;
    return { form: "max", size, windows };
  },
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
};

function checkPool(layer: MaxPool2dLayer, where: string): void {
  const { channels, height, width, window, stride = window, padding = 0 } = layer;
  checkSizes({ channels, height, width }, where);
  checkWhole(window, 1, "window", where);
  checkWhole(stride, 1, "stride", where);
  checkWhole(padding, 0, "padding", where);
  const { windowHeight, windowWidth, outHeight, outWidth } = poolSizes(layer);
  if (outHeight < 1 || outWidth < 1) {
    throw new ShapeError(
      `${where} has windows of ${nameExtent(window)}, larger than its image of ${height} × ${width}: ` +
        "nothing would come out",
    );
  }
  const [top, left, bottom, right] = sidesOf(padding);
  const isInside = Math.max(top, bottom) < windowHeight && Math.max(left, right) < windowWidth;
  if (!isInside) {
    throw new ShapeError(
      `${where} has windows of ${nameExtent(window)} and a padding of ${sidesOf(padding).join(", ")}: ` +
        "some windows would hold no pixel",
    );
  }
}
