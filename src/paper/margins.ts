import { factsOf } from "../claim/column";
import { describeDomain, PIXEL_DOMAIN } from "../analyse/domain";
import { TO_ROUNDING } from "../claim/proof";
import { AGREEMENT_COLUMNS } from "../experiment/variant/agreementColumns";
import { isSettled, type MarginShare } from "../experiment/variant/agreementSummary";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { Figure } from "../present/figure/figure";
import type { DataFrame } from "../present/frame/frameType";
import { formatCount, formatEnd, formatSignificant } from "../present/numberFormat";
import { outwards } from "../present/endOfInterval";
import { violinFigure } from "../present/figure/violinFigure";
import { MARGIN_COLUMNS, type MarginLine } from "./columns/table5";
import { noteFrame } from "./noteFrame";
import { noClassRows, type AgreementWidth, type Table5 } from "./table5Rows";

const BOUND = factsOf(AGREEMENT_COLUMNS, "marginBound");

/** The inputs for which the bounds of Table 5 are proved. */
export const REGIONS = `every input of the points' regions in ${describeDomain(PIXEL_DOMAIN)}, ${TO_ROUNDING}`;

/**
 * What tells more than the share: verdicts, how large margins are, and how near a disagreement is.
 * Each is proved, an interval, or counted as open.
 */
export function marginFrame({ network, widths, sample }: Table5): DataFrame {
  if (widths.length === 0) return noteFrame(noClassRows(network));
  const lines = widths.map(({ bits, summary }): MarginLine => {
    const [near, tenth, one] = summary.beyond.map(formatShare);
    return {
      bits,
      verdicts: [summary.disagree, summary.agree, summary.undecided].map(formatCount).join(" / "),
      agreeAtZero: summary.agreeAtZero,
      ties: [summary.ties, summary.possibleTies].map(formatCount).join(" / "),
      tiedOriginals: `${formatCount(summary.tiedOriginals)} of ${formatCount(summary.disagree)}`,
      unsettled: summary.points - summary.settled,
      margin: summary.margin,
      marginBound: summary.marginBound,
      near,
      tenth,
      one,
      leastDistance: formatInterval(summary.leastDistanceBound, summary.leastDistance),
      medianDistance: formatInterval(summary.medianDistanceBound, summary.medianDistance),
    };
  });
  return declaredFrame(MARGIN_COLUMNS, lines, {
    caption: `Largest margins ξ̃_g − ξ̃_c by which rounded ${network} prefers another class where N keeps c (logits), and the least changes of a point that lead to one (sums over all pixels), inputs in [0, 1], on ${sample}. Agreement with a stored bound of 0 was proved when its row was made; that bound alone does not exclude a tie. Intervals run from what is attained to what is proved`,
    inputs: REGIONS,
  });
}

/** A share as far as it is known: one number where what is attained and the bound are the same. */
function formatShare({ least, largest }: MarginShare): string {
  const write = (share: number): string => share.toFixed(3);
  if (least === largest) return write(least);
  return `${outwards(least, "lower", write, 0.001)} to ${outwards(largest, "upper", write, 0.001)}`;
}

/** Digits of a distance. */
const DIGITS = 3;

/** A number between two that are proved: one where they agree to the digits shown. */
function formatInterval(least: number, largest: number): string {
  const [from, to] = [least, largest].map((value) => formatSignificant(value, DIGITS));
  if (from === to) return from;
  return `${formatEnd(least, "lower", DIGITS)} to ${formatEnd(largest, "upper", DIGITS)}`;
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
      unit: BOUND.unit,
      groupLabel: "bits per weight",
      kind: BOUND.kind,
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
  const most = formatEnd(Math.max(...bounds), "upper", 3);
  return `; left out, as not settled: ${counts} (bounds up to ${most})`;
}
