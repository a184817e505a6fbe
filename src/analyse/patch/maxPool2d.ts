import { windowSizes } from "../../network/layer/window";
import type { SquarePool } from "./localLayer";
import type { LocalRules } from "./localRule";
import { forPixels } from "./patch";

/** Max pooling: along a pattern, a value behind it is its window's winner. */
export const poolRules: LocalRules<SquarePool> = {
  valuesBehind(layer, before) {
    const { outHeight, outWidth } = windowSizes(layer);
    return {
      channels: layer.channels,
      height: outHeight,
      width: outWidth,
      jump: before.jump * layer.window,
      offset: before.offset,
      extent: before.extent + (layer.window - 1) * before.jump,
    };
  },
  before({ window }, { top, left, rows, columns }) {
    return {
      top: top * window,
      left: left * window,
      rows: rows * window,
      columns: columns * window,
    };
  },
  place(_layer, { before, behind }) {
    const { height, width, channels } = before.values;
    const pixels = behind.values.height * behind.values.width;
    return {
      takes: "values",
      moveTerms(terms, winners) {
        if (winners === undefined) return;
        for (const term of terms) term.place = winners[term.place];
      },
      carry(patch, carried, winners) {
        const from = behind.block.view;
        const to = before.block.view;
        to.fill(0, 0, carried.rows * carried.columns * channels);
        forPixels(patch, behind.values, (place, pixel) => {
          for (let channel = 0; channel < channels; channel++) {
            const factor = from[place * channels + channel];
            if (factor === 0 || winners === undefined) continue;
            const inside = winners[channel * pixels + pixel] - channel * height * width;
            const row = Math.floor(inside / width);
            const column = inside - row * width;
            const target = (row - carried.top) * carried.columns + column - carried.left;
            to[target * channels + channel] = factor;
          }
        });
      },
    };
  },
};
