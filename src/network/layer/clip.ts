import { readNumber } from "../format/fields";
import { ArgumentError } from "../../errors";
import type { LayerRules } from "./layerRules";

/** y = min(upper, max(lower, x)), per value: ReLU6 is [0, 6], hardtanh [−1, 1]. */
export interface ClipLayer {
  readonly kind: "clip";
  readonly lower: number;
  readonly upper: number;
}

export const clipRules: LayerRules<ClipLayer> = {
  sources: "one",
  inputSize: () => undefined,
  check({ lower, upper }, where) {
    if (Number.isFinite(lower) && Number.isFinite(upper) && lower < upper) return;
    throw new ArgumentError(
      `${where} needs two finite ends, the lower one first, found ${lower} and ${upper}`,
    );
  },
  step: ({ lower, upper }, [size]) => ({
    form: "pieces",
    size,
    pixels: size,
    knots: [lower, upper],
    slopes: [0, 1, 0],
    intercepts: [lower, 0, upper],
  }),
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: ["lower", "upper"],
  read: (fields) => ({
    kind: "clip",
    lower: readNumber(fields, "lower"),
    upper: readNumber(fields, "upper"),
  }),
};
