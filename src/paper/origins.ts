import { findRows } from "../experiment/loadRuns";
import { namedRun } from "../experiment/namedRuns";
import { describeMakers, originOfRun, type RunOrigin } from "../experiment/runOrigin";
import type { PointRow } from "../experiment/runPoints";
import { ownNetwork } from "./ownNetworks";
import { createDataFrame } from "../present/frame/dataFrame";
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

/** The same as a DataFrame. */
export async function originsFrame(names: readonly string[]): Promise<DataFrame> {
  const origins = await originsOfRuns(names);
  if (origins.length === 0) return noteFrame("This exhibit stands on no stored rows");
  const data = origins.map(({ makers, ...origin }) => ({
    ...origin,
    makers: describeMakers(makers),
  }));
  return createDataFrame(data, {
    caption: "Which versions of the program made the rows; the method's is part of a run's key",
    columns: ["run", "rows", "behindGap", "method", "makers"],
    notes: {
      rows: { style: "count" },
      behindGap: { label: "behind a gap, not used" },
      makers: { label: "made by" },
    },
  });
}
