import type { LayerRules } from "./layerRules";

/** y = max(0, x), per value. (paper, Eq. 2) */
export interface ReluLayer {
  readonly kind: "relu";
}

export const reluRules: LayerRules<ReluLayer> = {
  sources: "one",
  inputSize: () => undefined,
  check: () => undefined,
  step: (_, [size]) => ({
    form: "pieces",
    size,
    pixels: size,
    knots: [0],
    slopes: [0, 1],
    intercepts: [0, 0],
  }),
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: [],
  read: () => ({ kind: "relu" }),
};
