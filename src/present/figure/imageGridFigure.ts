import { createFigure, type Figure } from "./figure";
import type { PlotlyObject } from "./figureData";
import { frameLayout, plainText, type FigureOptions } from "./figureFrame";
import {
  picturePng,
  pictureSize,
  pngUrl,
  sharedRange,
  type GreyOptions,
  type Pixels,
} from "../picture/greyScale";
import type { KindOfNumber } from "../../claim/kindOfNumber";
import { formatSignificant } from "../numberFormat";
import { FONT, INK } from "./theme";
import { isList } from "../../unknownValue";

/** One row of pictures with a title on its left. */
export interface ImageRow {
  readonly title?: string;
  readonly pictures: readonly Pixels[];
}

/** How a grid of pictures is drawn; its height follows from its rows. */
export interface ImageGridOptions extends Omit<FigureOptions, "height">, GreyOptions {
  /** What the numbers in the captions claim. */
  readonly kind?: KindOfNumber;
}

/** Distances in units of the side of a picture. */
const ROW_TITLE = 1.15;
const GAP = 0.12;
const CAPTION = 0.28;
/** Pixels around the pictures. */
const SIDE = 20;
const BOTTOM = 8;

/**
 * Rows of pictures under one scale of grey, with captions below and row titles on the left: data
 * points
 * and, below each, the inputs that a search found from it.                         (paper, Fig. 2)
 * @example
 * rl.imageGridFigure([{ title: "digits", pictures: [{ pixels: x, caption: "a 5" }] }])
 */
export function imageGridFigure(rows: readonly ImageRow[], options: ImageGridOptions = {}): Figure {
  const all = rows.flatMap(({ pictures }) => pictures);
  const range = options.range ?? sharedRange(all);
  const columnCount = Math.max(1, ...rows.map(({ pictures }) => pictures.length));
  const hasTitles = rows.some(({ title }) => title !== undefined && title !== "");
  const hasCaptions = all.some(({ caption }) => caption !== undefined && caption !== "");
  const left = hasTitles ? ROW_TITLE : 0;
  const rowHeight = 1 + GAP + (hasCaptions ? CAPTION : 0);
  const gridWidth = left + columnCount * (1 + GAP);
  const gridHeight = rows.length * rowHeight;
  const { width = Math.min(960, 110 + 92 * gridWidth) } = options;
  const side = (width - 2 * SIDE) / gridWidth;
  const grey = `Grey from ${formatSignificant(range[0], 3)} (white) to ${formatSignificant(range[1], 3)} (black)`;
  const caption = [options.caption ?? "", grey].filter((text) => text !== "").join(". ");
  const frameOf = (height: number): PlotlyObject =>
    frameLayout(
      { ...options, caption, width, height },
      {
        panels: [{ title: "", x: {}, y: {} }],
        kinds: [options.kind],
        legend: [],
        margins: { left: SIDE, right: SIDE, bottom: BOTTOM },
      },
    );
  // What stands above the pictures does not depend on the height, so one try tells how much it
  // takes.
  const { t } = frameOf(1000).margin as { t: number };
  const layout = frameOf(Math.round(t + gridHeight * side + BOTTOM));
  const place = (row: number, column: number): [number, number] => [
    left + column * (1 + GAP),
    row * rowHeight,
  ];
  return createFigure([invisibleTrace()], {
    ...layout,
    xaxis: { visible: false, range: [0, gridWidth], fixedrange: true },
    yaxis: { visible: false, range: [gridHeight, 0], fixedrange: true },
    annotations: [
      ...(isList(layout.annotations) ? layout.annotations : []),
      ...rows.flatMap(({ title = "", pictures }, row) => [
        ...(title === "" ? [] : [rowTitle(title, place(row, 0)[1] + 0.5)]),
        ...pictures.flatMap(({ caption: text = "" }, column) =>
          text === "" ? [] : [pictureCaption(text, place(row, column))],
        ),
      ]),
    ],
    shapes: rows.flatMap(({ pictures }, row) =>
      pictures.map((_, column) => frame(place(row, column))),
    ),
    images: rows.flatMap(({ pictures }, row) =>
      pictures.map(({ pixels }, column): PlotlyObject => {
        const [x, y] = place(row, column);
        const [rowCount, columnsOfPicture] = pictureSize(pixels.length, options);
        return {
          source: pngUrl(picturePng(pixels, range, options)),
          xref: "x",
          yref: "y",
          x,
          y,
          sizex: Math.min(1, columnsOfPicture / rowCount),
          sizey: Math.min(1, rowCount / columnsOfPicture),
          sizing: "contain",
          layer: "above",
        };
      }),
    ),
  });
}

/** Plotly draws axes only where there is a trace. */
function invisibleTrace(): PlotlyObject {
  return {
    type: "scatter",
    mode: "markers",
    x: [0],
    y: [0],
    marker: { opacity: 0 },
    hoverinfo: "skip",
  };
}

/** A thin line around a picture, whose own edge is mostly white. */
function frame([x, y]: readonly [number, number]): PlotlyObject {
  return {
    type: "rect",
    xref: "x",
    yref: "y",
    x0: x,
    x1: x + 1,
    y0: y,
    y1: y + 1,
    line: { color: INK.grid, width: 1 },
  };
}

function rowTitle(title: string, y: number): PlotlyObject {
  return {
    text: `<b>${plainText(title)}</b>`,
    x: ROW_TITLE - 2 * GAP,
    y,
    xref: "x",
    yref: "y",
    xanchor: "right",
    yanchor: "middle",
    showarrow: false,
  };
}

function pictureCaption(text: string, [x, y]: readonly [number, number]): PlotlyObject {
  return {
    text: plainText(text),
    font: { size: FONT.captionSize - 1, color: INK.muted },
    x: x + 0.5,
    y: y + 1,
    yshift: -2,
    xref: "x",
    yref: "y",
    xanchor: "center",
    yanchor: "top",
    showarrow: false,
    borderpad: 0,
  };
}
