import { describeDomain, PIXEL_DOMAIN } from "../analyse/domain";
import { TO_ROUNDING } from "../analyse/proof";
import {
  isSettled,
  summariseAgreement,
  type AgreementSummary,
  type MarginShare,
} from "../experiment/variant/agreementSummary";
import { findAgreement } from "../experiment/loadRuns";
import type { AgreementRow } from "../experiment/variant/runAgreement";
import type { Network } from "../network/network";
import { createDataFrame } from "../present/frame/dataFrame";
import type { Figure } from "../present/figure/figure";
import type { DataFrame } from "../present/frame/frameType";
import { formatCount, formatSignificant } from "../present/numberFormat";
import { violinFigure } from "../present/figure/violinFigure";
import { compareNumbers, tryStatement, type Finding } from "./findings";
import { noteFrame } from "./noteFrame";
import { TABLE_5 } from "./printed";
import { describeTestImages } from "./rowSource";

/** What Table 5 is made of: the same points at every bit width. */
export interface Table5 {
  readonly network: string;
  readonly widths: readonly AgreementWidth[];
  readonly sample: string;
}

/** The rows of one bit width and what they come to. */
export interface AgreementWidth {
  readonly bits: number;
  readonly rows: readonly AgreementRow[];
  readonly summary: AgreementSummary;
}

/** The stored runs of Table 5, by bit width. */
export const TABLE_5_RUNS: readonly { readonly bits: number; readonly run: string }[] = [
  { bits: 16, run: "net1-classify-half" },
  ...[12, 8, 6, 4].map((bits) => ({ bits, run: `net1-classify-paper-${bits}` })),
];

/** Gives the stored rows of an agreement run; none where nothing is stored. */
export type AgreementSource = (run: string, network: Network) => readonly AgreementRow[];

/** The rows that stand in the package's results. */
export const storedAgreements: AgreementSource = (run, network) =>
  findAgreement(run, network)?.rows ?? [];

/** Table 5 from stored rows: the first points that every stored width has. */
export function loadTable5(network: Network, source: AgreementSource = storedAgreements): Table5 {
  const stored = TABLE_5_RUNS.map(({ bits, run }) => ({ bits, rows: source(run, network) })).filter(
    ({ rows }) => rows.length > 0,
  );
  const common = Math.min(...stored.map(({ rows }) => rows.length));
  const widths = stored.map(({ bits, rows }): AgreementWidth => {
    const first = rows.slice(0, common);
    return { bits, rows: first, summary: summariseAgreement(first) };
  });
  const sample = widths.length === 0 ? "" : describeTestImages(common);
  return { network: network.name, widths, sample };
}

const NOTHING =
  "No rows of Table 5 are stored yet; `roundlab run net1-classify-half` and its like compute them";

/** The inputs for which the bounds of Table 5 are proved. */
export const REGIONS = `every input of the points' regions in ${describeDomain(PIXEL_DOMAIN)}, ${TO_ROUNDING}`;

/** Table 5 as a DataFrame: for each width our share and probabilities, then the printed ones. */
export function table5({ network, widths, sample }: Table5): DataFrame {
  if (widths.length === 0) return noteFrame(NOTHING);
  const data = widths.flatMap(({ bits, summary }) => {
    const { points, leastShare, largestShare, rounded, original } = summary;
    const ours = {
      bits,
      source: "ours",
      points,
      leastShare,
      largestShare,
      roundedC: rounded.c,
      roundedG: rounded.g,
      originalC: original.c,
      originalG: original.g,
    };
    const printed = TABLE_5[bits];
    const theirs = {
      ...ours,
      source: "paper",
      points: 5000,
      leastShare: printed.share,
      largestShare: printed.share,
      roundedC: printed.rounded.c,
      roundedG: printed.rounded.g,
      originalC: printed.original.c,
      originalG: printed.original.g,
    };
    return [ours, theirs];
  });
  const probability = { kind: "sample" as const, digits: 2 };
  return createDataFrame(data, {
    caption: `Table 5. Shares of regions of ${network} with a misclassified input, ties within 1e-9 counted, inputs in [0, 1], on ${sample}; mean softmax of N's class c and Ñ's class g there`,
    notes: {
      leastShare: { label: "share, at least", kind: "attained", digits: 2 },
      largestShare: { label: "at most", kind: "bound", digits: 2, inputs: REGIONS },
      roundedC: { ...probability, label: "rounded c" },
      roundedG: { ...probability, label: "rounded g" },
      originalC: { ...probability, label: "original c" },
      originalG: { ...probability, label: "original g" },
    },
  });
}

/**
 * What tells more than the share: verdicts, how large margins are, and how near a disagreement is.
 */
