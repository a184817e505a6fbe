import type { LayerRules } from "./layerRules";
import { WINDOW_FIELDS, checkWindows, readWindows, type WindowLayer, windowSizes } from "./window";

/**
 * The maximum over windows, per channel. Pixels beyond the last full window are left out; what pads
 * the image never wins.
 */
export interface MaxPool2dLayer extends WindowLayer {
  readonly kind: "maxPool2d";
}

export const maxPool2dRules: LayerRules<MaxPool2dLayer> = {
  sources: "one",
  inputSize: ({ channels, height, width }) => channels * height * width,
  check: checkWindows,
  step(layer) {
    const windows = windowSizes(layer);
    const size = layer.channels * windows.outHeight * windows.outWidth;
    return { form: "max", size, windows };
  },
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: WINDOW_FIELDS,
  read: (fields) => ({ kind: "maxPool2d", ...readWindows(fields) }),
};
