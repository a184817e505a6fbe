import type { ReluLayer } from "../../network/network";
import type { LocalRules } from "./localRule";
import { forPixels } from "./patch";

/** A ReLU: along a pattern, a value behind it is the one before it, or 0. */
export const reluRules: LocalRules<ReluLayer> = {
  valuesBehind: (_layer, before) => before,
  before: (_layer, behind) => behind,
  place(_layer, { before, behind }) {
    const { height, width, channels } = before.values;
    return {
      takes: "values",
      moveTerms(terms, switches) {
        for (const term of terms) term.factor *= switches?.[term.place] === 1 ? 1 : 0;
      },
      carry(patch, { rows, columns }, switches) {
        // Behind a convolution, whose lists pass over what is silent, both are one patch.
        if (before.block === behind.block) return;
        const to = before.block.view;
        to.set(behind.block.view.subarray(0, rows * columns * channels));
        forPixels(patch, before.values, (place, pixel) => {
          for (let channel = 0; channel < channels; channel++) {
            const isActive = switches?.[channel * height * width + pixel] === 1;
            if (!isActive) to[place * channels + channel] = 0;
          }
        });
      },
    };
  },
};
