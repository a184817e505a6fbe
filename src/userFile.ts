import { readFile, stat } from "node:fs/promises";
import { FormatError } from "./errors";
import { quoteName } from "./quoteName";
import { isMissing } from "./systemError";

/** What stands at a path that a user named. */
export type PathKind = "file" | "folder" | "other" | "missing";

/**
 * What stands at a path, links followed.
 *
 * @throws what the system says if it does not let us look: a folder on the way that may not be
 *   entered is no proof that there is no file
 */
export async function pathKind(path: string): Promise<PathKind> {
  try {
    const entry = await stat(path);
    if (entry.isFile()) return "file";
    return entry.isDirectory() ? "folder" : "other";
  } catch (error) {
    if (isMissing(error)) return "missing";
    throw error;
  }
}

/** Bytes that Node reads at once: 2 GiB less one. */
const LARGEST_FILE = 2 ** 31 - 1;

/**
 * The bytes of a file that a user named.
 *
 * @param largest  bytes that a file of its kind may have
 * @throws FormatError if it is larger, before anything of it is read; what the system says if it
 *   cannot be read
 */
export async function readUserFile(path: string, largest = LARGEST_FILE): Promise<Buffer> {
  const { size } = await stat(path);
  if (size > largest) {
    throw new FormatError(
      `${quoteName(path)} has ${size} bytes, and at most ${largest} are read; is it the right file?`,
    );
  }
  return readFile(path);
}
