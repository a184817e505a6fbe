import type { LayerRules } from "./layerRules";

/** Its sources one after another: images of one size join their channels. */
export interface ConcatLayer {
  readonly kind: "concat";
}

export const concatRules: LayerRules<ConcatLayer> = {
  sources: "several",
  inputSize: () => undefined,
  check: () => undefined,
  step(_, sizes) {
    const size = sizes.reduce((sum, each) => sum + each, 0);
    let start = 0;
    const terms = sizes.map((inputSize) => {
      const indices = new Int32Array(size).fill(-1);
      for (let index = 0; index < inputSize; index++) indices[start + index] = index;
      start += inputSize;
      return { kind: "pick" as const, inputSize, indices };
    });
    return { form: "affine", size, terms };
  },
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: [],
  read: () => ({ kind: "concat" }),
};
