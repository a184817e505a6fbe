import { explainKinds, type KindOfNumber } from "../../claim/kindOfNumber";
import type { PlotlyObject } from "./figureData";
import { THIN_SPACE } from "../numberFormat";
import { typesetMarkup } from "../table/symbols";
import { LINE_HEIGHT, textWidth, wrapText } from "../svg/textMetrics";
import { FONT, INK, themedAxis } from "./theme";

/** What every figure is given besides its data. */
export interface FigureOptions {
  readonly title?: string;
  /** What the figure shows; what its kinds of number claim is added by itself. */
  readonly caption?: string;
  /** Pixels. */
  readonly width?: number;
  readonly height?: number;
}

/** One plot of a figure that shows several side by side. */
export interface PanelAxes {
  /** Above the plot; empty for none. */
  readonly title: string;
  readonly x: PlotlyObject;
  readonly y: PlotlyObject;
}

/** What stands around the plots of a figure. */
export interface FrameContent {
  readonly panels: readonly PanelAxes[];
  readonly kinds: readonly (KindOfNumber | undefined)[];
  readonly legend: readonly string[];
  /** Pixels around the plots; room for axes unless given. */
  readonly margins?: Margins;
}

/** Pixels left, right and below of the plots; what stands above them finds its own room. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

const TOP = 14;
const GAP = 8;
const MARGINS: Margins = { left: 84, right: 20, bottom: 62 };
const LEGEND_ROW = 26;
const LEGEND_SYMBOL = 48;
const PANEL_TITLE = 24;
const PANEL_GAP = 0.1;

/**
 * The layout of a figure: from the top its title in as many lines as it takes, its caption, the
 * legend, the titles of the panels, then the panels side by side. Everything has a fixed place in
 * pixels, so that nothing overlaps, whoever draws it.
 */
export function frameLayout(options: FigureOptions, content: FrameContent): PlotlyObject {
  const { title = "", caption = "", width = 760, height = 460 } = options;
  const { left, right, bottom } = content.margins ?? MARGINS;
  const inner = width - left - right;
  const titleLines = wrapText(title, width - 2 * TOP, FONT.titleSize, true);
  const titleHeight =
    titleLines.length === 0 ? 0 : titleLines.length * FONT.titleSize * LINE_HEIGHT + GAP;
  const lines = captionLines(caption, content.kinds, width - 2 * TOP);
  const captionHeight =
    lines.length * FONT.captionSize * LINE_HEIGHT + (lines.length > 0 ? GAP : 0);
  const legendHeight = legendRows(content.legend, inner) * LEGEND_ROW;
  const panelHeight = content.panels.some((panel) => panel.title !== "") ? PANEL_TITLE : 0;
  const top = Math.round(TOP + titleHeight + captionHeight + legendHeight + panelHeight + GAP);
  const plotHeight = height - top - bottom;
  /** Pixels from the upper edge, as Plotly's share of the plot's height. */
  const paperY = (pixels: number): number => 1 + (top - pixels) / plotHeight;
  const annotations = [
    ...(lines.length === 0
      ? []
      : [captionAnnotation(lines, (TOP - left) / inner, paperY(TOP + titleHeight))]),
    ...panelTitles(content.panels, paperY(top - GAP)),
  ];
  return {
    ...(titleLines.length === 0 ? {} : { title: titleOf(titleLines, width) }),
    width,
    height,
    // Plotly would widen margins by its own measure of texts, and move what has a place here.
    margin: { l: left, r: right, t: top, b: bottom, pad: 0, autoexpand: false },
    font: { family: FONT.family, size: FONT.size, color: INK.text },
    paper_bgcolor: INK.paper,
    plot_bgcolor: "rgba(0,0,0,0)",
    separators: `.${THIN_SPACE}`,
    showlegend: content.legend.length > 0,
    legend: {
      orientation: "h",
      xref: "paper",
      x: 0,
      xanchor: "left",
      yref: "container",
      y: 1 - (TOP + titleHeight + captionHeight) / height,
      yanchor: "top",
      bgcolor: "rgba(0,0,0,0)",
      itemsizing: "constant",
    },
    modebar: { bgcolor: "rgba(0,0,0,0)" },
    hoverlabel: { font: { family: FONT.family } },
    annotations,
    ...panelAxes(content.panels),
  };
}

