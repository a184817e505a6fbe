import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { StoreError } from "../../errors";
import { codeOf } from "../../systemError";
import { atFile, fileError } from "./storeError";
import {
  BEAT_MILLISECONDS,
  hasEnded,
  isHere,
  SILENCE_MILLISECONDS,
  thisHolder,
  type Holder,
} from "./storeHolder";

/*
 * The lock of a folder is the folder `lock` in it, which holds one file TOKEN.json, TOKEN being
 * random and never used again. Two system calls change it, and both decide by what is there at that
 * moment:
 *
 *   take     rename(lock.TOKEN, lock)   succeeds only while `lock` is missing or empty
 *   remove   unlink(lock/TOKEN.json)    succeeds only while this very holder has the lock
 *
 * Nobody else adds to `lock`. So while TOKEN.json stands there no other rename succeeds, and it
 * goes only when its holder lets go or somebody has found that the holder ended. However many find
 * so at once and however slowly they act on it, what they remove is the file of the holder that
 * ended, never that of one who came since; then one of their renames succeeds. (docs/decisions/031)
 */

/** A lock that this process holds. */
export interface StoreLock {
  /**
   * Whether it still does: somebody may have removed the file, or found this process silent for too
   * long.
   */
  isHeld(): boolean;
  release(): void;
}

/** Who holds the lock of a folder, if anybody. */
type LockState =
  | { readonly kind: "free" }
  | {
      readonly kind: "held";
      /** What is removed when the holder has ended. */
      readonly file: string;
      /** Missing where the file cannot be read: then only its age tells. */
      readonly holder?: Holder;
      /** Milliseconds since the last sign of life. */
      readonly silence: number;
      readonly isEnded: boolean;
    };

/** An attempt fails when another process took or left the lock since, or removed the same file. */
const ATTEMPTS = 100;

/**
 * Takes the lock of a folder for this process alone.
 *
 * @throws StoreError naming the holder if a running process has it, or if the folder cannot be
 * written
 */
export function lockFolder(folder: string): StoreLock {
  const place = path.join(folder, "lock");
  const token = randomBytes(8).toString("hex");
  const own = `${place}.${token}`;
  try {
    atFile("lock", folder, () => {
      fs.mkdirSync(own);
      fs.writeFileSync(path.join(own, `${token}.json`), `${JSON.stringify(thisHolder())}\n`);
    });
    // By the clock that dates the holders' files: that of the file system, whoever's machine it is
    // on.
    const now = fs.statSync(path.join(own, `${token}.json`)).mtimeMs;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (take(own, place)) {
        removeLeftovers(folder, now);
        return heldLock(place, path.join(place, `${token}.json`));
      }
      const state = lockState(place, now);
      if (state.kind === "free") continue;
      if (!state.isEnded) throw new StoreError(refusal(folder, state));
      unlink(state.file);
    }
    throw new StoreError(
      `${place} could not be taken in ${ATTEMPTS} attempts; unless runs are started there again and again, ` +
        `something else stands in it: remove that folder`,
    );
  } catch (error) {
    fs.rmSync(own, { recursive: true, force: true });
    throw error;
  }
}

/** The running process that has a store open for writing, if there is one. */
export function runningHolder(folder: string): Holder | undefined {
  const state = lockState(path.join(folder, "lock"), Date.now());
  return state.kind === "held" && !state.isEnded ? state.holder : undefined;
}

/** Puts a holder's folder where the lock is, unless somebody's stands there. */
function take(own: string, place: string): boolean {
  try {
    fs.renameSync(own, place);
    return true;
  } catch (error) {
    if (TAKEN.has(codeOf(error) ?? "")) return false;
    throw fileError("lock", path.dirname(place), error);
  }
}

/** How systems say that a folder that is not empty, or a file, is in the way of a folder. */
const TAKEN = new Set(["ENOTEMPTY", "EEXIST", "ENOTDIR", "EPERM"]);

