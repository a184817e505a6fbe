import * as fs from "node:fs";
import { StoreError } from "../../errors";
import { atFile, fileError } from "./storeError";

/** A file that whole lines are added to, by this process alone. */
export interface LineFile {
  /**
   * Adds a line; it is on disk (in the system's cache) when this returns. Otherwise nothing of it
   * is.
   */
  append(line: string): void;
  /** @throws StoreError if the file is no longer the one that this process wrote */
  check(): void;
  close(): void;
}

/** Writes bytes at the end of a file and says how many: all, or fewer, as the system can. */
export type WriteBytes = (handle: number, bytes: Uint8Array, from: number) => number;

const writeBytes: WriteBytes = (handle, bytes, from) => fs.writeSync(handle, bytes, from);

/**
 * Opens a file for adding lines, and makes it if it is not there. It must end with a whole line.
 *
 * @param write  for tests: how bytes are written
 */
export function openLineFile(file: string, write: WriteBytes = writeBytes): LineFile {
  const handle = atFile("open", file, () => fs.openSync(file, "a"));
  let size = fs.fstatSync(handle).size;
  const check = (): void => checkFile(file, handle, size);
  const append = (line: string): void => {
    check();
    const bytes = Buffer.from(`${line}\n`);
    try {
      for (let from = 0; from < bytes.length;) {
        const count = write(handle, bytes, from);
        if (!(count > 0))
          throw new StoreError(`the system took none of ${bytes.length - from} bytes`);
        from += count;
      }
    } catch (error) {
      cutBack(file, handle, size, error);
      throw fileError("add a line to", file, error);
    }
    size += bytes.length;
  };
  return { append, check, close: () => fs.closeSync(handle) };
}

/** Takes off what was written of a line, so that what is written next does not stand behind it. */
function cutBack(file: string, handle: number, size: number, reason: unknown): void {
  try {
    fs.ftruncateSync(handle, size);
  } catch {
    // `check` refuses what would be added to a torn line, and opening the store again removes it.
    if (fs.fstatSync(handle).size !== size) throw fileError("add a whole line to", file, reason);
  }
}

/** Compares the file with what this process has written. */
function checkFile(file: string, handle: number, size: number): void {
  const own = fs.fstatSync(handle, { bigint: true });
  const options = { bigint: true, throwIfNoEntry: false } as const;
  const named = atFile("look for", file, () => fs.statSync(file, options));
  if (named?.ino !== own.ino || named.dev !== own.dev) {
    const what = named === undefined ? "removed" : "replaced";
    throw new StoreError(
      `${file} was ${what} while this run was adding to it: find out what did, then run the same command again; ` +
        `rows that are gone are computed anew`,
    );
  }
  if (Number(own.size) === size) return;
  const what = Number(own.size) < size ? "cut" : "added to by something else";
  throw new StoreError(
    `${file} was ${what} while this run was adding to it: expected ${size} bytes, found ${own.size}; ` +
      `find out what changed it, then run the same command again: rows that are gone are computed anew`,
  );
}
