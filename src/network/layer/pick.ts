import { readIndices, readSize } from "../format/fields";
import { ShapeError } from "../../errors";
import { checkSizes } from "./checkValues";
import type { LayerRules } from "./layerRules";

/**
 * Values of its source in another order, some left out, some more than once, and 0 where an index
 * is −1: padding, slices, transposed images, enlarging by whole factors. No arithmetic at all.
 */
export interface PickLayer {
  readonly kind: "pick";
  readonly inputSize: number;
  readonly indices: readonly number[];
}

export const pickRules: LayerRules<PickLayer> = {
  sources: "one",
  inputSize: ({ inputSize }) => inputSize,
  check({ inputSize, indices }, where) {
    checkSizes({ inputSize, outputs: indices.length }, where);
    const odd = indices.findIndex(
      (index) => !Number.isSafeInteger(index) || index < -1 || index >= inputSize,
    );
    if (odd === -1) return;
    throw new ShapeError(
      `${where}: index ${odd} is ${indices[odd]}, expected −1 (zero) to ${inputSize - 1}`,
    );
  },
  step: ({ inputSize, indices }) => ({
    form: "affine",
    size: indices.length,
    terms: [{ kind: "pick", inputSize, indices: Int32Array.from(indices) }],
  }),
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: ["inputSize", "indices"],
  read: (fields) => ({
    kind: "pick",
    inputSize: readSize(fields, "inputSize"),
    indices: readIndices(fields, "indices"),
  }),
};
