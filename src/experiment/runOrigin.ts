import type { StoredRun } from "./loadRuns";
import type { PointRow } from "./runPoints";
import { originsOf } from "./sessions";

/** Which versions of the program made the rows of a run. */
export interface RunOrigin {
  readonly run: string;
  readonly rows: number;
  /** Rows that are stored behind a point which is not: nothing stands on them. */
  readonly behindGap: number;
  /** The version of the method, which is part of the run's key. */
  readonly method: number;
  /** Commits in the order of their rows; null for rows made before sessions were noted. */
  readonly makers: readonly RowMaker[];
}

/** A version of the program and how many rows it made. */
export interface RowMaker {
  readonly commit: string | null;
  readonly rows: number;
}

/** What the sessions of a run's store say of its rows. */
export function originOfRun(found: StoredRun<PointRow>): RunOrigin {
  const commits = originsOf(found).find(({ name }) => name === "commit")?.values ?? [];
  const counts = new Map<string | null, number>();
  for (const value of commits) {
    const commit = value === null ? null : String(value);
    counts.set(commit, (counts.get(commit) ?? 0) + 1);
  }
  return {
    run: found.run.name,
    rows: found.rows.length,
    behindGap: found.behindGap,
    method: found.experiment.method,
    makers: [...counts].map(([commit, rows]) => ({ commit, rows })),
  };
}

/** The makers in words: `2 versions: 50 rows before sessions were noted, 1950 by 3faba3229e16`. */
export function describeMakers(makers: readonly RowMaker[]): string {
  const parts = makers.map(({ commit, rows }) =>
    commit === null ? `${rows} rows before sessions were noted` : `${rows} by ${commit}`,
  );
  const versions = makers.length === 1 ? "1 version" : `${makers.length} versions`;
  return `${versions}: ${parts.join(", ")}`;
}
