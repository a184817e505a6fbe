/**
 * The eight colours of Okabe and Ito, told apart by people of every colour vision; blue, orange and
 * green differ also in print without colour.
 */
export const PALETTE = {
  blue: "#0072B2",
  orange: "#E69F00",
  green: "#009E73",
  vermillion: "#D55E00",
  purple: "#CC79A7",
  sky: "#56B4E9",
  yellow: "#F0E442",
  grey: "#808080",
} as const;

/**
 * How one series differs from the next, by colour and by something that survives without colour.
 */
export interface SeriesStyle {
  readonly colour: string;
  /** Dash of lines. */
  readonly dash: string;
  /** Symbol of markers. */
  readonly symbol: string;
  /** Hatching of bars. */
  readonly pattern: string;
}

const STYLES: readonly SeriesStyle[] = [
  { colour: PALETTE.blue, dash: "solid", symbol: "circle", pattern: "" },
  { colour: PALETTE.orange, dash: "dash", symbol: "diamond", pattern: "/" },
  { colour: PALETTE.green, dash: "dot", symbol: "square", pattern: "." },
  { colour: PALETTE.vermillion, dash: "dashdot", symbol: "triangle-up", pattern: "\\" },
  { colour: PALETTE.purple, dash: "longdash", symbol: "cross", pattern: "x" },
  { colour: PALETTE.sky, dash: "longdashdot", symbol: "x", pattern: "-" },
  { colour: PALETTE.grey, dash: "solid", symbol: "circle-open", pattern: "|" },
];

/** The style of the series at a position; beyond the last they begin again. */
export function seriesStyle(position: number): SeriesStyle {
  // The list is not empty, so there is one at every remainder.
  return STYLES[position % STYLES.length];
}

/** A colour of the palette with an opacity. */
export function withOpacity(colour: string, opacity: number): string {
  const part = (from: number): number => parseInt(colour.slice(from, from + 2), 16);
  return `rgba(${part(1)},${part(3)},${part(5)},${opacity})`;
}

/** Colours of everything that is not data. Static pictures replace them by those of their page. */
export const INK = {
  paper: "#ffffff",
  text: "#24292f",
  muted: "#57606a",
  grid: "#d8dee4",
} as const;

export const FONT = {
  family: "Helvetica, Arial, Liberation Sans, sans-serif",
  size: 13,
  titleSize: 16,
  captionSize: 12,
} as const;

/** An axis in the theme's style, with a title that names quantity and unit. */
export function themedAxis(
  title: string,
  extra: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    separatethousands: true,
    title: { text: title, standoff: 10, font: { size: FONT.size } },
    gridcolor: INK.grid,
    linecolor: INK.muted,
    tickcolor: INK.muted,
    showline: true,
    ticks: "outside",
    ticklen: 5,
    zeroline: false,
    ...extra,
  };
}
