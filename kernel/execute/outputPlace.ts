import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, extname, join, resolve } from "node:path";
import { ArgumentError, StoreError } from "../../src/errors";
import { reasonOf } from "../../src/systemError";
import { forget, partialOf, writeWhole } from "../../src/wholeFile";

/** Where an executed notebook goes: at most one of these; beside the original if none is given. */
export interface OutputPlace {
  /** A folder, under the original's name. */
  readonly out?: string;
  /** A file. */
  readonly output?: string;
  /** Over the original. */
  readonly inplace?: boolean;
}

/** The files that a notebook's execution writes. */
export interface OutputFiles {
  readonly notebookPath: string;
  readonly htmlPath: string | undefined;
}

/** What the name of a notebook gets that stands beside its original. */
const EXECUTED_SUFFIX = ".executed";

function isSameFile(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && realpathSync(one) === realpathSync(other);
}

/**
 * The files that an executed notebook goes to; nothing is written yet.
 *
 * @throws ArgumentError if the original would be overwritten and that was not asked for
 */
export function planOutputs(path: string, place: OutputPlace, html: boolean): OutputFiles {
  const name = basename(path, extname(path));
  const target = (): string => {
    if (place.inplace === true) return path;
    if (place.output !== undefined) return place.output;
    if (place.out !== undefined) return join(place.out, `${name}.ipynb`);
    return join(dirname(path), `${name}${EXECUTED_SUFFIX}.ipynb`);
  };
  const notebookPath = target();
  if (place.inplace !== true && isSameFile(notebookPath, path))
    throw new ArgumentError(
      `the executed notebook would replace its original ${path}; if that is meant, say --inplace`,
    );
  const folder = dirname(notebookPath);
  const htmlName = basename(notebookPath, extname(notebookPath)).replace(/\.executed$/, "");
  return { notebookPath, htmlPath: html ? join(folder, `${htmlName}.html`) : undefined };
}

/**
 * Makes a folder and those above it. Node's own `recursive` never comes back from a place such as
 * /proc.
 */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** What is written to see whether a place can be written, in bytes: on a full disk, none can. */
const PROBE_SIZE = 1 << 16;

/**
 * Makes sure, before anything is run, that a file can be written: makes its folder, and tries.
 *
 * @throws ArgumentError with the reason if it cannot
 */
export function refuseUnwritable(path: string): void {
  try {
    makeFolder(dirname(resolve(path)));
    if (existsSync(path) && !statSync(path).isFile())
      throw new ArgumentError(
        statSync(path).isDirectory() ? "it is a folder" : "it is no regular file",
      );
    writeFileSync(partialOf(path), Buffer.alloc(PROBE_SIZE));
    rmSync(partialOf(path));
  } catch (error) {
    forget(partialOf(path));
    throw new ArgumentError(`${path} cannot be written: ${reasonOf(error)}; nothing was run`, {
      cause: error,
    });
  }
}

/**
 * Writes a file as `writeWhole` does; where its place has become unwritable, among the temporary
 * files, so that what was computed is not lost.
 *
 * @throws StoreError that says where the file is instead
 */
export function writeOrRescue(path: string, text: string, temporary = tmpdir()): void {
  try {
    writeWhole(path, text);
  } catch (error) {
    const rescued = join(mkdtempSync(join(temporary, "roundlab-kept-")), basename(path));
    writeWhole(rescued, text);
    throw new StoreError(`${reasonOf(error)}; what had run is kept in ${rescued}`, {
      cause: error,
    });
  }
}
