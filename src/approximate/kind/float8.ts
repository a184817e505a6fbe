import { createRounder, largestValue, spacingAt } from "../../numeric/binaryFormat";
import { FLOAT8 } from "../../numeric/float8";
import type { Parameter } from "../../network/layer/layerRules";
import { castTo } from "./floating";
import {
  GRANULARITY,
  largestMagnitude,
  oneForEach,
  readGranularity,
  runCount,
  runsOf,
  type Granularity,
  type Run,
} from "./granularity";
import { roundWeights } from "./roundWeights";
import { WHOLE, type ApproximationRules } from "./rules";

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
    return roundWeights((parameter) =>
      scaled(
        parameter,
        granularity,
        format,
        (value, scale) =>
          // A quotient that rounds beyond the largest value still belongs to it.
          clipped(round(value / scale), largestValue(FLOAT8[format]), value) * scale,
      ),
    );
  },
  spacing:
    (_, { format, granularity }) =>
    (parameter) => {
      const spacing = (value: number): number => spacingAt(value, FLOAT8[format]);
      if (granularity === undefined) return parameter.values.map(spacing);
      if (parameter.name === "bias") return undefined;
      return scaled(
        parameter,
        granularity,
        format,
        (value, scale) => spacing(value / scale) * scale,
      );
    },
  storedBits:
    (_, { granularity }) =>
    (parameter) => {
      const { name, values } = parameter;
      if (granularity === undefined) return 8 * values.length;
      if (name === "bias") return WHOLE * values.length;
      return 8 * values.length + WHOLE * runCount(parameter, granularity);
    },
};

function clipped(rounded: number, largest: number, value: number): number {
  return Number.isFinite(rounded) ? rounded : Math.sign(value) * largest;
}

/** What `change` makes of each weight and its scale; weights of runs that are all 0 stay 0. */
function scaled(
  { values, channels }: Parameter,
  granularity: Granularity,
  format: Float8Approximation["format"],
  change: (value: number, scale: number) => number,
): Float64Array {
  const changed = new Float64Array(values.length);
  for (const run of runsOf(values.length, channels, granularity)) {
    const scale = scaleOf(values, run, format);
    if (scale === 0) continue;
    for (let index = run.start; index < run.end; index++) {
      changed[index] = change(values[index], scale);
    }
  }
  return changed;
}

function scaleOf(
  values: Readonly<Float64Array>,
  run: Run,
  format: Float8Approximation["format"],
): number {
  return largestMagnitude(values, run) / largestValue(FLOAT8[format]);
}
