import type { Network } from "../network/network";
import { networkChecksum } from "./appMaxExperiment";
import { summariseAgreement } from "./variant/agreementSummary";
import { findRows, orderOfRun, type StoredRun } from "./loadRuns";
import { ALL_RUNS, type NamedRun, type RunVariant } from "./namedRuns";
import type { AgreementRow } from "./variant/runAgreement";
import type { AppMaxRow } from "./variant/runAppMax";
import type { PointRow } from "./runPoints";
import { readSessions } from "./sessions";
import { summarise } from "./variant/summary";
import { runningHolder } from "./store/storeLock";

/** How far a named run has come. */
export interface RunStatus {
  readonly run: string;
  readonly variant: RunVariant;
  readonly points: number;
  /** Rows that are stored behind a point which is not: nothing stands on them yet. */
  readonly behindGap: number;
  /** How many the full size asks for; of a second pass, how many regions are open by now. */
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
  /** The version of the method that made the rows; null without rows. */
  readonly method: number | null;
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
      statusOf(
        run,
        findRows<PointRow>(run, network, folder, checksum),
        orderOfRun(run, network, folder, checksum).points.length,
      ),
    );
  });
}

function statusOf(
  run: NamedRun,
  found: StoredRun<PointRow> | undefined,
  fullSize: number,
): RunStatus {
  const rows = found?.rows ?? [];
  const latest = rows.slice(-LATEST);
  const seconds = latest.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
  return {
    run: run.name,
    variant: run.variant,
    points: rows.length,
    behindGap: found?.behindGap ?? 0,
    fullSize,
    ...proofOf(run, rows),
    pointsPerSecond: seconds > 0 ? latest.length / seconds : null,
    method: found?.experiment.method ?? null,
    lastSession: found === undefined ? null : (readSessions(found.folder).at(-1) ?? null),
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
    case "agreement": {
      // So it does here.
      const { points, settled, leastShare } = summariseAgreement(rows as readonly AgreementRow[]);
      return { ...nothing, certified: settled, uncertified: points - settled, leastShare };
    }
  }
}
