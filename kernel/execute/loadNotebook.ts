import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ArgumentError, FormatError } from "../../src/errors";
import { codeOf, reasonOf } from "../../src/systemError";
import { parseNotebook, type Notebook } from "./notebook";

/** The most bytes that a notebook may have: a text in V8 ends at 512 MB. */
const LARGEST_SIZE = 2 ** 29 - 25;

function readBytes(path: string): Buffer {
  try {
    // Before anything is read: a sparse file of terabytes costs nothing to make.
    const { size } = statSync(path);
    if (size > LARGEST_SIZE)
      throw new ArgumentError(`it has ${size} bytes, and at most ${LARGEST_SIZE} can be read`);
    return readFileSync(path);
  } catch (error) {
    const reasons: Record<string, string> = {
      ENOENT: "there is no such file",
      ENOTDIR: "there is no such file: a part of its path is a file",
      EISDIR: `it is a folder; name the notebooks in it, such as ${join(path, "*.ipynb")}`,
    };
    const reason = reasons[codeOf(error) ?? ""] ?? reasonOf(error);
    throw new ArgumentError(`notebook ${path} cannot be read: ${reason}`, { cause: error });
  }
}

/** The text of a file that must be UTF-8: what is not would be written back as U+FFFD. */
function decodeText(bytes: Buffer, path: string): string {
  if (bytes.length === 0) throw new FormatError(`notebook ${path} is empty; was it written whole?`);
  const [first, second] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const advice = "save it anew as UTF-8 (nothing was run, the file is as it was)";
  if (isUtf16) throw new FormatError(`notebook ${path} is UTF-16, expected UTF-8; ${advice}`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FormatError(`notebook ${path} is not UTF-8; ${advice}`, { cause: error });
  }
}

/**
 * Reads a notebook from disk.
 *
 * @throws ArgumentError if the file cannot be read, FormatError if it is not a notebook
 */
export function loadNotebook(path: string): Notebook {
  return parseNotebook(decodeText(readBytes(path), path), path);
}
