import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { StoredRun } from "./loadRuns";
import type { ColumnValues } from "./variant/rowColumns";
import type { PointRow } from "./runPoints";
import { readRows } from "./store/store";
import { atFile } from "./store/storeError";
import { parseLines } from "./store/storeLines";

/** What a session that added rows to a store noted: what it computed with, as far as it says. */
export interface StoredSession {
  /** How many rows there were already: the session's own begin on the next line. */
  readonly rowsBefore?: number;
  readonly startedAt?: string;
  readonly commit?: string;
}

/**
 * The sessions of a store in their order; none where nothing is noted.
 *
 * @throws StoreError naming the line that is damaged
 */
export function readSessions(folder: string): StoredSession[] {
  const file = join(folder, "sessions.jsonl");
  if (!existsSync(file)) return [];
  const lines = parseLines(
    atFile("read", file, () => readFileSync(file)),
    file,
  );
  // Every field is optional, and what else a line says is its writer's.
  return lines.filter((line) => typeof line === "object" && line !== null);
}

/** What is exported beside the columns of a row: what made it, the same for both variants. */
export const ORIGIN_COLUMNS = [
  {
    name: "method",
    type: "integer",
    meaning: "version of the method that made the row, as `experiment.json` has it",
  },
  {
    name: "commit",
    type: "text",
    meaning: "of the session that made the row; none where sessions were not noted yet",
  },
] as const;

/** The origin of the rows of a run, in their order. */
export function originsOf({ experiment, folder, rows }: StoredRun<PointRow>): ColumnValues[] {
  const sessions = readSessions(folder);
  const lineOf = new Map(readRows<PointRow>(folder).map(({ point }, index) => [point, index]));
  const commitOf = ({ point }: PointRow): string | null => {
    const line = lineOf.get(point) ?? -1;
    const own = sessions.filter(({ rowsBefore = Infinity }) => rowsBefore <= line).at(-1);
    return own?.commit ?? null;
  };
  const [method, commit] = ORIGIN_COLUMNS;
  return [
    { ...method, values: rows.map(() => experiment.method) },
    { ...commit, values: rows.map(commitOf) },
  ];
}
