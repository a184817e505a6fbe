import { keepFinished, interruptedRows } from "./interruptedRuns";
import { sessionFacts } from "./sessionFacts";
import { openRunStore } from "./store/store";
import { shareWork, type WorkOptions } from "./backend/workers";

/**
 * A run as data: numbered items (points, blocks of images), what is done for one of them, and what
 * decides all of that. Whatever it computes, it is stored, resumed, shared and interrupted alike.
 */
export interface ItemRun<Task, Answer, Row extends object> {
  /** Everything that decides a row: its hash names the store. */
  readonly experiment: object;
  /** The numbers of the items, each once, in the order in which rows are wanted. */
  readonly items: readonly number[];
  /** What the items are called: `points`. */
  readonly noun: string;
  readonly itemOf: (row: Row) => number;
  /** The worker's file, as `shareWork` takes it. */
  readonly worker: string;
  /** Makes what every worker is given; called only where something is left to do. */
  readonly dataOf: () => object;
  readonly taskOf: (item: number) => Task;
  readonly rowOf: (item: number, answer: Answer) => Row;
}

/** How the items of any run are done: nothing here changes a row. */
export interface RunningOptions {
  readonly workers?: number;
  /** Folder for stores: finished items are read from there and new ones are added. */
  readonly store?: string;
  /** What the store notes about this session; versions, commit and machine by default. */
  readonly sessionFacts?: object;
  readonly signal?: AbortSignal;
  /** What has the items answered; threads of this process by default. */
  readonly backend?: Backend;
}

/** What a run does with its rows, beyond keeping them. */
export interface ItemOptions<Row, Answer, Progress = never> extends RunningOptions {
  /** Called for every item, those there were first, then as they are done. */
  readonly onRow?: (row: Row, progress: ItemProgress) => void;
  /** Called for every item that is done now. */
  readonly onAnswer?: (item: number, answer: Answer) => void;
  /** Called with what workers tell of an item that they are at. */
  readonly onProgress?: (item: number, progress: Progress) => void;
  /**
   * Has all items done, also those there were, and called for each of the latter with its row as
   * found now and as it was; it throws where they may not differ so.
   */
  readonly checkAgain?: (now: Row, before: Row, folder: string | undefined) => void;
}

/**
 * Whatever has tasks answered: each once, in any order, by as many workers as there are. Answers
 * depend on their tasks alone, so all backends lead to the same rows.
 */
export type Backend = <Task, Answer, Progress = never>(
  worker: string,
  data: object,
  tasks: readonly (() => Task)[],
  options: WorkOptions<Answer, Progress>,
) => Promise<"finished" | "interrupted">;

export interface ItemProgress {
  readonly done: number;
  readonly total: number;
  /** How many of `done` came from the store. */
  readonly resumed: number;
}

export interface ItemOutcome<Row> {
  readonly kind: "finished" | "interrupted";
  /** The finished items, in the order of the run. */
  readonly rows: readonly Row[];
  /** Where the rows are stored, if they are. */
  readonly folder?: string;
}

/**
 * Does what is missing of a run and returns all of its rows. One process writes to a store; a row
 * is kept as soon as its item is done.
 */
export async function runItems<Task, Answer, Row extends object, Progress = never>(
  run: ItemRun<Task, Answer, Row>,
  options: ItemOptions<Row, Answer, Progress> = {},
): Promise<ItemOutcome<Row>> {
  const store =
    options.store === undefined
      ? undefined
      : openRunStore<Row>(options.store, run.experiment, {
          sessionFacts: options.sessionFacts ?? sessionFacts(options.workers),
        });
  try {
    const rows = new Map<number, Row>();
    const kept = { ...run, total: run.items.length, folder: store?.folder };
    const known = store?.rows ?? interruptedRows<Row>(run.experiment);
    const keep = (row: Row): void => store?.append(row);
    const work = (): Promise<void> =>
      doMissing(run, options, { known, rows, keep, folder: store?.folder });
    // A run with a signal of its own tells its caller what is finished.
    if (options.signal === undefined) await keepFinished(kept, () => [...rows.values()], work);
    else await work();
    store?.check();
    const finished = run.items.flatMap((item) => rows.get(item) ?? []);
    const kind = finished.length === run.items.length ? "finished" : "interrupted";
    return { kind, rows: finished, folder: store?.folder };
  } finally {
    store?.close();
  }
}

interface Rows<Row> {
  /** Rows that there were before. */
  readonly known: readonly Row[];
  /** Finished rows by item: filled here. */
  readonly rows: Map<number, Row>;
  readonly keep: (row: Row) => void;
  readonly folder: string | undefined;
}

async function doMissing<Task, Answer, Row extends object, Progress>(
  run: ItemRun<Task, Answer, Row>,
  options: ItemOptions<Row, Answer, Progress>,
  { known, rows, keep, folder }: Rows<Row>,
): Promise<void> {
  const { itemOf, rowOf } = run;
  const { checkAgain, backend = shareWork } = options;
  const wanted = new Set(run.items);
  const before = new Map<number, Row>();
  for (const row of known) if (wanted.has(itemOf(row))) before.set(itemOf(row), row);
  const resumed = checkAgain === undefined ? before.size : 0;
  const accept = (row: Row): void => {
    rows.set(itemOf(row), row);
    options.onRow?.(row, { done: rows.size, total: wanted.size, resumed });
  };
  if (checkAgain === undefined) before.forEach(accept);
  const missing = [...wanted].filter((item) => !rows.has(item));
  if (missing.length === 0) return;
  const tasks = missing.map((item) => () => run.taskOf(item));
  await backend<Task, Answer, Progress>(run.worker, run.dataOf(), tasks, {
    workers: options.workers,
    signal: options.signal,
    onProgress: (index, progress) => options.onProgress?.(missing[index], progress),
    onAnswer: (index, answer) => {
      const row = rowOf(missing[index], answer);
      const stored = before.get(missing[index]);
      if (stored === undefined) keep(row);
      else checkAgain?.(row, stored, folder);
      options.onAnswer?.(missing[index], answer);
      accept(row);
    },
  });
}
