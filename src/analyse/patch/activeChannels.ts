import type { Block, BlockMaker } from "../../numeric/arena";
import type { LocalValues } from "./localLayer";
import type { Switches } from "./localRule";

/** The channels of each pixel that count along a pattern, in the kernels' memory. */
export interface ActiveChannels {
  /** As many integers for each pixel as there are channels, of which the first so many count. */
  readonly lists: Block<Int32Array>;
  readonly counts: Block<Int32Array>;
  /** Lists the channels that a ReLU lets through, or all where there is none. */
  list(switches: Switches): void;
}

/** Room for the lists of some values. */
export function layOutActive(
  { integers }: BlockMaker,
  { height, width, channels }: LocalValues,
): ActiveChannels {
  const pixels = height * width;
  const lists = integers(pixels * channels);
  const counts = integers(pixels);
  return {
    lists,
    counts,
    list(switches) {
      const list = lists.view;
      const count = counts.view;
      count.fill(0);
      for (let channel = 0; channel < channels; channel++) {
        for (let pixel = 0; pixel < pixels; pixel++) {
          const isActive = switches === undefined || switches[channel * pixels + pixel] === 1;
          if (isActive) list[pixel * channels + count[pixel]++] = channel;
        }
      }
    },
  };
}
