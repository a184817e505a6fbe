import { readNumber } from "../format/fields";
import { ArgumentError, FormatError } from "../../errors";
import type { LayerRules } from "./layerRules";

/**
 * y = (x − mean) / deviation with one mean and deviation for all inputs; no weights, never rounded.
 */
export interface NormaliseLayer {
  readonly kind: "normalise";
  readonly mean: number;
  readonly deviation: number;
}

export const normaliseRules: LayerRules<NormaliseLayer> = {
  sources: "one",
  inputSize: () => undefined,
  check({ mean, deviation }, where) {
    if (!Number.isFinite(mean) || !Number.isFinite(deviation) || !(deviation > 0)) {
      throw new ArgumentError(
        `${where} needs a finite mean and a finite deviation > 0, found ${mean} and ${deviation}`,
      );
    }
  },
  step: ({ mean, deviation }, [size]) => ({
    form: "affine",
    size,
    terms: [{ kind: "quotient", size, offset: mean, divisor: deviation }],
  }),
  parameters: () => [],
  withParameters: (layer) => layer,
  facts: (layer) => ({ ...layer }),
  fields: ["mean", "deviation"],
  read(fields) {
    const deviation = readNumber(fields, "deviation");
    if (!(deviation > 0)) {
      throw new FormatError(`${fields.where}: "deviation" must be > 0, found ${deviation}`);
    }
    return { kind: "normalise", mean: readNumber(fields, "mean"), deviation };
  },
};
