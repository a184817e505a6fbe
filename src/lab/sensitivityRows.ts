import { declareColumns } from "../claim/column";

/** What becomes of the outputs when one layer alone is approximated, and when all others are. */
export interface SensitivityRow {
  /** Counted from 1; null for all layers together. */
  readonly layer: number | null;
  readonly kind: string;
  /** How many of its numbers an approximation may touch. */
  readonly parameters: number;
  readonly aloneMean: number;
  readonly aloneMaximum: number;
  readonly aloneBound: number;
  readonly withoutMean: number | null;
  readonly withoutMaximum: number | null;
  readonly withoutBound: number | null;
}

const UNIT = "logits, L1";

/** The columns of what single layers do. */
export const SENSITIVITY_COLUMNS = declareColumns<SensitivityRow>({
  layer: { type: "integer", style: "count", meaning: "counted from 1; none for all together" },
  kind: { type: "text", meaning: "the layer's" },
  parameters: {
    type: "integer",
    style: "count",
    meaning: "how many of its numbers an approximation may touch",
  },
  aloneMean: {
    type: "number",
    kind: "sample",
    unit: UNIT,
    heading: "it alone: mean E",
    meaning: "at the points, if Ñ has its own parameters in this layer only",
  },
  aloneMaximum: {
    type: "number",
    kind: "attained",
    unit: UNIT,
    heading: "it alone: AppMax",
    meaning: "the largest E on the points' polytopes, likewise",
  },
  aloneBound: {
    type: "number",
    kind: "bound",
    unit: UNIT,
    heading: "it alone: bound",
    meaning: "no input of the domain has a larger E, likewise",
  },
  withoutMean: {
    type: "number",
    kind: "sample",
    unit: UNIT,
    heading: "all but it: mean E",
    meaning: "at the points, if this layer keeps N's parameters",
  },
  withoutMaximum: {
    type: "number",
    kind: "attained",
    unit: UNIT,
    heading: "all but it: AppMax",
    meaning: "the largest E on the points' polytopes, likewise",
  },
  withoutBound: {
    type: "number",
    kind: "bound",
    unit: UNIT,
    heading: "all but it: bound",
    meaning: "no input of the domain has a larger E, likewise",
  },
});
