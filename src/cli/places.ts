import { accessSync, constants, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StoreError } from "../errors";
import { quoteName } from "../quoteName";
import { describeSystemError, isMissing } from "../systemError";
import { membersOf } from "../unknownValue";

/*
 * Looks at the places that a command line names before any work is done: what cannot be read or
 * written at the end should be said at the beginning.
 */

/** @throws StoreError, naming the option, unless a folder is there to be read */
export function requireFolder(folder: string, option: string): void {
  look(folder, option, () => {
    if (!statSync(folder).isDirectory()) throw systemError("ENOTDIR", folder);
    accessSync(folder, constants.R_OK | constants.X_OK);
  });
}

/** @throws StoreError, naming the option, unless files can be put into the folder or it be made */
export function requireFolderToWrite(folder: string, option: string): void {
  look(folder, option, () => requireWritable(nearest(resolve(folder))));
}

/** @throws StoreError, naming the option, unless the file can be written, or written anew */
export function requireFileToWrite(file: string, option: string): void {
  look(file, option, () => {
    if (nearest(resolve(file)) === resolve(file) && statSync(file).isDirectory())
      throw systemError("EISDIR", file);
    requireWritable(dirname(resolve(file)));
  });
}

/** The path itself, or the nearest folder above it that is there. */
function nearest(path: string): string {
  try {
    statSync(path);
    return path;
  } catch (error) {
    if (!isMissing(error) || dirname(path) === path) throw error;
    return nearest(dirname(path));
  }
}

function requireWritable(folder: string): void {
  if (!statSync(folder).isDirectory()) throw systemError("ENOTDIR", folder);
  accessSync(folder, constants.W_OK | constants.X_OK);
}

function systemError(code: string, path: string): Error {
  return Object.assign(new Error(code), { code, path });
}

function look(path: string, option: string, at: () => void): void {
  try {
    at();
  } catch (cause) {
    const reason = describeSystemError(cause);
    if (reason === undefined) throw cause;
    const isNamed = membersOf<{ path: string }>(cause).path === path;
    const place = isNamed ? "" : `${quoteName(path)} cannot be used: `;
    throw new StoreError(`${option}: ${place}${reason}`, { cause });
  }
}
