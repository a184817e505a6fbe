import { createRounder, largestValue, spacingAt } from "../../numeric/binaryFormat";
import { FLOAT8 } from "../../numeric/float8";
import { castTo } from "./floating";
import {
  GRANULARITY,
  oneForEach,
  readGranularity,
  type Granularity,
  mapByScale,
} from "./granularity";
import { scaledBits } from "./scaledBits";
import { roundWeights } from "./roundWeights";
import type { ApproximationRules } from "./rules";

/**
 * Weights rounded to a floating format of 8 bits. Without a granularity weights and biases are cast
 * as they are. With one, weights are first divided by scales that carry their largest magnitude to
 * the format's largest value, as inference in 8 bits does; biases then stay.
 */
export interface Float8Approximation {
  readonly kind: "float8";
  readonly format: "e4m3" | "e5m2";
  readonly granularity?: Granularity;
}

const NAME = new RegExp(`^fp8-(e4m3|e5m2)(?::(${GRANULARITY}))?$`);

export const float8Rules: ApproximationRules<Float8Approximation> = {
  forms: [
    {
      text: "fp8-e4m3 or fp8-e5m2 (cast; with :tensor, :channel or :blockN scaled first)",
      names: (size) =>
        ["fp8-e4m3", "fp8-e5m2"].flatMap((name) => [
          name,
          ...["tensor", "channel", `block${size}`].map((scale) => `${name}:${scale}`),
        ]),
    },
  ],
  read(name, typed) {
    const found = NAME.exec(name);
    if (found === null) return undefined;
    // The pattern has these two formats.
    const format = found[1] as Float8Approximation["format"];
    const scales = found.at(2);
    if (scales === undefined) return { kind: "float8", format };
    return { kind: "float8", format, granularity: readGranularity(scales, typed) };
  },
  name: ({ format, granularity }) =>
    `fp8-${format}${granularity === undefined ? "" : `:${granularity}`}`,
  describe({ format, granularity }) {
    const cast = `rounded to ${FLOAT8[format].name} (8 bits)`;
    return granularity === undefined
      ? `weights and biases ${cast}`
      : `weights ${cast} after scaling, ${oneForEach(granularity)}; biases kept`;
  },
  rounding(_, { format, granularity }) {
    if (granularity === undefined) return castTo(FLOAT8[format]);
    const round = createRounder(FLOAT8[format]);
    const largest = largestValue(FLOAT8[format]);
    return roundWeights((parameter) =>
      mapByScale(
        parameter,
        granularity,
        largest,
        (value, scale) =>
          // A quotient that rounds beyond the largest value still belongs to it.
          clipped(round(value / scale), largest, value) * scale,
      ),
    );
  },
  spacing:
    (_, { format, granularity }) =>
    (parameter) => {
      const spacing = (value: number): number => spacingAt(value, FLOAT8[format]);
      if (granularity === undefined) return parameter.values.map(spacing);
      if (parameter.name === "bias") return undefined;
      const largest = largestValue(FLOAT8[format]);
      return mapByScale(
        parameter,
        granularity,
        largest,
        (value, scale) => spacing(value / scale) * scale,
      );
    },
  storedBits:
    (_, { granularity }) =>
    (parameter, layer) =>
      granularity === undefined
        ? 8 * parameter.values.length
        : scaledBits(8, granularity)(parameter, layer),
};

function clipped(rounded: number, largest: number, value: number): number {
  return Number.isFinite(rounded) ? rounded : Math.sign(value) * largest;
}
