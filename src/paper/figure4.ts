import type { Figure } from "../present/figure";
import { violinFigure } from "../present/violinFigure";
import type { Table4 } from "./table4";

/**
 * Figure 4: how E_Ξ is spread over the polytopes at each bit width, on a logarithmic scale.
 *
 * @param corrected  where given, the corrected quantiser stands beside the paper's at each width
 */
export function figure4({ network, widths, sample }: Table4, corrected?: Table4): Figure {
  const valuesOf = (rows: Table4["widths"][number]["rows"]): number[] =>
    rows.map(({ maximum }) => maximum);
  const groups = widths.flatMap(({ bits, rows }) => {
    const others = corrected?.widths.find((width) => width.bits === bits);
    const own = { name: `${bits}`, values: valuesOf(rows) };
    if (bits === 16 || others === undefined) return [own];
    return [own, { name: `${bits} corr.`, values: valuesOf(others.rows) }];
  });
  const beside =
    corrected === undefined || corrected.widths.length === 0
      ? ""
      : `. corr.: corrected quantiser, ${corrected.sample}`;
  return violinFigure(groups, {
    title: `Figure 4. Largest error on polytopes of ${network} by bit width`,
    label: "E_Ξ",
    unit: "logits, L1",
    groupLabel: "bits per weight",
    kind: "attained",
    scale: "log",
    caption: `Computed on ${sample}${beside}`,
  });
}
