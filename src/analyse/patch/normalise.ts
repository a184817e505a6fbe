import { ofValue } from "../../network/layer/perChannel";
import { numberAt, spread } from "../../network/layer/perInput";
import type { NormaliseLayer } from "../../network/network";
import { sizeOf } from "./localLayer";
import type { LocalRules } from "./localRule";
import { forPixels } from "./patch";

/** A normalisation: a coefficient is divided by the value's deviation. */
export const normaliseRules: LocalRules<NormaliseLayer> = {
  valuesBehind: (_layer, before) => before,
  before: (_layer, behind) => behind,
  place({ deviation }, { before, behind }) {
    const { height, width, channels } = before.values;
    const divisors = spread(deviation, sizeOf(before.values));
    return {
      takes: "values",
      moveTerms(terms) {
        for (const term of terms) {
          term.factor /= numberAt(deviation, sizeOf(before.values), term.place);
        }
      },
      carry(patch, { rows, columns }) {
        const from = behind.block.view;
        const to = before.block.view;
        const length = rows * columns * channels;
        if (typeof divisors === "number") {
          for (let at = 0; at < length; at++) to[at] = from[at] / divisors;
          return;
        }
        // What lies outside the picture is padding, and no input has a part in it.
        to.fill(0, 0, length);
        forPixels(patch, before.values, (place, pixel) => {
          for (let channel = 0; channel < channels; channel++) {
            const at = place * channels + channel;
            to[at] = from[at] / ofValue(divisors, channel * height * width + pixel);
          }
        });
      },
    };
  },
};
