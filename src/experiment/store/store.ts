import * as fs from "node:fs";
import * as path from "node:path";
import { InvariantError, StoreError } from "../../errors";
import { makeFolder } from "./makeFolder";
import { unpackStore } from "./packStore";
import type { Fields } from "./fieldChecks";
import { rowKindOf, type RowKind } from "./rowChecks";
import { readBytes, readPacked, replaceFile } from "./storeBytes";
import { atFile } from "./storeError";
import { openLineFile, type WriteBytes } from "./storeFile";
import { checkRows, parseRows, wholeSize } from "./storeLines";
import { lockFolder } from "./storeLock";
import { PACKED_ROWS, readExperiment, ROW_LINES, storeFolder } from "./storePlace";

/**
 * The rows of one experiment on disk: `experiment.json` in its folder (`storeFolder`) says what was
 * computed,
 * `rows.jsonl` holds one finished row a line, `sessions.jsonl` what each session that added rows
 * ran with. Killing the process loses at most the rows in flight.
 */
export interface RunStore<Row> {
  readonly folder: string;
  /** The rows that were there when the store was opened, in the order of the file. */
  readonly rows: readonly Row[];
  /** Whether a line that was cut short by a kill was removed. */
  readonly isRepaired: boolean;
  /**
   * Adds a finished row; it is on disk (in the system's cache) when this returns.
   *
   * @throws StoreError if it cannot be written, or if the file or the lock is no longer this run's
   */
  append(row: Row): void;
  /** @throws StoreError if rows are gone that this run has read or written */
  check(): void;
  /** Lets others open the store. */
  close(): void;
}

/** How a store is opened. */
export interface StoreOptions {
  /** What is noted about this session, with its first row. */
  readonly sessionFacts?: object;
  /** For tests: how bytes are written. */
  readonly write?: WriteBytes;
}

/**
 * Opens or creates the store of an experiment, for this process alone.
 *
 * @throws StoreError if another running process has it, if a line is not a row of its kind, if the
 *         folder holds another experiment, or if it cannot be read or written
 */
export function openRunStore<Row extends object>(
  root: string,
  experiment: object,
  options: StoreOptions = {},
): RunStore<Row> {
  const kind = rowKindOf(experiment);
  const folder = storeFolder(root, experiment);
  atFile("create", folder, () => makeFolder(path.resolve(folder)));
  const lock = lockFolder(folder);
  try {
    writeExperiment(folder, experiment);
    const file = path.join(folder, ROW_LINES);
    const isRepaired = repair(file);
    const rows = rowsIn<Row>(folder, kind) ?? [];
    const isPacked = !fs.existsSync(file) && rows.length > 0;
    // What is packed stays so until a row is added to it.
    let lines = isPacked ? undefined : openLineFile(file, options.write);
    let isNoted = options.sessionFacts === undefined;
    const append = (row: Row): void => {
      // The row's own type says that it has fields.
      const fault = kind.fault(row as Fields);
      if (fault !== undefined)
        throw new InvariantError(`a row that was computed is wrong: ${fault}`);
      if (!lock.isHeld()) throw new StoreError(lostLock(folder));
      if (!isNoted) noteSession(folder, { ...options.sessionFacts, rowsBefore: rows.length });
      isNoted = true;
      if (lines === undefined) {
        unpackStore(folder);
        lines = openLineFile(file, options.write);
      }
      lines.append(JSON.stringify(row));
    };
    const close = (): void => {
      lines?.close();
      lock.release();
    };
    return { folder, rows, isRepaired, append, check: () => lines?.check(), close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

function lostLock(folder: string): string {
  return (
    `the lock of ${folder} is no longer this run's: somebody removed it, or another machine found this process ` +
    `silent for minutes; see whether another run is at work there, then run the same command again`
  );
}

/**
 * The rows of a store, read without opening it for writing; a torn last line is passed over.
 *
 * @throws StoreError naming file and line of what is no row of the folder's experiment
 * @example
 * const all = rl.readRows<rl.AppMaxRow>(rl.loadRun("net1-half-mnist-test", net1).folder);
 * all.length
 */
export function readRows<Row>(folder: string): Row[] {
  if (![ROW_LINES, PACKED_ROWS].some((name) => fs.existsSync(path.join(folder, name)))) {
    throw new StoreError(`${folder} has no ${ROW_LINES}; is it the folder of a run?`);
  }
  return rowsIn<Row>(folder, rowKindOf(readExperiment(folder))) ?? [];
}

/** What is different once rows of a store have changed: sizes, times and places of its files. */
export function versionOfRows(folder: string): string {
  const files = ["experiment.json", ROW_LINES, PACKED_ROWS].map((name) => {
    const { size, mtimeMs, ino } =
      fs.statSync(path.join(folder, name), { throwIfNoEntry: false }) ?? {};
    return [size, mtimeMs, ino];
  });
  return JSON.stringify(files);
}

/** The rows of a folder in either form; where both are there, the lines are complete. */
function rowsIn<Row>(folder: string, kind: RowKind): Row[] | undefined {
  const lines = path.join(folder, ROW_LINES);
  if (fs.existsSync(lines)) return parseRows<Row>(readBytes(lines), lines, kind);
  const packed = path.join(folder, PACKED_ROWS);
  if (!fs.existsSync(packed)) return undefined;
  return checkRows<Row>(readPacked(packed), "row", packed, kind);
}

function writeExperiment(folder: string, experiment: object): void {
  const file = path.join(folder, "experiment.json");
  if (fs.existsSync(file)) {
    readExperiment(folder);
    return;
  }
  replaceFile(file, Buffer.from(`${JSON.stringify(experiment, null, 2)}\n`));
}

/** Adds a line about this session, just before its first row. */
function noteSession(folder: string, facts: object): void {
  const file = path.join(folder, "sessions.jsonl");
  repair(file);
  const lines = openLineFile(file);
  try {
    lines.append(JSON.stringify(facts));
  } finally {
    lines.close();
  }
}

/** Removes a line that a kill cut short; says whether there was one. */
function repair(file: string): boolean {
  if (!fs.existsSync(file)) return false;
  const bytes = readBytes(file);
  const whole = wholeSize(bytes);
  if (whole === bytes.length) return false;
  atFile("repair", file, () => fs.truncateSync(file, whole));
  return true;
}
