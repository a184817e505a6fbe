import { declareColumns } from "../claim/column";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";

const NOTE_COLUMNS = declareColumns<{ readonly note: string }>({
  note: { type: "text", meaning: "why there is nothing to show" },
});

/** Where an exhibit has nothing to show, a frame that says why. */
export function noteFrame(note: string): DataFrame {
  return declaredFrame(NOTE_COLUMNS, [{ note }]);
}

/** Said where stored rows were not computed anew. */
export const NOTHING_RECHECKED =
  "Nothing was computed anew: it takes stored rows, and their images (roundlab data fetch mnist)";
