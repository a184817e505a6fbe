import { describeDomain, type Domain } from "../analyse/domain";
import { assignmentName, type LayerChoices } from "../analyse/assign/choices";
import type { AssignState, Judged } from "../analyse/assign/search";
import { columnsFor, declareColumns } from "../claim/column";
import { assumedOf, assumptionsOf } from "../network/assumptions";
import { formatCount, formatPercent, formatSignificant } from "../present/numberFormat";

/** One assignment whose error was measured. */
export interface AssignRow {
  readonly assignment: string;
  /** Bits that its parameters take. */
  readonly bits: number;
  /** The same as a share of what they take as they are. */
  readonly share: number;
  readonly attained: number;
  /** Where errors are proved over a box. */
  readonly bound: number | null;
  /** Where they are the largest AppMax of points. */
  readonly appMax: number | null;
  readonly verdict: "within" | "above" | "open";
  /** Whether no other row has both fewer bits and a smaller error. */
  readonly front: "yes" | "no";
}

/** What errors are measured by. */
export type AssignMeasure = "bound" | "appMax";

const UNIT = "logits, L1";

/** The columns of the assignments that were measured. */
export const ASSIGN_COLUMNS = declareColumns<AssignRow>({
  assignment: { type: "text", meaning: "how each layer with weights is stored, in their order" },
  bits: {
    type: "integer",
    style: "count",
    kind: "estimate",
    unit: "bits",
    meaning: "what weights, biases, scales and zero points take; files and hardware pack otherwise",
  },
  share: {
    type: "number",
    style: "percent",
    kind: "estimate",
    meaning: "of what they take as they are",
  },
  attained: {
    type: "number",
    kind: "attained",
    unit: UNIT,
    meaning: "the largest E at the inputs that were tried",
  },
  bound: {
    type: "number",
    kind: "bound",
    unit: UNIT,
    end: "upper",
    meaning: "no input of the domain has a larger E",
    isOptional: true,
  },
  appMax: {
    type: "number",
    kind: "attained",
    unit: UNIT,
    heading: "AppMax",
    meaning: "the largest E on the polytopes of the points",
    isOptional: true,
  },
  verdict: {
    type: "text",
    meaning:
      "within: the measure is at most epsilon; above: an input has more; open: the bound is more, " +
      "and no input was found that is",
  },
  front: { type: "text", meaning: "yes if no other row has both fewer bits and a smaller error" },
});

/** What a search came to. */
export interface Assigned {
  /** The chosen assignment, as `twins` and `parseApproximation` take it. */
  readonly assignment: string;
  /** Bits that it takes: an estimate. */
  readonly bits: number;
  /** Bits that the parameters take as they are: an estimate. */
  readonly wholeBits: number;
  readonly epsilon: number;
  /** `bound`: E over the domain is proved; `appMax`: attained on the polytopes of points. */
  readonly measure: AssignMeasure;
  /** What the measure says of it, at most epsilon. */
  readonly error: number;
  /** No assignment of fewer bits than this can do: an input refutes each of them. */
  readonly leastBits: number;
  /**
   * `fewest`: an input refutes everything smaller. `measured`: what is smaller is refuted or its
   * measure is above epsilon. `time` and `interrupted`: the best so far.
   */
  readonly ended: "fewest" | "measured" | "time" | "interrupted";
  /** The name of the domain. */
  readonly domain: string;
  /** All that was measured, from the fewest bits on. */
  readonly tried: readonly AssignRow[];
  /** How many were refuted by an input alone. */
  readonly refuted: number;
  readonly milliseconds: number;
}

/** The rows of what was measured, from the fewest bits on. */
export function assignRows(
  choices: LayerChoices,
  { measured }: Pick<AssignState, "measured">,
  { epsilon, measure }: Pick<Assigned, "epsilon" | "measure">,
): AssignRow[] {
  const errorOf = ({ measured: error = Infinity }: Judged): number => error;
  const isBeaten = (one: Judged): boolean =>
    measured.some(
      (other) =>
        other.bits <= one.bits &&
        errorOf(other) <= errorOf(one) &&
        (other.bits < one.bits || errorOf(other) < errorOf(one)),
    );
  return [...measured]
    .sort((a, b) => a.bits - b.bits || errorOf(a) - errorOf(b))
    .map((one) => ({
      assignment: assignmentName(choices, one.assignment),
      bits: one.bits,
      share: one.bits / choices.wholeBits,
      attained: one.attained,
      bound: measure === "bound" ? errorOf(one) : null,
      appMax: measure === "appMax" ? errorOf(one) : null,
      verdict: verdictOf(one, epsilon, measure),
      front: isBeaten(one) ? "no" : "yes",
    }));
}

function verdictOf(
  { attained, measured = Infinity }: Judged,
  epsilon: number,
  measure: AssignMeasure,
): AssignRow["verdict"] {
  if (measured <= epsilon) return "within";
  return measure === "appMax" || attained > epsilon ? "above" : "open";
}

/** The columns that rows of a measure have. */
export function assignColumns(rows: readonly AssignRow[]) {
  return columnsFor(ASSIGN_COLUMNS, rows);
}

const ENDINGS: Readonly<Record<Assigned["ended"], string>> = {
  fewest: "an input refutes everything smaller",
  measured: "everything smaller was refuted by an input or measured above epsilon",
  time: "the best when the time was over",
  interrupted: "the best when it was interrupted",
};

/** What was found, as a caption. */
export function assignCaption(choices: LayerChoices, found: Assigned, domain: Domain): string {
  const { assignment, bits, wholeBits, epsilon, measure, error, leastBits, ended } = found;
  const where =
    measure === "bound"
      ? `proved for every input in ${describeDomain(domain)}`
      : `attained on the polytopes of points, inputs in ${describeDomain(domain)}`;
  const least =
    ended === "fewest"
      ? ""
      : `; nothing under ${formatCount(leastBits)} bits can: inputs refute it`;
  return (
    `${choices.network.name} with E ≤ ${epsilon}: ${assignment}, ${formatCount(bits)} bits, ` +
    `${formatPercent(bits / wholeBits, 1)} of what it takes (estimate), E ${formatSignificant(error)} ` +
    `${where}; ${ENDINGS[ended]}${least}${assumedOf(assumptionsOf([choices.network]))}`
  );
}
