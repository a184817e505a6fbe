import { ArgumentError } from "../errors";
import { createTwins } from "../analyse/twin";
import { parseDomain, PIXEL_DOMAIN } from "../analyse/domain";
import { labelOf, pointOf, type Dataset } from "../dataset/dataset";
import type { Network } from "../network/network";
import { checkSolver } from "./engines";
import { APPMAX_METHOD, networkChecksum, type AppMaxExperiment } from "./appMaxExperiment";
import type { AppMaxAnswer, AppMaxTask } from "./appMaxTask";
import type { AppMaxWorkerData } from "./appMaxWorker";
import { shareNetwork } from "./sharedNetwork";
import { openRunStore, type RunStore } from "./store";
import { shareWork } from "./workers";

/** One point of an AppMax run, as it is stored and printed. Errors are L1 over the logits. */
export interface AppMaxRow {
  readonly point: number;
  readonly label: number;
  /** E(x): attained at the data point. */
  readonly error: number;
  /** E at the witness: attained. */
  readonly maximum: number;
  /** Proved for the point's polytope: a bound. */
  readonly upperBound: number;
  /** (upperBound − maximum) / max(maximum, 0.01). */
  readonly gap: number;
  readonly iterations: number;
  readonly milliseconds: number;
  readonly solver: string;
  readonly status: "certified" | "uncertified";
  readonly rowsGenerated: number;
  readonly violation: number;
  /** Why it is uncertified, or why an earlier solver's answer was not taken; absent otherwise. */
  readonly reason?: string;
}

/** What an AppMax run computes. */
export interface AppMaxRun {
  readonly network: Network;
  readonly approximated: Network;
  /** The approximation's short name, for provenance. */
  readonly approximation: string;
  readonly dataset: Dataset;
  /** Indices into the data set. */
  readonly points: readonly number[];
  readonly domain?: string;
  readonly solver?: string;
}

/** How an AppMax run is computed: nothing here changes a number. */
export interface RunOptions {
  readonly workers?: number;
  /** Folder for stores: finished points are read from there and new ones are added. */
  readonly store?: string;
  /** What the store notes about this session: versions, commit, machine. */
  readonly sessionFacts?: object;
  readonly signal?: AbortSignal;
  /** Called for every point, stored ones first, then as they are solved. */
  readonly onRow?: (row: AppMaxRow, progress: RunProgress) => void;
  /** Gives up on a point after this long and keeps the interval proved so far. Off by default. */
  readonly timeLimitMilliseconds?: number;
  /** Called with the witness of every point solved now. */
  readonly onWitness?: (point: number, witness: Float64Array) => void;
}

export interface RunProgress {
  readonly done: number;
  readonly total: number;
  /** How many of `done` came from the store. */
  readonly resumed: number;
  /** The largest attained error so far. */
  readonly best: number;
}

export interface AppMaxOutcome {
  readonly kind: "finished" | "interrupted";
  /** The finished points, in the order of `points`. */
  readonly rows: readonly AppMaxRow[];
  readonly experiment: AppMaxExperiment;
  /** Where the rows are stored, if they are. */
  readonly folder?: string;
}

/**
 * AppMax at many points on worker threads. The rows' numbers (all but `milliseconds`) depend neither on
 * the number of workers nor on which rows came from the store.
 *
 * @throws ArgumentError if a point is not in the data set, ShapeError if the networks do not fit it
 */
export async function runAppMax(run: AppMaxRun, options: RunOptions = {}): Promise<AppMaxOutcome> {
  checkRun(run);
  const experiment = experimentOf(run);
  const store =
    options.store === undefined
      ? undefined
      : openRunStore<AppMaxRow>(options.store, experiment, options.sessionFacts);
  try {
    const rows = await solveMissing(run, options, store);
    const finished = run.points.flatMap((point) => rows.get(point) ?? []);
    const kind = finished.length === run.points.length ? "finished" : "interrupted";
    return { kind, rows: finished, experiment, folder: store?.folder };
  } finally {
    store?.close();
  }
}

function checkRun(run: AppMaxRun): void {
  createTwins(run.network, run.approximated);
  parseDomain(run.domain ?? PIXEL_DOMAIN.kind);
  checkSolver(run.solver ?? "auto");
  if (run.points.length === 0)
    throw new ArgumentError("a run needs at least one point, found none");
  const pixels = run.dataset.rows * run.dataset.columns;
  if (pixels !== run.network.inputSize) {
    throw new ArgumentError(
      `network ${run.network.name} takes ${run.network.inputSize} inputs, but images of ` +
        `${run.dataset.name} have ${pixels} pixels`,
    );
  }
  for (const point of run.points) labelOf(run.dataset, point);
}

/** The experiment a run belongs to. */
export function experimentOf(run: AppMaxRun): AppMaxExperiment {
  return {
    kind: "appmax",
    method: APPMAX_METHOD,
    network: run.network.name,
    networkChecksum: networkChecksum(run.network),
    approximation: run.approximation,
    approximatedChecksum: networkChecksum(run.approximated),
    domain: run.domain ?? PIXEL_DOMAIN.kind,
    dataset: run.dataset.name,
    datasetChecksum: run.dataset.checksum,
    solver: run.solver ?? "auto",
  };
}

async function solveMissing(
  run: AppMaxRun,
  options: RunOptions,
  store: RunStore<AppMaxRow> | undefined,
): Promise<Map<number, AppMaxRow>> {
  const wanted = new Set(run.points);
  const rows = new Map<number, AppMaxRow>();
  let best = 0;
  let resumed = 0;
  const accept = (row: AppMaxRow): void => {
    rows.set(row.point, row);
    best = Math.max(best, row.maximum);
    options.onRow?.(row, { done: rows.size, total: wanted.size, resumed, best });
  };
  for (const row of store?.rows ?? []) {
    if (!wanted.has(row.point) || rows.has(row.point)) continue;
    resumed++;
    accept(row);
  }

  const missing = [...wanted].filter((point) => !rows.has(point));
  const tasks = missing.map((point): AppMaxTask => ({ point, x: pointOf(run.dataset, point) }));
  const data: Omit<AppMaxWorkerData, "stop"> = {
    network: shareNetwork(run.network),
    approximated: shareNetwork(run.approximated),
    domain: run.domain ?? PIXEL_DOMAIN.kind,
    solver: run.solver ?? "auto",
    timeLimitMilliseconds: options.timeLimitMilliseconds,
  };
  await shareWork<AppMaxTask, AppMaxAnswer>("appMaxWorker", data, tasks, {
    workers: options.workers,
    signal: options.signal,
    onAnswer: (index, answer) => {
      const row = rowOfAnswer(missing[index], labelOf(run.dataset, missing[index]), answer);
      store?.append(row);
      options.onWitness?.(row.point, answer.witness);
      accept(row);
    },
  });
  return rows;
}

function rowOfAnswer(point: number, label: number, answer: AppMaxAnswer): AppMaxRow {
  const { error, maximum, upperBound, gap, iterations, milliseconds, solver, status } = answer;
  return {
    point,
    label,
    error,
    maximum,
    upperBound,
    gap,
    iterations,
    milliseconds: Math.round(milliseconds * 10) / 10,
    solver,
    status,
    rowsGenerated: answer.rowsGenerated,
    violation: answer.violation,
    ...(answer.reason === "" ? {} : { reason: answer.reason }),
  };
}
