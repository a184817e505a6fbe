import {
  chmodSync,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { StoreError } from "./errors";
import { reasonOf } from "./systemError";

/*
 * Files of which nobody sees half: they are written beside their place and moved there. The one
 * home of what commands and executed notebooks write.
 */

/** The file itself, where the path is a symbolic link to it. */
const targetOf = (path: string): string => (existsSync(path) ? realpathSync(path) : path);

/** Where a file is written before it is moved; another process writes elsewhere. */
export const partialOf = (path: string): string => `${targetOf(path)}.${process.pid}.partial`;

/** Removes what a failed attempt may have left. */
export function forget(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // `force` passes over a missing file, but not over one whose folder is none: it never was.
  }
}

/**
 * Writes a file so that it is there whole or not at all. A file that it replaces keeps its mode; a
 * symbolic link goes on pointing to it.
 *
 * @param option  of the command line, which names the place, if one does
 * @throws StoreError with the reason if it cannot be written
 */
export function writeWhole(path: string, content: string | Uint8Array, option?: string): void {
  const [target, partial] = [targetOf(path), partialOf(path)];
  try {
    writeFileSync(partial, content);
    if (existsSync(target)) chmodSync(partial, statSync(target).mode);
    renameSync(partial, target);
  } catch (cause) {
    forget(partial);
    const advice = option === undefined ? "" : `; name another place with ${option}`;
    throw new StoreError(`${path} cannot be written: ${reasonOf(cause)}${advice}`, { cause });
  }
}
