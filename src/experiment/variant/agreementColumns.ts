import { declareColumns } from "../../claim/column";
import type { AgreementSummary } from "./agreementSummary";
import type { AgreementRow } from "./runAgreement";

type Probabilities = "roundedC" | "roundedG" | "originalC" | "originalG";

const probability = (network: "rounded" | "original", which: "c" | "g") => ({
  type: "number" as const,
  kind: "attained" as const,
  meaning: `softmax of class ${which} by ${network === "rounded" ? "Ñ" : "N"} at the witness; other inputs with the same margin may have others`,
  read: (row: AgreementRow): number => row[network][which],
});

/** The columns of agreement rows, said once, as those of AppMax are. */
export const AGREEMENT_COLUMNS = declareColumns<
  AgreementRow,
  Probabilities,
  "rounded" | "original"
>({
  point: { type: "integer", meaning: "index of the image in its data set, from 0" },
  label: {
    type: "integer",
    meaning: "the data set's label of the image; none of points of one's own",
  },
  exactClass: { type: "integer", meaning: "c, the class that N gives the point" },
  rivalClass: { type: "integer", meaning: "g, the class with the largest margin attained" },
  verdict: {
    type: "text",
    meaning:
      "disagrees: a margin ≥ −1e-9 is attained, so this may be a tie (see `margin`); agrees: proved for the whole region; undecided",
  },
  marginAtPoint: {
    type: "number",
    unit: "logits",
    kind: "attained",
    meaning: "ξ̃_g − ξ̃_c at the point",
  },
  margin: {
    type: "number",
    unit: "logits",
    end: "lower",
    kind: "attained",
    meaning: "ξ̃_g − ξ̃_c at the witness; 0 up to ±1e-9 is a tie, which the paper counts (Eq. 38)",
  },
  marginBound: {
    type: "number",
    unit: "logits",
    kind: "bound",
    meaning: "no input of the region in the run's domain has a larger margin, of any class",
  },
  exclusionBound: {
    type: "number",
    unit: "logits",
    kind: "bound",
    meaning:
      "of a region that agrees: no class has a larger margin, and it is below 0; none in rows made before it was stored",
  },
  distance: {
    type: "number",
    unit: "pixels",
    end: "upper",
    kind: "attained",
    meaning:
      "an input this near disagrees or ties (sum of all changes of pixels); none without a disagreement",
  },
  distanceBound: {
    type: "number",
    unit: "pixels",
    end: "lower",
    kind: "bound",
    meaning:
      "no input of the region in the run's domain nearer than this disagrees; none where no input does",
  },
  roundedC: probability("rounded", "c"),
  roundedG: probability("rounded", "g"),
  originalC: probability("original", "c"),
  originalG: probability("original", "g"),
  iterations: { type: "integer", meaning: "of the solver, all programs together" },
  milliseconds: {
    type: "number",
    unit: "ms",
    heading: "ms",
    style: "count",
    meaning: "of one thread on the machine of that session",
  },
  decided: {
    type: "integer",
    meaning: "classes settled: excluded, or proved to have no larger margin than the witness",
  },
  programs: { type: "integer", meaning: "classes there are beside c" },
  solver: { type: "text", meaning: "who solved the programs" },
});

type Pairs = "rounded" | "original" | "beyond";

/** The columns of a summary of agreement rows. */
export const AGREEMENT_SUMMARY_COLUMNS = declareColumns<AgreementSummary, never, Pairs>({
  points: { type: "integer", meaning: "rows that are summarised" },
  disagree: { type: "integer", kind: "attained", meaning: "regions with a disagreement or a tie" },
  ties: { type: "integer", meaning: "of those, regions whose largest margin is proved a tie" },
  possibleTies: { type: "integer", meaning: "of those, regions that attain no more than a tie" },
  tiedOriginals: {
    type: "integer",
    meaning: "of those, regions at whose witness N itself is tied",
  },
  agree: { type: "integer", kind: "bound", meaning: "regions on which agreement is proved" },
  agreeAtZero: { type: "integer", meaning: "of those, regions whose stored bound is 0" },
  undecided: { type: "integer", meaning: "regions of which neither is known" },
  settled: { type: "integer", meaning: "regions with every class settled" },
  leastShare: {
    type: "number",
    end: "lower",
    kind: "attained",
    meaning: "a larger or equal share disagrees",
  },
  largestShare: { type: "number", kind: "bound", meaning: "no larger share disagrees" },
  margin: {
    type: "number",
    unit: "logits",
    end: "lower",
    kind: "attained",
    meaning: "largest margin attained on any region",
  },
  marginBound: {
    type: "number",
    unit: "logits",
    kind: "bound",
    meaning: "no region has a larger margin",
  },
  unsettledDisagree: { type: "integer", meaning: "regions with a disagreement, not settled" },
  medianDistance: {
    type: "number",
    unit: "pixels",
    end: "upper",
    kind: "attained",
    meaning: "the median distance of the regions with a disagreement is at most this",
  },
  medianDistanceBound: {
    type: "number",
    unit: "pixels",
    end: "lower",
    kind: "bound",
    meaning: "the median distance of the regions with a disagreement is at least this",
  },
  leastDistance: {
    type: "number",
    unit: "pixels",
    end: "upper",
    kind: "attained",
    meaning: "the least distance of any region with a disagreement is at most this",
  },
  leastDistanceBound: {
    type: "number",
    unit: "pixels",
    end: "lower",
    kind: "bound",
    meaning: "the least distance of any region with a disagreement is at least this",
  },
});
