import { quoteName } from "./quoteName";
import { messageOf } from "./errors";

/**
 * Failures that the operating system or Node reports by a code, told as one sentence: what is
 * wrong, where, and what to do. They come from the machine, not from RoundLab, so a stack of ours
 * would tell the reader nothing.
 */

/** What Node attaches to such a failure. */
interface SystemError extends Error {
  readonly code: string;
  readonly syscall?: string;
  readonly path?: string;
  readonly dest?: string;
}

/** What is wrong, and what to do about it. */
interface Explanation {
  readonly what: string;
  readonly advice: string;
}

const say = (what: string, advice: string): Explanation => ({ what, advice });

const PERMISSION = say(
  "this user has no permission to read or write it",
  "change its permissions, or name another place",
);
const DISK = say("the disk is full", "make room on it, or name a place on another disk");
const LARGE = say("it is larger than can be read at once", "name the right file");
const OPEN_FILES = say("too many files are open", "close some, or raise the limit (ulimit -n)");

/** Characters of a path that a message shows: enough to know it by. */
const LONGEST_PATH = 300;

/** By code; the words fit after the name of the place. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOENT: say("there is no such file or folder", "check the name, or make its folder first"),
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EROFS: say("it stands on a file system that is read only", "name another place"),
  EISDIR: say("it is a folder, and a file is needed", "name a file"),
  ENOTDIR: say("a file stands where a folder is needed", "name a folder"),
  EEXIST: say("something else is there already", "remove it, or name another place"),
  ENOTEMPTY: say("the folder is not empty", "empty it, or name another place"),
  ENOSPC: DISK,
  EDQUOT: say("this user's share of the disk is used up", "make room, or name another disk"),
  EFBIG: say("the file would be larger than is allowed here", "raise the limit (ulimit -f)"),
  ENAMETOOLONG: say("the name is longer than the file system takes", "name a shorter one"),
  ELOOP: say("its links lead round in a circle", "mend the links, or name another place"),
  EMFILE: OPEN_FILES,
  ENFILE: OPEN_FILES,
  EIO: say("the disk did not answer as it should", "check the disk, or name another place"),
  EBUSY: say("another program is using it", "end that program, or name another place"),
  ETXTBSY: say("another program is running it", "end that program, or name another place"),
  EXDEV: say("it stands on another disk than its folder", "name another place"),
  ENXIO: say("it is a device or a pipe that nobody serves", "name a file"),
  ENODEV: say("it is a device that is not there", "name a file"),
  EINVAL: say("the system refuses to do this with it", "name an ordinary file or folder"),
  ENOMEM: say("the machine has no memory left", "end other programs, or use fewer --workers"),
  EPIPE: say("the reader at the other end is gone", "start the reader again"),
  EBADF: say("it is closed", "open it, or name another place"),
  ERR_FS_FILE_TOO_LARGE: LARGE,
  ERR_STRING_TOO_LONG: LARGE,
};

/**
 * Such a failure as a sentence; undefined if the error is none that is known here.
 *
 * @param place  where it happened, used where the error does not say: `standard output`
 */
export function describeSystemError(error: unknown, place?: string): string | undefined {
  if (!isSystemError(error)) return undefined;
  const explanation = EXPLANATIONS[error.code];
  if (explanation === undefined) return undefined;
  const { what, advice } = explanation;
  const where = error.path === undefined ? place : quoteName(error.path, LONGEST_PATH);
  return where === undefined ? `${what}; ${advice}` : `${where}: ${what}; ${advice}`;
}

/** Told by its members, not its class: an error of Node may come from another realm. */
function isSystemError(error: unknown): error is SystemError {
  return (
    typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
  );
}

/** The code that the system or Node gave an error; undefined if it has none. */
export function codeOf(error: unknown): string | undefined {
  return isSystemError(error) ? error.code : undefined;
}

/** Why something failed, without the place: for messages that name it themselves. */
export function reasonOf(error: unknown): string {
  const reason = describeSystemError({ code: codeOf(error) });
  return reason ?? messageOf(error);
}

/** Whether an error says that there is nothing at a path. */
export function isMissing(error: unknown): boolean {
  return isSystemError(error) && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
