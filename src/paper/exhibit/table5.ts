import { columnsFor } from "../../claim/column";
import { summariseAgreement } from "../../experiment/variant/agreementSummary";
import type { Network } from "../../network/network";
import { declaredFrame } from "../../present/frame/declaredFrame";
import type { Figure } from "../../present/figure/figure";
import type { DataFrame } from "../../present/frame/frameType";
import { formatCount } from "../../present/numberFormat";
import { storedAgreements, type AgreementSource } from "../agreementSource";
import { TABLE_5_COLUMNS, type Table5Line } from "../columns/table5";
import { exhibitOf, networkOf, type TableExhibit } from "../exhibit";
import {
  comparePrinted,
  reportOurs,
  reportStatement,
  tryStatement,
  type Finding,
} from "../findings";
import { marginFigure, marginFrame, REGIONS } from "../margins";
import { noteFrame } from "../noteFrame";
import {
  CLASS_COLUMNS,
  printedClasses,
  printedClassRow,
  type ClassColumn,
} from "../printedNumbers";
import { recheckTable5, recheckTable5Frame } from "../recheckTable5";
import { describeTestImages } from "../rowSource";
import {
  bothPasses,
  noClassRows,
  TABLE_5_NETWORKS,
  TABLE_5_RUNS,
  TABLE_5_WIDTHS,
  type AgreementWidth,
  type Table5,
} from "../table5Rows";

/** Table 5 from stored rows: the first points that every stored width has. */
export function table5FromRows(
  network: Network,
  source: AgreementSource = storedAgreements,
): Table5 {
  const stored = TABLE_5_WIDTHS.map((bits) => bothPasses(network, bits, source)).filter(
    ({ rows }) => rows.length > 0,
  );
  const common = Math.min(...stored.map(({ rows }) => rows.length));
  const widths = stored.map(({ bits, rows, ofSecondPass }): AgreementWidth => {
    const first = rows.slice(0, common);
    const secondPass = first.filter((row) => ofSecondPass.has(row)).length;
    return { bits, rows: first, secondPass, summary: summariseAgreement(first) };
  });
  const sample =
    widths.length === 0 ? "" : `${describeTestImages(common)}${describeSecondPass(widths)}`;
  return { network: network.name, widths, sample };
}

/** How many rows are of second passes, in the widths' order, in words; nothing where none is. */
function describeSecondPass(widths: readonly AgreementWidth[]): string {
  if (widths.every(({ secondPass }) => secondPass === 0)) return "";
  const counts = widths.map(({ secondPass }) => formatCount(secondPass)).join(", ");
  const bits = widths.map(({ bits }) => bits).join(", ");
  return ` (at ${bits} bits ${counts} of their regions were open and are shown as a second pass with larger limits left them)`;
}

/** The points of the paper's Table 5, in words. */
const PRINTED_POINTS = `The paper's: ${formatCount(5000)} points`;

/** Table 5 as a DataFrame: for each width our share and probabilities beside the printed ones. */
function table5Frame({ network, widths, sample }: Table5): DataFrame {
  if (widths.length === 0) return noteFrame(noClassRows(network));
  const lines = widths.map(({ bits, summary }): Table5Line => {
    const { points, leastShare, largestShare, disagree, unsettledDisagree } = summary;
    const { rounded, original } = summary;
    const printed = printedClassRow(network, bits);
    return {
      bits,
      points,
      leastShare,
      largestShare,
      means: `${formatCount(disagree)}, ${formatCount(unsettledDisagree)} not settled`,
      roundedC: rounded.c,
      roundedG: rounded.g,
      originalC: original.c,
      originalG: original.g,
      ...(printed === undefined ? {} : { printed }),
    };
  });
  const theirs = lines.some(({ printed }) => printed) ? `. ${PRINTED_POINTS}` : "";
  return declaredFrame(columnsFor(TABLE_5_COLUMNS, lines), lines, {
    caption: `Table 5. Shares of regions of ${network} with a misclassified input, ties within 1e-9 counted, inputs in [0, 1], on ${sample}; mean softmax of N's class c and Ñ's class g at an input with the largest margin known, which need not be the only one: others have other probabilities${theirs}`,
    inputs: REGIONS,
  });
}

/** Table 5 beside the paper's. */
function judgeTable5({ network, widths }: Table5): Finding[] {
  const findings = widths.flatMap(({ bits, summary }) => {
    const { rounded, original, leastShare, largestShare } = summary;
    const ours = {
      share:
        leastShare === largestShare ? leastShare : { least: leastShare, largest: largestShare },
      roundedC: rounded.c,
      roundedG: rounded.g,
      originalC: original.c,
      originalG: original.g,
    };
    // The keys of an object literal are those of its type.
    return (Object.keys(CLASS_COLUMNS) as ClassColumn[]).flatMap((column) =>
      comparePrinted(
        `${CLASS_COLUMNS[column]} at ${bits} bits`,
        printedClasses(network, bits, column),
        ours[column],
      ),
    );
  });
  return [...findings, ...judgeTies(widths), ...judgeGrowth(network, widths)];
}

/** How many disagreements stand at a tie of N: what a difference of means does not tell. */
function judgeTies(widths: readonly AgreementWidth[]): Finding[] {
  return widths.map(({ bits, summary: { tiedOriginals, disagree } }) =>
    reportOurs(
      `regions at ${bits} bits at whose witness N is tied, of those that disagree`,
      `${formatCount(tiedOriginals)} of ${formatCount(disagree)}`,
    ),
  );
}

function judgeGrowth(network: string, widths: readonly AgreementWidth[]): Finding[] {
  const of = (bits: number): AgreementWidth | undefined =>
    widths.find((width) => width.bits === bits);
  const [sixteen, four] = [of(16), of(4)];
  if (sixteen === undefined || four === undefined) return [];
  const least = widths.map(({ summary }) => summary.margin);
  return [
    ...tryStatement(
      "at 4 bits N itself is surer of c at the witnesses than at 16 bits",
      [4, 16].map((bits) => printedClasses(network, bits, "originalC")),
      [four, sixteen].map(({ summary }) => summary.original.c),
      ([atFour, atSixteen]) => atFour > atSixteen,
    ),
    reportStatement(
      "the largest margin attained grows at every step to fewer bits",
      least.slice(1).every((margin, index) => margin > least[index]),
    ),
  ];
}

/** Table 5, and what tells more than its shares. */
export interface Table5Exhibit extends TableExhibit<Table5> {
  /** Verdicts, margins and distances: each proved, an interval, or counted as open. */
  readonly margins: (result: Table5) => DataFrame;
  readonly marginFigure: (result: Table5) => Figure;
}

/** Table 5: regions with misclassified inputs, of Net1. */
export const table5: Table5Exhibit = {
  kind: "table",
  ...exhibitOf<Table5>({
    name: "table-5",
    title: "Table 5: polytopes with misclassified points",
    runs: TABLE_5_RUNS,
    each: TABLE_5_NETWORKS,
    load: async (from = {}) => table5FromRows(await networkOf(from), from.classes),
    describe: ({ network, sample }) => (sample === "" ? "" : `${network}: ${sample}.`),
    judge: judgeTable5,
    recheck: async ({ points } = {}) =>
      recheckTable5Frame(await recheckTable5(await networkOf(), points)),
  }),
  columns: TABLE_5_COLUMNS,
  frame: table5Frame,
  margins: marginFrame,
  marginFigure,
};
