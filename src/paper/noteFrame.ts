import { createDataFrame } from "../present/dataFrame";
import type { DataFrame } from "../present/frameType";

/** Where an exhibit has nothing to show, a frame that says why. */
export function noteFrame(note: string): DataFrame {
  return createDataFrame([{ note }]);
}