export function marginFrame({ network, widths, sample }: Table5): DataFrame {
  if (widths.length === 0) return noteFrame(NOTHING);
  const data = widths.map(({ bits, summary }) => {
    const [near, tenth, one] = summary.beyond.map(formatShare);
    return {
      bits,
      verdicts: [summary.disagree, summary.agree, summary.undecided].map(formatCount).join(" / "),
      ties: summary.ties,
      unsettled: summary.points - summary.settled,
      margin: summary.margin,
      marginBound: summary.marginBound,
      near,
      tenth,
      one,
      leastDistance: summary.leastDistance,
      medianDistance: summary.medianDistance,
    };
  });
  return createDataFrame(data, {
    caption: `Largest margins ξ̃_g − ξ̃_c by which rounded ${network} prefers another class where N keeps c (logits), and the least changes of a point that lead to one (sums over all pixels), inputs in [0, 1], on ${sample}`,
    notes: {
      verdicts: { label: "disagrees / agrees / undecided" },
      ties: { label: "only ties" },
      unsettled: { label: "not settled" },
      margin: { label: "largest margin", kind: "attained", digits: 4 },
      marginBound: { label: "at most", kind: "bound", digits: 4, inputs: REGIONS },
      near: { label: "share > 0.01" },
      tenth: { label: "share > 0.1" },
      one: { label: "share > 1" },
      leastDistance: { label: "least distance", kind: "attained", digits: 3 },
      medianDistance: { label: "median distance", kind: "sample", digits: 3 },
    },
  });
}

/** A share as far as it is known: one number where what is attained and the bound are the same. */
function formatShare({ least, largest }: MarginShare): string {
  const [from, to] = [least, largest].map((share) => share.toFixed(3));
  return from === to ? from : `${from} to ${to}`;
}

/**
 * How the bounds of margins are spread over the settled regions with a disagreement, on a
 * logarithmic scale. The bound of a region that is not settled says where the search ended, so the
 * caption counts those and gives the largest.
 */
export function marginFigure({ network, widths, sample }: Table5): Figure {
  const groups = widths.map(({ bits, rows }) => ({
    name: `${bits} bits`,
    values: rows.flatMap((row) => (isSettled(row) && row.marginBound > 0 ? row.marginBound : [])),
  }));
  return violinFigure(
    groups.filter(({ values }) => values.length > 0),
    {
      title: `Table 5 in margins. By how much rounded ${network} can prefer another class`,
      label: "margin",
      unit: "logits",
      groupLabel: "bits per weight",
      kind: "bound",
      scale: "log",
      caption: `Proved for each settled region with a disagreement, ${TO_ROUNDING}, inputs in [0, 1], on ${sample}${describeOpen(widths)}`,
    },
  );
}

/**
 * How many regions are not settled at each width, in the widths' order, and their largest bound;
 * nothing if none is.
 */
function describeOpen(widths: readonly AgreementWidth[]): string {
  const open = widths.map(({ rows }) => rows.filter((row) => !isSettled(row)));
  const bounds = open.flat().map(({ marginBound }) => marginBound);
  if (bounds.length === 0) return "";
  const counts = open.map(({ length }) => formatCount(length)).join(", ");
  return `; left out, as not settled: ${counts} (bounds up to ${formatSignificant(Math.max(...bounds), 3)})`;
}

/** Table 5 beside the paper's. */
export function judgeTable5({ network, widths }: Table5): Finding[] {
  const findings = widths.flatMap(({ bits, summary }) => {
    const printed = TABLE_5[bits];
    const { rounded, original, leastShare } = summary;
    return [
      compareNumbers(`share of regions at ${bits} bits`, printed.share, leastShare),
      compareNumbers(`rounded probability of c at ${bits} bits`, printed.rounded.c, rounded.c),
      compareNumbers(`rounded probability of g at ${bits} bits`, printed.rounded.g, rounded.g),
      compareNumbers(`original probability of c at ${bits} bits`, printed.original.c, original.c),
      compareNumbers(`original probability of g at ${bits} bits`, printed.original.g, original.g),
    ];
  });
  const of = (bits: number): AgreementSummary | undefined =>
    widths.find((width) => width.bits === bits)?.summary;
  const [sixteen, four] = [of(16), of(4)];
  if (sixteen === undefined || four === undefined) return findings;
  const isTie = Math.abs(sixteen.rounded.c - sixteen.rounded.g) < 0.01;
  const margins = widths.map(({ summary }) => summary.margin);
  return [
    ...findings,
    tryStatement(`at 16 bits ${network}'s disagreements are ties of c and g`, true, isTie),
    tryStatement(
      "at 4 bits N itself is surer of c at the witnesses than at 16 bits",
      true,
      four.original.c > sixteen.original.c,
    ),
    tryStatement(
      "the largest margin attained grows at every step to fewer bits (not in the paper, implied)",
      true,
      margins.slice(1).every((margin, index) => margin > margins[index]),
    ),
  ];
}
