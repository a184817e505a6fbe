import {
  attributeBound,
  eachWeightOver,
  type BoundPart,
  type BoundSource,
} from "../analyse/attribution/boundParts";
import type { Ends } from "../analyse/attribution/boundPassage";
import type { Box } from "../analyse/box";
import type { Twins } from "../analyse/twin";
import { declareColumns } from "../claim/column";
import {
  checkChoice,
  checkCount,
  NO_ONE,
  splitPart,
  WHOSE,
  type ShareChoice,
  type ShareOf,
  type SplitPart,
} from "./shareRows";

/** What one source contributes to the ends of an output's bound. */
export interface BoundPartRow extends Omit<ShareOf, "source"> {
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
  parameter: WHOSE.parameter,
  index: WHOSE.index,
  lower: { ...PART, meaning: "those of an output add up to the lower end of its bound" },
  upper: { ...PART, meaning: "those of an output add up to the upper end of its bound" },
});

/**
 * The parts of the differential bound over a box, those of each output together.
 *
 * @throws ArgumentError for an output or a layer that there is not, or far too many rows
 */
export function boundPartsOver(twins: Twins, box: Box, choice: ShareChoice = {}): BoundPartRow[] {
  const { by = "layer", outputs, layers } = checkChoice(twins, choice);
  const { parts, forms } = attributeBound(twins, box);
  const asked = parts.filter(({ value }) => layers?.includes(value) ?? true);
  const rows: BoundPartRow[] = [];
  for (const output of outputs) {
    const [lower, upper] = (["lower", "upper"] as const).map((end) => forms(output, end));
    for (const part of asked) {
      const { value, source } = part;
      const kind = value === 0 ? "input" : twins.network.layers[value - 1].kind;
      const whose = { output, layer: value, kind, source };
      const [low, high] = [lower, upper].map((form) => splitPart(splitOver(part, form[value]), by));
      low.forEach(({ share, ...which }, at) =>
        rows.push({ ...whose, ...NO_ONE, ...which, lower: share, upper: high[at].share }),
      );
      checkCount(rows.length, by);
    }
  }
  return rows;
}

/** How a part of one end is split further: the same rows for both ends. */
function splitOver(part: BoundPart, form: Ends): SplitPart {
  const { lower, upper } = part.local;
  return {
    size: lower.length,
    single: (neuron) => lower[neuron] * form.lower[neuron] + upper[neuron] * form.upper[neuron],
    ...(part.site === undefined ? {} : { eachWeight: (see) => eachWeightOver(part, form, see) }),
  };
}
