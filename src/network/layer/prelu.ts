import { ShapeError } from "../../errors";
import { readSize } from "../format/fields";
import { checkSizes, checkValues } from "./checkValues";
import type { LayerRules, Parameter } from "./layerRules";

/**
 * y = x where x ≥ 0, else slope · x, with a learned slope for each channel of so many pixels.
 * Unlike a leaky ReLU's, slopes are parameters: an approximation rounds them.
 */
export interface PreluLayer {
  readonly kind: "prelu";
  readonly channels: number;
  readonly pixels: number;
  readonly slopes: Float64Array;
}

export const preluRules: LayerRules<PreluLayer> = {
  sources: "one",
  inputSize: ({ channels, pixels }) => channels * pixels,
  check({ channels, pixels, slopes }, where) {
    checkSizes({ channels, pixels }, where);
    if (slopes.length !== channels) {
      throw new ShapeError(`${where} needs ${channels} slopes, found ${slopes.length}`);
    }
    checkValues(slopes, [channels], `slopes of ${where}`);
  },
  step: ({ channels, pixels, slopes }) => ({
    form: "pieces",
    size: channels * pixels,
    pixels,
    knots: [0],
    slopes: [slopes, 1],
    intercepts: [0, 0],
  }),
  parameters: (layer) => [parameterOf(layer)],
  withParameters: (layer, change) => ({ ...layer, slopes: change(parameterOf(layer)) }),
  facts: ({ kind, channels, pixels }) => ({ kind, channels, pixels }),
  stem: "prelu",
  fields: ["channels", "pixels"],
  read(fields, take) {
    const channels = readSize(fields, "channels");
    const slopes = take("weight", [channels]);
    return { kind: "prelu", channels, pixels: readSize(fields, "pixels"), slopes };
  },
};

function parameterOf({ channels, slopes }: PreluLayer): Parameter {
  return { name: "weight", values: slopes, shape: [channels], channels, role: "rounded" };
}
