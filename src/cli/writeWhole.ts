import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { StoreError } from "../errors";
import { describeSystemError } from "../systemError";

/**
 * Writes a file of which nobody sees half: it is written beside its place and moved there.
 *
 * @param option  of the command, which names the place
 * @throws StoreError if it cannot be written
 */
export function writeWhole(file: string, content: string | Uint8Array, option: string): void {
  const partial = `${file}.${process.pid}.partial`;
  try {
    writeFileSync(partial, content);
    renameSync(partial, file);
  } catch (cause) {
    if (existsSync(partial)) rmSync(partial);
    const reason = describeSystemError(cause) ?? String(cause);
    throw new StoreError(`cannot write ${file} (${reason}); name another place with ${option}`, {
      cause,
    });
  }
}
