import { factsOf } from "../../claim/column";
import { APPMAX_COLUMNS } from "../../experiment/variant/appMaxColumns";
import { quantile } from "../../present/table/describeColumns";
import type { Figure } from "../../present/figure/figure";
import { formatCount, formatPercent } from "../../present/numberFormat";
import { violinFigure } from "../../present/figure/violinFigure";
import { exhibitOf, type ExhibitSources, type FigureExhibit } from "../exhibit";
import { reportStatement, type Finding } from "../findings";
import { recheckStored } from "../recheck";
import { describeProof } from "../rowSource";
import type { Table4 } from "../table4Rows";
import { describeTable4, table4 } from "./table4";

const MAXIMUM = factsOf(APPMAX_COLUMNS, "maximum");

/** What Figure 4 shows: the rows of Table 4, by either quantiser. */
export interface Figure4 {
  readonly paper: Table4;
  readonly corrected: Table4;
}

/**
 * Figure 4: how E_Ξ is spread over the polytopes at each bit width, on a logarithmic scale. Where
 * its rows are stored, the corrected quantiser stands beside the paper's at each width.
 */
function drawFigure4({ paper, corrected }: Figure4): Figure {
  const { network, widths, sample } = paper;
  const valuesOf = (rows: Table4["widths"][number]["rows"]): number[] =>
    rows.map(({ maximum }) => maximum);
  const beside = corrected.widths.filter(
    ({ bits }) => bits !== 16 && widths.some((width) => width.bits === bits),
  );
  const groups = widths.flatMap(({ bits, rows }) => {
    const others = beside.find((width) => width.bits === bits);
    const own = { name: String(bits), values: valuesOf(rows) };
    return others === undefined
      ? [own]
      : [own, { name: `${bits} corr.`, values: valuesOf(others.rows) }];
  });
  const proof = describeProof([...widths, ...beside].flatMap(({ rows }) => rows));
  const explained =
    beside.length === 0
      ? ""
      : `. corr.: corrected quantiser, ${formatCount(beside[0].rows.length)} of these images`;
  return violinFigure(groups, {
    title: `Figure 4. Largest error on polytopes of ${network} by bit width`,
    label: "E_Ξ",
    unit: MAXIMUM.unit,
    groupLabel: "bits per weight",
    kind: MAXIMUM.kind,
    scale: "log",
    caption: `${sample}${explained}. Maxima: ${proof}`,
  });
}

/** The quantiles by which a distribution is said to move as a whole. */
const QUANTILES = [0.05, 0.5, 0.95] as const;

/**
 * What the paper's Figure 4 shows, as a statement about ours: the whole distribution moves up as
 * bits fall. It is a picture and prints no number.
 */
function judgeFigure4({ paper: { network, widths } }: Figure4): Finding[] {
  if (widths.length < 2) return [];
  const quantiles = (fraction: number): number[] =>
    widths.map(({ rows }) =>
      quantile(Float64Array.from(rows, ({ maximum }) => maximum).sort(), fraction),
    );
  const rises = (values: readonly number[]): boolean =>
    values.slice(1).every((value, index) => value > values[index]);
  const isHigher = QUANTILES.every((fraction) => rises(quantiles(fraction)));
  const [low, middle, high] = QUANTILES.map((fraction) => formatPercent(fraction, 0));
  return [
    reportStatement(
      `the ${low}, ${middle} and ${high} quantiles of E_Ξ of ${network} rise at every step to fewer bits`,
      isHigher,
    ),
  ];
}

const RUNS = ["half", "paper-8", "paper-4"].map((name) => `net1-${name}-mnist-test`);

/** Figure 4, from the rows of Table 4. */
export const figure4: FigureExhibit<Figure4> = {
  kind: "figure",
  ...exhibitOf<Figure4>({
    name: "figure-4",
    title: "Figure 4: spread by bit width",
    runs: table4.runs,
    each: ["net1", "net2"],
    load: loadFigure4,
    describe: ({ paper }) => describeTable4(paper),
    judge: judgeFigure4,
    recheck: (choice) => recheckStored(RUNS, { points: 2, ...choice }),
  }),
  figure: drawFigure4,
};

async function loadFigure4(from: ExhibitSources = {}): Promise<Figure4> {
  return {
    paper: await table4.load(from),
    corrected: await table4.load({ ...from, behaviour: "corrected" }),
  };
}
