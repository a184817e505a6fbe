import type { LayerRules } from "./layerRules";
import { checkPerInput, readDivisors, readPerInput, spread, type PerInput } from "./perInput";

/**
 * y = (x − mean) / deviation, with one mean and deviation for all inputs, one for each channel, or
 * one for each input; no weights, never rounded.
 */
export interface NormaliseLayer {
  readonly kind: "normalise";
  readonly mean: PerInput;
  readonly deviation: PerInput;
}

export const normaliseRules: LayerRules<NormaliseLayer> = {
  sources: "one",
  inputSize: () => undefined,
  check: (layer, where, [size]) => checkPerInput(layer, where, size),
  step: ({ mean, deviation }, [size]) => ({
    form: "affine",
    size,
    terms: [
      { kind: "quotient", size, offset: spread(mean, size), divisor: spread(deviation, size) },
    ],
  }),
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: ["mean", "deviation"],
  read: (fields) => ({
    kind: "normalise",
    mean: readPerInput(fields, "mean"),
    deviation: readDivisors(fields, "deviation"),
  }),
};
