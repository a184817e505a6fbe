import { ArgumentError } from "../../errors";
import { quantile } from "../table/describeColumns";
import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { axisTitle, frameLayout, plainText, type FigureOptions } from "./figureFrame";
import { kernelDensity } from "./kernelDensity";
import { formatCount, formatSignificant } from "../numberFormat";
import type { KindOfNumber } from "../../claim/kindOfNumber";
import { scaledAxis, type Scale } from "./scale";
import { INK, seriesStyle, themedAxis, withOpacity } from "./theme";

/** Values of one violin. */
export interface ViolinGroup {
  /** Below the violin: `16 bits`. */
  readonly name: string;
  readonly values: ArrayLike<number>;
}

/** How violins are drawn. */
export interface ViolinOptions extends FigureOptions {
  /** What the values are, beside the axis. */
  readonly label?: string;
  readonly unit?: string;
  /** What the groups are, below the axis: `bits per weight`. */
  readonly groupLabel?: string;
  readonly kind?: KindOfNumber;
  readonly scale?: Scale;
}

/** Half of the room of one violin that its widest place takes. */
const HALF_WIDTH = 0.42;

/**
 * Violins side by side: how values are spread within each group. Each is as wide as the density of
 * its values, by kernels laid on the logarithm when the scale is logarithmic; all are equally wide
 * at their widest. A bar spans the middle half, a dot marks the median, a number the largest value.
 *
 * @throws ArgumentError if a group has no value that the axis can show
 * @example
 * rl.violinFigure([{ name: "16 bits", values: [0.01, 0.02, 0.04] }], { kind: "attained" })
 */
export function violinFigure(groups: readonly ViolinGroup[], options: ViolinOptions = {}): Figure {
  const { label = "value", unit, groupLabel = "", scale = "linear" } = options;
  const shapes = groups.map((group, position) => shapeOf(group, position, scale));
  const lower = Math.min(...shapes.map(({ smallest }) => smallest));
  const upper = Math.max(...shapes.map(({ largest }) => largest));
  const summary = "Bar: middle half; dot: median; number: largest value";
  const caption = [options.caption ?? "", summary].filter((text) => text !== "").join(". ");
  const layout = frameLayout(
    { ...options, caption },
    {
      panels: [
        {
          title: "",
          x: themedAxis(plainText(groupLabel), {
            tickmode: "array",
            tickvals: groups.map((_, position) => position),
            ticktext: groups.map(({ name }) => plainText(name)),
            range: [-0.6, groups.length - 0.4],
            showgrid: false,
          }),
          y: scaledAxis(axisTitle(label, unit), scale, [lower, upper], {
            range: padded(lower, upper, scale),
          }),
        },
      ],
      kinds: [options.kind],
      legend: [],
    },
  );
  return createFigure(shapes.flatMap(violinTraces), { ...layout, hovermode: "closest" });
}

interface ViolinShape {
  readonly name: string;
  readonly position: number;
  readonly smallest: number;
  readonly largest: number;
  readonly quartiles: readonly [number, number, number];
  readonly count: number;
  /** Outline, up one side and down the other. */
  readonly x: readonly number[];
  readonly y: readonly number[];
}

function shapeOf({ name, values }: ViolinGroup, position: number, scale: Scale): ViolinShape {
  const forward = scale === "log" ? Math.log : (value: number): number => value;
  const back = scale === "log" ? Math.exp : (value: number): number => value;
  const sorted = Float64Array.from(values, forward).filter(Number.isFinite).sort();
  if (sorted.length === 0) {
    throw new ArgumentError(
      `the violin ${JSON.stringify(name)} has ${values.length} values, none of them finite` +
        (scale === "log" ? " and above 0" : ""),
    );
  }
  const { positions, densities } = kernelDensity(sorted);
  const widest = densities.reduce((a, b) => Math.max(a, b), 0);
  const halves = Array.from(densities, (density) => (HALF_WIDTH * density) / widest);
  const heights = Array.from(positions, (value) => digits(back(value)));
  const right = halves.map((half) => digits(position + half));
  const left = halves.map((half) => digits(position - half));
  return {
    name,
    position,
    count: sorted.length,
    smallest: back(quantile(sorted, 0)),
    largest: back(quantile(sorted, 1)),
    quartiles: [
      back(quantile(sorted, 0.25)),
      back(quantile(sorted, 0.5)),
      back(quantile(sorted, 0.75)),
    ],
    x: [...right, ...left.reverse(), right[0] ?? position],
    y: [...heights, ...[...heights].reverse(), heights[0] ?? 0],
  };
}

function violinTraces(shape: ViolinShape): PlotlyObject[] {
  const { colour } = seriesStyle(1);
  const { position, quartiles, largest } = shape;
  const [first, median, third] = quartiles;
  const common = { type: "scatter", showlegend: false };
  const said = (value: number): string => formatSignificant(value, 4);
  const text =
    `${plainText(shape.name)}: ${formatCount(shape.count)} values, median ${said(median)}, ` +
    `middle half ${said(first)} to ${said(third)}, ${said(shape.smallest)} to ${said(largest)}`;
  return [
    {
      ...common,
      mode: "lines",
      x: shape.x,
      y: shape.y,
      fill: "toself",
      fillcolor: withOpacity(colour, 0.45),
      line: { color: colour, width: 1.5 },
      hoveron: "fills",
      hoverinfo: "text",
      text,
    },
    {
      ...common,
      mode: "lines",
      x: [position, position],
      y: [digits(first), digits(third)],
      line: { color: INK.muted, width: 7 },
      hoverinfo: "skip",
    },
    {
      ...common,
      mode: "markers+text",
      x: [position, position],
      y: [digits(median), digits(largest)],
      marker: {
        size: 8,
        color: INK.paper,
        line: { color: INK.text, width: 1.5 },
        opacity: [1, 0],
      },
      text: ["", formatSignificant(largest, 3)],
      textposition: "top center",
      textfont: { size: 12, color: INK.text },
      cliponaxis: false,
      hoverinfo: "skip",
    },
  ];
}

/** Room for the numbers above the violins; a log axis counts in powers of ten. */
function padded(lower: number, upper: number, scale: Scale): [number, number] {
  const [from, to] = scale === "log" ? [Math.log10(lower), Math.log10(upper)] : [lower, upper];
  const room = (to - from || Math.abs(to) || 1) * 0.06;
  return [digits(from - room), digits(to + 1.8 * room)];
}

/** Digits beyond the sixth move a point by less than a pixel. */
function digits(value: number): number {
  return Number(value.toPrecision(6));
}
