import { adviseOnInterrupt, cellSignal } from "../cellSignal";
import { experimentKey } from "./appMaxExperiment";

/** How many interrupted runs are remembered. */
const REMEMBERED = 16;

/**
 * Rows of runs without a store that an interrupt of their notebook cell ended, by the key of their
 * experiment, the last run last. They live as long as the kernel's process, as variables do.
 */
const interrupted = new Map<string, readonly object[]>();

/** The rows that an interrupted run of this experiment has left. */
export function interruptedRows<Row extends object>(experiment: object): readonly Row[] {
  // The key of an experiment names one kind of run, whose rows are of one kind.
  return (interrupted.get(experimentKey(experiment)) ?? []) as readonly Row[];
}

/**
 * The finished rows of the run that the last interrupt of a notebook cell ended; the same run, run
 * again, goes on from them. Empty if there is none.
 *
 * @example
 * const left = rl.finishedRows<rl.AppMaxRow>();
 */
export function finishedRows<Row extends object>(): readonly Row[] {
  // What a run computed is what its caller takes it for, as with `runAppMax` itself.
  return ([...interrupted.values()].at(-1) ?? []) as readonly Row[];
}

/**
 * Does the work of a run; if an interrupt of the cell ends it, the rows finished by then are kept
 * and the error of the cell says how to get them.
 *
 * @param finished  the rows that are finished now
 * @param folder  the store that keeps them anyway
 */
export async function keepFinished<Result>(
  run: {
    readonly experiment: object;
    readonly total: number;
    /** What is counted: `points`. */
    readonly noun: string;
    readonly folder?: string;
  },
  finished: () => readonly object[],
  work: () => Promise<Result>,
): Promise<Result> {
  const signal = cellSignal();
  const key = experimentKey(run.experiment);
  const keep = (): void => {
    const rows = finished();
    if (signal === undefined || rows.length === 0) return;
    const count = `${rows.length} of ${run.total} ${run.noun} are finished`;
    const { folder } = run;
    if (folder !== undefined)
      return adviseOnInterrupt(signal, `${count} and stored in ${folder}: run the cell again`);
    interrupted.delete(key);
    interrupted.set(key, rows);
    for (const oldest of interrupted.keys()) {
      if (interrupted.size <= REMEMBERED) break;
      interrupted.delete(oldest);
    }
    adviseOnInterrupt(
      signal,
      `${count}: rl.finishedRows() has them, and the cell, run again, goes on from there`,
    );
  };
  signal?.addEventListener("abort", keep);
  try {
    const result = await work();
    // A shorter run leaves the longer one its rows.
    if ((interrupted.get(key)?.length ?? 0) <= run.total) interrupted.delete(key);
    return result;
  } finally {
    signal?.removeEventListener("abort", keep);
  }
}
