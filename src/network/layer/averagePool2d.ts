import { WINDOW_FIELDS, checkWindows, readWindows, type WindowLayer, windowSizes } from "./window";
import type { LayerRules } from "./layerRules";

/**
 * The mean over windows, per channel: 1 / (places of a window) of each, in binary64, the same in
 * every twin. What pads the image counts as 0, as PyTorch has it (`count_include_pad`). One window
 * as large as the image is global average pooling.
 */
export interface AveragePool2dLayer extends WindowLayer {
  readonly kind: "averagePool2d";
}

export const averagePool2dRules: LayerRules<AveragePool2dLayer> = {
  sources: "one",
  inputSize: ({ channels, height, width }) => channels * height * width,
  check: checkWindows,
  step(layer) {
    const { windowHeight, windowWidth, outHeight, outWidth, ...place } = windowSizes(layer);
    const { channels } = layer;
    const places = windowHeight * windowWidth;
    const sizes = {
      ...place,
      inChannels: channels,
      outChannels: channels,
      groups: channels,
      kernelHeight: windowHeight,
      kernelWidth: windowWidth,
      dilationDown: 1,
      dilationAcross: 1,
      outHeight,
      outWidth,
    };
    const weights = new Float64Array(channels * places).fill(1 / places);
    return {
      form: "affine",
      size: channels * outHeight * outWidth,
      terms: [{ kind: "convolution", sizes, weights }],
    };
  },
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: WINDOW_FIELDS,
  read: (fields) => ({ kind: "averagePool2d", ...readWindows(fields) }),
};