function lockState(place: string, now: number): LockState {
  let names: string[];
  try {
    names = fs.readdirSync(place);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return { kind: "free" };
    if (code === "ENOTDIR") return earlierLock(place);
    throw fileError("read", place, error);
  }
  const name = names.find((one) => one.endsWith(".json"));
  if (name === undefined) return { kind: "free" };
  const file = path.join(place, name);
  try {
    const silence = now - fs.statSync(file).mtimeMs;
    const holder = parseHolder(fs.readFileSync(file, "utf8"));
    return { kind: "held", file, holder, silence, isEnded: hasEnded(holder, silence) };
  } catch (error) {
    // It went while we looked.
    if (codeOf(error) === "ENOENT") return { kind: "free" };
    throw fileError("read", file, error);
  }
}

/** The lock of RoundLab before 0.2: a file with nothing but a process's number. */
function earlierLock(file: string): LockState {
  const text = atFile("read", file, () => fs.readFileSync(file, "utf8"));
  const holder = { ...thisHolder(), pid: Number(text), started: null };
  return { kind: "held", file, holder, silence: 0, isEnded: hasEnded(holder, 0) };
}

/** Undefined for what a crash of the machine has left of a file. */
function parseHolder(text: string): Holder | undefined {
  try {
    const found: unknown = JSON.parse(text);
    // `thisHolder` wrote it, or it is refused here.
    return typeof found === "object" && found !== null && "pid" in found
      ? (found as Holder)
      : undefined;
  } catch {
    return undefined;
  }
}

function refusal(folder: string, state: Extract<LockState, { kind: "held" }>): string {
  const { holder, file } = state;
  if (holder !== undefined && isHere(holder)) {
    const who = holder.pid === process.pid ? "by this process already" : `by process ${holder.pid}`;
    return `the run in ${folder} is being written ${who}; wait for it or end it first`;
  }
  const where =
    holder === undefined
      ? "by a process that did not say which"
      : `by process ${holder.pid} of another machine or container, ${holder.host}`;
  return (
    `the run in ${folder} is being written ${where}, which last showed life ` +
    `${Math.max(0, Math.round(state.silence / 1000))} s ago; if it has ended, remove ${file}, or wait until that is ` +
    `${SILENCE_MILLISECONDS / 1000} s`
  );
}

/** Removes a holder's file; that it is gone already is as well. */
function unlink(file: string): void {
  try {
    fs.unlinkSync(file);
  } catch (error) {
    const code = codeOf(error);
    // EISDIR and EPERM: a lock of today has taken the place of an earlier one.
    if (code !== "ENOENT" && code !== "EISDIR" && code !== "EPERM") {
      throw fileError("remove", file, error);
    }
  }
}

function heldLock(place: string, file: string): StoreLock {
  const beat = setInterval(() => showLife(file), BEAT_MILLISECONDS);
  beat.unref();
  return {
    isHeld: () => fs.existsSync(file),
    release: () => {
      clearInterval(beat);
      try {
        fs.unlinkSync(file);
        fs.rmdirSync(place);
      } catch {
        // Another has the lock by now, or the disk is gone: the file of a process that has ended is
        // nobody's.
      }
    },
  };
}

/** Dates the file anew, by the file system's clock, without changing it. */
function showLife(file: string): void {
  try {
    const handle = fs.openSync(file, "r+");
    try {
      fs.writeSync(handle, "{", 0);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Whether the lock is held still is asked before every row; this file only tells other
    // machines.
  }
}

/** Removes what processes have left that were killed while they took the lock. */
function removeLeftovers(folder: string, now: number): void {
  for (const name of fs.readdirSync(folder)) {
    const token = /^lock\.([0-9a-f]{16})$/.exec(name)?.[1];
    if (token === undefined) continue;
    const own = path.join(folder, name);
    try {
      const silence = now - fs.statSync(own).mtimeMs;
      const file = path.join(own, `${token}.json`);
      const holder = fs.existsSync(file) ? parseHolder(fs.readFileSync(file, "utf8")) : undefined;
      if (hasEnded(holder, silence)) fs.rmSync(own, { recursive: true, force: true });
    } catch {
      // Its owner, or another process that tidies up, was faster.
    }
  }
}
