import type { Figure } from "../present/figure";
import { histogramFigure } from "../present/histogramFigure";
import type { Table3 } from "./table3";

/**
 * Figure 1: histograms of E at the points and of E_Ξ over their polytopes, one panel per network, from
 * the rows of Table 3.                                                       (paper, Eqs. 19 and 33)
 */
export function figure1({ networks, sample }: Table3): Figure {
  const panels = networks.map(({ name, rows }) => ({
    title: name,
    series: [
      { name: "E at the points", kind: "attained" as const, values: rows.map((row) => row.error) },
      {
        name: "E_Ξ over their polytopes",
        kind: "attained" as const,
        values: rows.map((row) => row.maximum),
      },
    ],
  }));
  const most = Math.max(...networks.map(({ rows }) => rows.length));
  return histogramFigure(panels, {
    title: "Figure 1. Weight-rounding error at 16 bits",
    label: "weight-rounding error",
    unit: "logits, L1",
    countLabel: "points",
    binCount: Math.max(10, Math.min(60, Math.round(2 * Math.sqrt(most)))),
    caption: sample,
  });
}
