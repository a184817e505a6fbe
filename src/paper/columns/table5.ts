import { declareColumns, factsOf } from "../../claim/column";
import { AGREEMENT_SUMMARY_COLUMNS } from "../../experiment/variant/agreementColumns";
import { MARGIN_THRESHOLDS } from "../../experiment/variant/agreementSummary";
import type { PrintedClasses } from "../printed";
import { asPrinted } from "./asPrinted";

/** A line of Table 5: one width, and what the paper prints of it. */
export interface Table5Line {
  readonly bits: number;
  readonly points: number;
  readonly leastShare: number;
  readonly largestShare: number;
  readonly means: string;
  readonly roundedC: number;
  readonly roundedG: number;
  readonly originalC: number;
  readonly originalG: number;
  readonly printed?: PrintedClasses;
}

const share = (name: "leastShare" | "largestShare") => ({
  ...factsOf(AGREEMENT_SUMMARY_COLUMNS, name),
  digits: 2,
});

const probability = (network: "rounded" | "original", which: "c" | "g") => ({
  type: "number" as const,
  kind: "sample" as const,
  heading: `${network} ${which}`,
  digits: 2,
  meaning: `mean softmax of class ${which} by ${network === "rounded" ? "Ñ" : "N"} at the witnesses of the regions that disagree`,
});

const printed = (network: "rounded" | "original", which: "c" | "g") => {
  const ours = probability(network, which);
  return asPrinted<Table5Line>(ours.heading, ours, (row) => row.printed?.[network][which]);
};

type Derived = `${"share" | `${"rounded" | "original"}${"C" | "G"}`}Printed`;

/** The columns of Table 5. */
export const TABLE_5_COLUMNS = declareColumns<Table5Line, Derived, "printed">({
  bits: { type: "integer", meaning: "of each weight" },
  points: { type: "integer", meaning: "points whose regions were searched" },
  leastShare: { ...share("leastShare"), heading: "share, at least" },
  largestShare: { ...share("largestShare"), heading: "at most" },
  sharePrinted: asPrinted("share", share("leastShare"), (row) => row.printed?.share),
  means: {
    type: "text",
    heading: "regions in the means",
    meaning: "regions that disagree, over which the means are, and those of them not settled",
  },
  roundedC: probability("rounded", "c"),
  roundedCPrinted: printed("rounded", "c"),
  roundedG: probability("rounded", "g"),
  roundedGPrinted: printed("rounded", "g"),
  originalC: probability("original", "c"),
  originalCPrinted: printed("original", "c"),
  originalG: probability("original", "g"),
  originalGPrinted: printed("original", "g"),
});

/** A width of Table 5 in margins and distances; ends of intervals as texts where both are shown. */
export interface MarginLine {
  readonly bits: number;
  readonly verdicts: string;
  readonly agreeAtZero: number;
  readonly ties: string;
  readonly tiedOriginals: string;
  readonly unsettled: number;
  readonly margin: number;
  readonly marginBound: number;
  readonly near: string;
  readonly tenth: string;
  readonly one: string;
  readonly leastDistance: string;
  readonly medianDistance: string;
}

const margin = (name: "margin" | "marginBound") => ({
  ...factsOf(AGREEMENT_SUMMARY_COLUMNS, name),
  digits: 4,
});

const beyond = (threshold: (typeof MARGIN_THRESHOLDS)[number]) => ({
  type: "text" as const,
  heading: `share > ${threshold}`,
  meaning: `share of regions with a margin above ${threshold}: attained, to the bound where they differ`,
});

const distance = (which: "least" | "median") => ({
  type: "text" as const,
  heading: `${which} distance`,
  meaning: `${which} distance to an input that disagrees, over the regions with one: proved, to attained where they differ`,
});

/** The columns of Table 5 in margins. */
export const MARGIN_COLUMNS = declareColumns<MarginLine>({
  bits: { type: "integer", meaning: "of each weight" },
  verdicts: {
    type: "text",
    heading: "disagrees / agrees / undecided",
    meaning: "regions of each verdict",
  },
  agreeAtZero: {
    type: "integer",
    heading: "agrees, stored bound 0",
    meaning: "of those that agree, regions whose stored bound is 0",
  },
  ties: {
    type: "text",
    heading: "ties: proved / not excluded",
    meaning: "of those that disagree, regions whose largest margin is a tie, or may be one",
  },
  tiedOriginals: {
    type: "text",
    heading: "N tied at the witness",
    meaning: "of those that disagree, regions at whose witness N itself is tied",
  },
  unsettled: {
    type: "integer",
    heading: "margin not settled",
    meaning: "regions with a class that is neither excluded nor proved",
  },
  margin: { ...margin("margin"), heading: "largest margin" },
  marginBound: { ...margin("marginBound"), heading: "at most" },
  near: beyond(MARGIN_THRESHOLDS[0]),
  tenth: beyond(MARGIN_THRESHOLDS[1]),
  one: beyond(MARGIN_THRESHOLDS[2]),
  leastDistance: distance("least"),
  medianDistance: distance("median"),
});
