import { StoreError, messageOf } from "../../errors";
import { codeOf } from "../../systemError";

/** What helps, by the code of a failed system call. */
const ADVICE: Readonly<Record<string, string>> = {
  EACCES: "permission is denied: name another folder, or have its permissions changed",
  EPERM: "it is not permitted: name another folder, or have its permissions changed",
  EROFS: "the file system is read-only: name a folder elsewhere",
  ENOSPC: "the disk is full: make room and run the same command again, finished rows are kept",
  EDQUOT: "the quota is used up: make room and run the same command again, finished rows are kept",
  ENOTDIR: "a part of the path is a file, not a folder: name another folder",
  EEXIST: "a file of that name is in the way: name another folder",
  EISDIR: "a folder stands where a file should: move it away",
  ENOENT: "it is not there: check the path",
  ELOOP: "its links lead in a circle: check the path",
  ENAMETOOLONG: "the path is too long: name a shorter one",
  EMFILE: "too many files are open: run fewer things at once",
  EIO: "the device failed: check the disk; rows are kept up to the failure",
  ERR_FS_FILE_TOO_LARGE: "it is too large to be read at once: is it the file of a run?",
  ERR_STRING_TOO_LONG: "it is too large to be read at once: is it the file of a run?",
};

/**
 * Does something to a file of a store.
 *
 * @param what  the verb for messages: `read`, `write a row to`
 * @throws StoreError saying what could not be done, where, why, and what helps
 */
export function atFile<T>(what: string, file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw fileError(what, file, cause);
  }
}

/** The failure of a system call on a file of a store, in one sentence. */
export function fileError(what: string, file: string, cause: unknown): StoreError {
  const code = codeOf(cause);
  const reason = messageOf(cause);
  const known = code === undefined ? undefined : ADVICE[code];
  const detail = known === undefined ? reason : `${known} (${code})`;
  return new StoreError(`cannot ${what} ${file}: ${detail}`, { cause });
}
