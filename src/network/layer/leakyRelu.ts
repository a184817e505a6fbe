import { readNumber } from "../format/fields";
import { ArgumentError } from "../../errors";
import type { LayerRules } from "./layerRules";

/** y = x where x ≥ 0, else slope · x, per value; the slope is no parameter and never rounded. */
export interface LeakyReluLayer {
  readonly kind: "leakyRelu";
  readonly slope: number;
}

export const leakyReluRules: LayerRules<LeakyReluLayer> = {
  sources: "one",
  inputSize: () => undefined,
  check({ slope }, where) {
    if (Number.isFinite(slope)) return;
    throw new ArgumentError(`${where} needs a finite slope, found ${slope}`);
  },
  step: ({ slope }, [size]) => ({
    form: "pieces",
    size,
    pixels: size,
    knots: [0],
    slopes: [slope, 1],
    intercepts: [0, 0],
  }),
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: ["slope"],
  read: (fields) => ({ kind: "leakyRelu", slope: readNumber(fields, "slope") }),
};
