import {
  attributeBound,
  type BoundPart,
  type BoundSource,
} from "../analyse/attribution/boundParts";
import type { Ends } from "../analyse/attribution/boundPassage";
import type { Box } from "../analyse/box";
import type { Twins } from "../analyse/twin";
import { declareColumns } from "../claim/column";
import { ArgumentError } from "../errors";
import { checkChoice, checkCount, WHOSE, type ShareChoice, type ShareOf } from "./shareRows";

/** What one source contributes to the ends of an output's bound. */
export interface BoundPartRow extends Pick<ShareOf, "output" | "layer" | "kind" | "neuron"> {
  /** `rounding` is what the bound allows for rounding of its own sums. */
  readonly source: BoundSource;
  readonly lower: number;
  readonly upper: number;
}

const PART = {
  type: "number",
  unit: "logits, a part of the bound",
} as const;

/** The columns of parts of a bound. A part by itself claims nothing. */
export const BOUND_PART_COLUMNS = declareColumns<BoundPartRow>({
  output: WHOSE.output,
  layer: WHOSE.layer,
  kind: WHOSE.kind,
  source: WHOSE.source,
  neuron: WHOSE.neuron,
  lower: { ...PART, meaning: "those of an output add up to the lower end of its bound" },
  upper: { ...PART, meaning: "those of an output add up to the upper end of its bound" },
});

/**
 * The parts of the differential bound over a box, those of each output together.
 *
 * @throws ArgumentError for an output or a layer that there is not, for weights, or far too many
 *   rows
 */
export function boundPartsOver(twins: Twins, box: Box, choice: ShareChoice = {}): BoundPartRow[] {
  const { by = "layer", outputs, layers } = checkChoice(twins, choice);
  if (by === "weight") {
    throw new ArgumentError(
      "parts of a bound are by layer or by neuron: over a box no weight has an input of its own",
    );
  }
  const { parts, forms } = attributeBound(twins, box);
  const asked = parts.filter(({ value }) => layers?.includes(value) ?? true);
  const rows: BoundPartRow[] = [];
  for (const output of outputs) {
    const [lower, upper] = (["lower", "upper"] as const).map((end) => forms(output, end));
    for (const part of asked) {
      const { value, source } = part;
      const kind = value === 0 ? "input" : twins.network.layers[value - 1].kind;
      const whose = { output, layer: value, kind, source };
      const [low, high] = [lower, upper].map((form) => contributions(part, form[value]));
      if (by === "neuron") {
        low.forEach((one, neuron) =>
          rows.push({ ...whose, neuron, lower: one, upper: high[neuron] }),
        );
      } else rows.push({ ...whose, neuron: null, lower: sum(low), upper: sum(high) });
      checkCount(rows.length, by);
    }
  }
  return rows;
}

function contributions({ local }: BoundPart, form: Ends): Float64Array {
  return local.lower.map(
    (low, place) => low * form.lower[place] + local.upper[place] * form.upper[place],
  );
}

function sum(values: Readonly<Float64Array>): number {
  return values.reduce((total, value) => total + value, 0);
}
