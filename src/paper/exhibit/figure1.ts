import { factsOf } from "../../claim/column";
import { APPMAX_COLUMNS } from "../../experiment/variant/appMaxColumns";
import { quantile } from "../../present/table/describeColumns";
import type { Figure } from "../../present/figure/figure";
import { histogramFigure } from "../../present/figure/histogramFigure";
import { formatCount } from "../../present/numberFormat";
import { exhibitOf, type FigureExhibit } from "../exhibit";
import { reportStatement, type Finding } from "../findings";
import { timesInWords } from "../words";
import { precisionOf, table3, type Table3 } from "./table3";

const ERROR = factsOf(APPMAX_COLUMNS, "error");
const MAXIMUM = factsOf(APPMAX_COLUMNS, "maximum");

/**
 * Figure 1: histograms of E at the points and of E_Ξ over their polytopes, one panel per network,
 * from
 * the rows of Table 3.                                                      (paper, Eqs. 19 and 33)
 */
function drawFigure1({ networks, sample, approximation }: Table3): Figure {
  const panels = networks.map(({ name, rows }) => ({
    title: `${name}, ${formatCount(rows.length)} points`,
    binCount: Math.max(10, Math.min(60, Math.round(2 * Math.sqrt(rows.length)))),
    series: [
      { name: "E at the points", kind: ERROR.kind, values: rows.map((row) => row.error) },
      {
        name: "E_Ξ over their polytopes",
        kind: MAXIMUM.kind,
        values: rows.map((row) => row.maximum),
      },
    ],
  }));
  return histogramFigure(panels, {
    title: `Figure 1. Weight-rounding error${precisionOf(approximation)}`,
    label: "weight-rounding error",
    unit: MAXIMUM.unit,
    countLabel: "points",
    caption: sample,
  });
}

/** Medians of E_Ξ beyond this many medians of E count as histograms that lie apart. */
const APART = 2;

/**
 * What the paper's Figure 1 shows, as a statement about ours: the histograms of Net1 lie apart,
 * those of Net2 do not. It is a picture and prints no number.
 */
function judgeFigure1({ networks }: Table3): Finding[] {
  return networks.map(({ name, rows }) => {
    const median = (values: readonly number[]): number =>
      quantile(Float64Array.from(values).sort(), 0.5);
    const shift = median(rows.map((row) => row.maximum)) / median(rows.map((row) => row.error));
    return reportStatement(
      `the median of E_Ξ is more than ${timesInWords(APART)} that of E for ${name}`,
      shift > APART,
    );
  });
}

/** Figure 1, from the rows of Table 3. */
export const figure1: FigureExhibit<Table3> = {
  kind: "figure",
  ...exhibitOf({
    name: "figure-1",
    title: "Figure 1: histograms of errors",
    runs: table3.runs,
    load: table3.load,
    describe: () => "The rows of Table 3.",
    judge: judgeFigure1,
    recheck: table3.recheck,
  }),
  figure: drawFigure1,
};