/** Names of the axes of the panel at a position, as traces refer to them. */
export function axesOf(panel: number): { readonly xaxis: string; readonly yaxis: string } {
  const suffix = panel === 0 ? "" : String(panel + 1);
  return { xaxis: `x${suffix}`, yaxis: `y${suffix}` };
}

/** Text as Plotly takes it literally: it reads `<b>` and the like as marks. */
export function plainText(text: string): string {
  const escape = (words: string): string =>
    words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  return typesetMarkup(text, escape);
}

/** An axis title: quantity, then unit in parentheses. */
export function axisTitle(label: string, unit: string | undefined): string {
  return plainText(unit === undefined || unit === "" ? label : `${label} (${unit})`);
}

/**
 * By how much Plotly lowers a title of one line, in sizes of its font, so that its capitals reach
 * the top. A title of more lines it leaves standing on the top instead.
 */
const CAPITALS = 0.7;

function titleOf(lines: readonly string[], width: number): PlotlyObject {
  return {
    text: `<b>${lines.map(plainText).join("<br>")}</b>`,
    font: { size: FONT.titleSize, color: INK.text },
    x: TOP / width,
    xref: "container",
    xanchor: "left",
    y: 1,
    yref: "container",
    yanchor: "top",
    pad: { t: TOP + (lines.length > 1 ? CAPITALS * FONT.titleSize : 0), b: 0, l: 0, r: 0 },
  };
}

function captionLines(
  caption: string,
  kinds: readonly (KindOfNumber | undefined)[],
  width: number,
): string[] {
  const claims = explainKinds(kinds);
  const sentence = caption === "" || /[.!?]$/.test(caption) ? caption : `${caption}.`;
  const text =
    claims === "" ? caption : `${sentence} ${claims[0]?.toUpperCase()}${claims.slice(1)}.`;
  return wrapText(text, width, FONT.captionSize);
}

function captionAnnotation(lines: readonly string[], x: number, y: number): PlotlyObject {
  return {
    text: lines.map(plainText).join("<br>"),
    font: { size: FONT.captionSize, color: INK.muted },
    align: "left",
    showarrow: false,
    borderpad: 0,
    xref: "paper",
    x,
    xanchor: "left",
    yref: "paper",
    y,
    yanchor: "top",
  };
}

function legendRows(names: readonly string[], width: number): number {
  if (names.length === 0) return 0;
  // Plotly gives every entry the width of the widest.
  const widest = Math.max(...names.map((name) => textWidth(name, FONT.size))) + LEGEND_SYMBOL;
  const perRow = Math.max(1, Math.floor(width / widest));
  return Math.ceil(names.length / perRow);
}

/** Where panels stand, as shares of the figure's inner width. */
function domainOf(panel: number, count: number): [number, number] {
  const share = (1 - PANEL_GAP * (count - 1)) / count;
  const from = panel * (share + PANEL_GAP);
  return [from, Math.min(1, from + share)];
}

function panelTitles(panels: readonly PanelAxes[], y: number): PlotlyObject[] {
  return panels.flatMap(({ title }, panel) => {
    if (title === "") return [];
    const [from, to] = domainOf(panel, panels.length);
    return [
      {
        text: `<b>${plainText(title)}</b>`,
        showarrow: false,
        borderpad: 0,
        xref: "paper",
        x: (from + to) / 2,
        xanchor: "center",
        yref: "paper",
        y,
        yanchor: "bottom",
      },
    ];
  });
}

function panelAxes(panels: readonly PanelAxes[]): PlotlyObject {
  const axes: Record<string, PlotlyObject> = {};
  panels.forEach(({ x, y }, panel) => {
    const { xaxis, yaxis } = axesOf(panel);
    axes[xaxis.replace("x", "xaxis")] = {
      ...themedAxis(""),
      ...x,
      domain: domainOf(panel, panels.length),
      anchor: yaxis,
    };
    axes[yaxis.replace("y", "yaxis")] = { ...themedAxis(""), ...y, anchor: xaxis };
  });
  return axes;
}
