import type { DataFrame } from "../../../src/present/frame/frameType";
import * as statistics from "../../reference/rowStatistics";
import { type Comparisons } from "./comparison";
import { ALL, use } from "./frameUse";

import { basics } from "./frameBasics";
import { cells } from "./frameCells";
import { labels } from "./frameLabels";
import { counting, cumulative, operators, reductions } from "./frameNumbers";
import { order, selection } from "./frameSelection";

/** Every member of `DataFrame` but `groupby`, whose results stand in a table of their own. */
export const FRAME_COMPARISONS: Comparisons<DataFrame> = {
  ...basics,
  ...selection,
  ...order,
  ...labels,
  ...cells,
  ...reductions,
  ...counting,
  ...cumulative,
  ...operators,
  groupby: {
    "gathers rows": use(
      ALL,
      (frame) => frame.groupby("error").ngroups,
      (rows) => statistics.groups(rows, "error").length,
    ),
  },
};
