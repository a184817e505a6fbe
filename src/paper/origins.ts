import { declareColumns } from "../claim/column";
import { findRows } from "../experiment/loadRuns";
import { namedRun } from "../experiment/namedRuns";
import { describeMakers, originOfRun, type RunOrigin } from "../experiment/runOrigin";
import type { PointRow } from "../experiment/runPoints";
import { ownNetwork } from "./ownNetworks";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { noteFrame } from "./noteFrame";

/** Where the stored rows of some runs come from; runs without rows are left out. */
export async function originsOfRuns(names: readonly string[]): Promise<RunOrigin[]> {
  const origins: RunOrigin[] = [];
  for (const name of names) {
    const run = namedRun(name);
    const found = findRows<PointRow>(run, await ownNetwork(run.network));
    if (found !== undefined) origins.push(originOfRun(found));
  }
  return origins;
}

/** The columns of where rows come from. */
export const ORIGIN_FRAME_COLUMNS = declareColumns<RunOrigin, "makers", "makers">({
  run: { type: "text", meaning: "the stored run" },
  rows: { type: "integer", style: "count", meaning: "rows without a gap before them" },
  behindGap: {
    type: "integer",
    heading: "behind a gap, not used",
    meaning: "rows behind a point that is not stored",
  },
  method: { type: "integer", meaning: "version of the method, part of the run's key" },
  makers: {
    type: "text",
    heading: "made by",
    meaning: "versions of the program, and how many rows each made",
    read: ({ makers }) => describeMakers(makers),
  },
});

/** The same as a DataFrame. */
export async function originsFrame(names: readonly string[]): Promise<DataFrame> {
  const origins = await originsOfRuns(names);
  if (origins.length === 0) return noteFrame("This exhibit stands on no stored rows");
  return declaredFrame(ORIGIN_FRAME_COLUMNS, origins, {
    caption: "Which versions of the program made the rows; the method's is part of a run's key",
  });
}
