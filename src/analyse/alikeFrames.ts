import type { AlikeFrames, FrameShape, Picture } from "../lp/framedRows";
import type { LocalLayer, LocalValues } from "./patch/localLayer";
import { frameStart, type LocalLayers } from "./patch/localLayers";
import type { RowBlock } from "./rowBlocks";

/**
 * Which rows of a block have the same frame. Behind the first convolution alone, if a normalisation
 * before it treats all pixels alike, a row is its channel's weights, whatever the pattern: rows
 * differ by channel, sign, and how their window lies in the frame, which is kept inside the picture
 * at its borders.
 */
export function alikeFrames(
  { layers }: LocalLayers,
  {
    block,
    values,
    window,
  }: { readonly block: RowBlock; readonly values: LocalValues; readonly window: number },
  shape: FrameShape,
  picture: Picture,
): AlikeFrames | undefined {
  const { rows } = block;
  const before = layers.slice(0, block.layer).filter((layer) => !isUniform(layer, picture));
  const isFirst = before.length === 1 && before[0].kind === "conv2d";
  if (!isFirst || window !== 1 || rows.kind === "pairs") return undefined;
  const shifts = (count: number, length: number, whole: number) =>
    numbered(
      Array.from({ length: count }, (_, place) => {
        const first = place * values.jump - values.offset;
        return frameStart(values, place, length, whole) - first;
      }),
    );
  const down = shifts(values.height, shape.height, picture.height);
  const across = shifts(values.width, shape.width, picture.width);
  const pixels = values.height * values.width;
  const of = new Int32Array(block.count);
  for (let index = 0; index < block.count; index++) {
    const place = rows.places[index];
    const channel = Math.floor(place / pixels);
    const line = Math.floor((place - channel * pixels) / values.width);
    const column = place - channel * pixels - line * values.width;
    const signed = 2 * channel + (rows.signs[index] > 0 ? 1 : 0);
    of[index] = (signed * down.count + down.of[line]) * across.count + across.of[column];
  }
  return { count: 2 * values.channels * down.count * across.count, of };
}

/** Whether a layer does the same to all pixels: a normalisation by one number, or one a channel. */
function isUniform(layer: LocalLayer, { channels }: Picture): boolean {
  if (layer.kind !== "normalise") return false;
  const { deviation } = layer;
  return typeof deviation === "number" || deviation.length === channels;
}

/** Numbers different values from 0 on. */
function numbered(values: readonly number[]): { count: number; of: number[] } {
  const known = new Map<number, number>();
  const of = values.map((value) => {
    const number = known.get(value) ?? known.size;
    known.set(value, number);
    return number;
  });
  return { count: known.size, of };
}
