import { quantile } from "../present/table/describeColumns";
import type { Figure } from "../present/figure/figure";
import { formatCount } from "../present/numberFormat";
import { violinFigure } from "../present/figure/violinFigure";
import { tryStatement, type Finding } from "./findings";
import { describeProof } from "./rowSource";
import type { Table4 } from "./table4";

/**
 * Figure 4: how E_Ξ is spread over the polytopes at each bit width, on a logarithmic scale.
 *
 * @param corrected  where given, the corrected quantiser stands beside the paper's at each width
 */
export function figure4({ network, widths, sample }: Table4, corrected?: Table4): Figure {
  const valuesOf = (rows: Table4["widths"][number]["rows"]): number[] =>
    rows.map(({ maximum }) => maximum);
  const beside = (corrected?.widths ?? []).filter(
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
    unit: "logits, L1",
    groupLabel: "bits per weight",
    kind: "attained",
    scale: "log",
    caption: `${sample}${explained}. Maxima: ${proof}`,
  });
}

/** What the paper's Figure 4 shows, tried on ours: the whole distribution moves up as bits fall. */
export function judgeFigure4({ network, widths }: Table4): Finding[] {
  const quantiles = (fraction: number): number[] =>
    widths.map(({ rows }) =>
      quantile(Float64Array.from(rows, ({ maximum }) => maximum).sort(), fraction),
    );
  const rises = (values: readonly number[]): boolean =>
    values.slice(1).every((value, index) => value > values[index]);
  const isHigher = [0.05, 0.5, 0.95].every((fraction) => rises(quantiles(fraction)));
  return [
    tryStatement(
      `the 5 %, 50 % and 95 % quantiles of E_Ξ of ${network} rise at every step to fewer bits`,
      true,
      isHigher,
    ),
  ];
}
