import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Network } from "../network/network";
import { networkChecksum } from "./appMaxExperiment";
import { summariseAgreement } from "./agreementSummary";
import { findRows, type StoredRun } from "./loadRuns";
import { ALL_RUNS, type NamedRun, type RunVariant } from "./namedRuns";
import type { AgreementRow } from "./runAgreement";
import type { AppMaxRow } from "./runAppMax";
import type { PointRow } from "./runPoints";
import { summarise } from "./summary";
import { runningHolder } from "./storeLock";

/** How far a named run has come. */
export interface RunStatus {
  readonly run: string;
  readonly variant: RunVariant;
  readonly points: number;
  /** How many the full size asks for. */
  readonly fullSize: number;
  /** Maxima certified, or verdicts reached; and the others. */
  readonly certified: number;
  readonly uncertified: number;
  /** Over the points so far; null without rows and for the other variant. */
  readonly E_T: number | null;
  readonly E_Xi: number | null;
  /** Least share of regions with a disagreement. */
  readonly leastShare: number | null;
  /** Points per second of one thread, over the latest rows; null without rows. */
  readonly pointsPerSecond: number | null;
  /** What the last session that added rows noted; null where it noted nothing. */
  readonly lastSession: object | null;
  /** The process that computes it at this moment; null while none does. */
  readonly process: number | null;
  readonly folder: string | null;
}

/** Rows that the rate is taken over. */
const LATEST = 100;

/** The state of every named run of these networks. */
export function runStatuses(networks: readonly Network[], folder: string): RunStatus[] {
  return networks.flatMap((network) => {
    const checksum = networkChecksum(network);
    return ALL_RUNS.filter((run) => run.network === network.name).map((run) =>
      statusOf(run, findRows<PointRow>(run, network, folder, checksum)),
    );
  });
}

function statusOf(run: NamedRun, found: StoredRun<PointRow> | undefined): RunStatus {
  const rows = found?.rows ?? [];
  const latest = rows.slice(-LATEST);
  const seconds = latest.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  return {
    run: run.name,
    variant: run.variant,
    points: rows.length,
    fullSize: run.points,
    ...proofOf(run, rows),
    pointsPerSecond: seconds > 0 ? latest.length / seconds : null,
    lastSession: found === undefined ? null : lastSession(found.folder),
    process: found === undefined ? null : (runningHolder(found.folder)?.pid ?? null),
    folder: found?.folder ?? null,
  };
}

type Proof = Pick<RunStatus, "certified" | "uncertified" | "E_T" | "E_Xi" | "leastShare">;

function proofOf({ variant }: NamedRun, rows: readonly PointRow[]): Proof {
  const nothing = { certified: 0, uncertified: 0, E_T: null, E_Xi: null, leastShare: null };
  if (rows.length === 0) return nothing;
  switch (variant) {
    case "appmax": {
      // The run's variant says what its rows are.
      const { certified, uncertified, E_T, E_Xi } = summarise(rows as readonly AppMaxRow[]);
      return { certified, uncertified, E_T, E_Xi, leastShare: null };
    }
    case "classification": {
      const { points, settled, leastShare } = summariseAgreement(rows as readonly AgreementRow[]);
      return { ...nothing, certified: settled, uncertified: points - settled, leastShare };
    }
  }
}

function lastSession(folder: string): object | null {
  const file = join(folder, "sessions.jsonl");
  if (!existsSync(file)) return null;
  const text = readFileSync(file, "utf8");
  // A line that is being written at this moment is not whole yet.
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  const last = lines[lines.length - 2];
  return last === undefined ? null : (JSON.parse(last) as object);
}
