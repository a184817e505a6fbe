import { ShapeError } from "../../errors";
import type { LayerRules } from "./layerRules";

/** The sum of its sources, value by value: a skip around other layers. Nothing in it is rounded. */
export interface AddLayer {
  readonly kind: "add";
}

export const addRules: LayerRules<AddLayer> = {
  sources: "several",
  inputSize: () => undefined,
  check(_, where, sizes) {
    if (sizes.every((size) => size === sizes[0])) return;
    throw new ShapeError(
      `${where} adds sources of ${sizes.join(", ")} values; all must be of one size`,
    );
  },
  step: (_, sizes) => ({
    form: "affine",
    size: sizes[0],
    terms: sizes.map((size) => ({ kind: "scale", size, pixels: size, factors: 1 })),
  }),
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: [],
  read: () => ({ kind: "add" }),
};
