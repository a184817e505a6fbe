import { escapeMarkup } from "../escape";
import type { FigureData, PlotlyObject } from "../figure/figureData";
import { FONT, INK } from "../figure/theme";

/**
 * A figure in which each image by address is a framed note in the image's place: a static picture
 * asks no server. Images that the figure carries itself (`data:`) stay.
 */
export function withoutRemoteImages({ data, layout, config }: FigureData): FigureData {
  const images = listOf(layout.images);
  const remote = images.filter(isRemote);
  if (remote.length === 0) return { data, layout, config };
  const rest = {
    images: images.filter((image) => !isRemote(image)),
    annotations: [...listOf(layout.annotations), ...remote.map(noteInPlaceOf)],
  };
  return { data, layout: { ...layout, ...rest }, config };
}

/** The objects of a list of a layout, which nobody has checked. */
function listOf(value: unknown): PlotlyObject[] {
  const list: unknown[] = Array.isArray(value) ? value : [];
  return list.filter((each): each is PlotlyObject => typeof each === "object" && each !== null);
}

function isRemote({ source }: PlotlyObject): boolean {
  return typeof source === "string" && !source.startsWith("data:");
}

function noteInPlaceOf({ source, visible, ...image }: PlotlyObject): PlotlyObject {
  const { x = 0, y = 0, xref = "paper", yref = "paper" } = image;
  const { xanchor = "left", yanchor = "top" } = image;
  const host = /^https?:\/\/([^/?#]{1,40})/.exec(String(source))?.[1];
  const whence = host === undefined ? "another file" : escapeMarkup(host);
  return {
    ...{ x, y, xref, yref, xanchor, yanchor, visible },
    text: `image from ${whence},<br>shown in the live figure only`,
    showarrow: false,
    bordercolor: INK.muted,
    borderpad: 4,
    font: { size: FONT.captionSize, color: INK.muted },
  };
}
