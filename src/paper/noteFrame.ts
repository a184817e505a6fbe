import { createDataFrame } from "../present/frame/dataFrame";
import type { DataFrame } from "../present/frame/frameType";

/** Where an exhibit has nothing to show, a frame that says why. */
export function noteFrame(note: string): DataFrame {
  return createDataFrame([{ note }]);
}

/** Said where stored rows were not computed anew. */
export const NOTHING_RECHECKED =
  "Nothing was computed anew: it takes stored rows, and their images (roundlab data fetch mnist)";
