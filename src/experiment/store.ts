import * as fs from "node:fs";
import * as path from "node:path";
import { StoreError } from "../errors";
import { experimentKey } from "./appMaxExperiment";

/**
 * The rows of one experiment on disk: `<root>/<key>/experiment.json` says what was computed,
 * `rows.jsonl` holds one finished row a line, `sessions.jsonl` what each session that added rows
 * ran with. Killing the process loses at most the rows in flight.
 */
export interface RunStore<Row> {
  readonly folder: string;
  /** The rows that were there when the store was opened, in the order of the file. */
  readonly rows: readonly Row[];
  /** Whether a line that was cut short by a kill was removed. */
  readonly isRepaired: boolean;
  /** Adds a finished row; it is on disk (in the system's cache) when this returns. */
  append(row: Row): void;
  /** Lets others open the store. */
  close(): void;
}

/**
 * Opens or creates the store of an experiment, for this process alone.
 *
 * @throws StoreError if another running process has it, if a line in its middle is not JSON, or if
 *         the folder holds another experiment
 */
export function openRunStore<Row>(
  root: string,
  experiment: object,
  sessionFacts?: object,
): RunStore<Row> {
  const folder = path.join(root, experimentKey(experiment));
  fs.mkdirSync(folder, { recursive: true });
  const unlock = lockFolder(folder);
  try {
    writeExperiment(folder, experiment);
    const file = path.join(folder, "rows.jsonl");
    const { rows, isRepaired } = readAndRepair<Row>(file);
    const handle = fs.openSync(file, "a");
    const close = (): void => {
      fs.closeSync(handle);
      unlock();
    };
    let isNoted = sessionFacts === undefined;
    const append = (row: Row): void => {
      if (!isNoted) noteSession(folder, { ...sessionFacts, rowsBefore: rows.length });
      isNoted = true;
      fs.writeSync(handle, `${JSON.stringify(row)}\n`);
    };
    return { folder, rows, isRepaired, append, close };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** The rows of a store, read without opening it for writing; a torn last line is passed over. */
export function readRows<Row>(folder: string): Row[] {
  const file = path.join(folder, "rows.jsonl");
  if (!fs.existsSync(file)) {
    throw new StoreError(`${folder} has no rows.jsonl; is it the folder of a run?`);
  }
  return parseLines<Row>(fs.readFileSync(file, "utf8"), file).rows;
}

/**
 * The experiments of all stores below a folder, in the order of their keys; none where there is no
 * folder.
 */
export function listStores<Experiment>(
  root: string,
): { readonly folder: string; readonly experiment: Experiment }[] {
  if (!fs.existsSync(root)) return [];
  return fs
    .readdirSync(root)
    .sort()
    .map((key) => path.join(root, key))
    .filter((folder) => fs.existsSync(path.join(folder, "experiment.json")))
    .map((folder) => {
      const text = fs.readFileSync(path.join(folder, "experiment.json"), "utf8");
      return { folder, experiment: JSON.parse(text) as Experiment };
    });
}

/** The running process that has a store open for writing, if there is one. */
export function writingProcess(folder: string): number | undefined {
  const file = path.join(folder, "lock");
  if (!fs.existsSync(file)) return undefined;
  const holder = Number(fs.readFileSync(file, "utf8"));
  return isRunning(holder) ? holder : undefined;
}

function lockFolder(folder: string): () => void {
  const file = path.join(folder, "lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: "wx" });
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = Number(fs.readFileSync(file, "utf8"));
      if (isRunning(holder)) {
        throw new StoreError(
          `the run in ${folder} is being written by process ${holder}; wait for it or end it first`,
        );
      }
      // Its process was killed: the lock is nobody's.
      fs.rmSync(file, { force: true });
    }
  }
  throw new StoreError(`the lock of ${folder} is taken again and again; is another run starting?`);
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function writeExperiment(folder: string, experiment: object): void {
  const file = path.join(folder, "experiment.json");
  if (fs.existsSync(file)) {
    const found = experimentKey(JSON.parse(fs.readFileSync(file, "utf8")) as object);
    if (found !== experimentKey(experiment)) {
      throw new StoreError(
        `${file} describes another experiment (${found}); was the folder renamed or edited?`,
      );
    }
    return;
  }
  const partial = `${file}.partial`;
  fs.writeFileSync(partial, `${JSON.stringify(experiment, null, 2)}\n`);
  fs.renameSync(partial, file);
}

/** Adds a line about this session, just before its first row. */
function noteSession(folder: string, facts: object): void {
  fs.appendFileSync(path.join(folder, "sessions.jsonl"), `${JSON.stringify(facts)}\n`);
}

function readAndRepair<Row>(file: string): { rows: Row[]; isRepaired: boolean } {
  if (!fs.existsSync(file)) return { rows: [], isRepaired: false };
  const text = fs.readFileSync(file, "utf8");
  const { rows, wholeLength } = parseLines<Row>(text, file);
  const isTorn = wholeLength < text.length;
  if (isTorn) fs.truncateSync(file, Buffer.byteLength(text.slice(0, wholeLength)));
  return { rows, isRepaired: isTorn };
}

/** The rows of all whole lines, and how many characters these take. */
function parseLines<Row>(text: string, file: string): { rows: Row[]; wholeLength: number } {
  const wholeLength = text.lastIndexOf("\n") + 1;
  const lines = text.slice(0, wholeLength).split("\n").slice(0, -1);
  const rows = lines.map((line, index) => {
    try {
      return JSON.parse(line) as Row;
    } catch (cause) {
      throw new StoreError(
        `line ${index + 1} of ${file} is not JSON; restore the file or remove that line`,
        { cause },
      );
    }
  });
  return { rows, wholeLength };
}
