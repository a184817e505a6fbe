import * as fs from "node:fs";
import * as os from "node:os";
import { codeOf } from "../../systemError";

/**
 * Who holds a lock: a process, told apart from every other one that had or will have its number. A
 * number says nothing in another container or after a restart, and is given out again.
 */
export interface Holder {
  readonly host: string;
  /** The boot of the machine; empty where the system does not say. */
  readonly boot: string;
  /** The namespace in which `pid` counts, one a container; empty where the system does not say. */
  readonly space: string;
  readonly pid: number;
  /** When the process started, in ticks since the boot; null where the system does not say. */
  readonly started: number | null;
  /** When it took the lock, for a reader. */
  readonly since: string;
}

/**
 * A holder of another machine or container shows life every BEAT; after SILENCE it counts as ended.
 * Far apart, since network file systems show times up to a minute late, and nothing is lost by
 * waiting.
 */
export const BEAT_MILLISECONDS = 10_000;
export const SILENCE_MILLISECONDS = 300_000;

/** This process, as a holder. */
export function thisHolder(): Holder {
  const own = processState(process.pid);
  return {
    ...thisPlace(),
    pid: process.pid,
    started: own.kind === "running" ? own.started : null,
    since: new Date().toISOString(),
  };
}

/** Whether a holder runs where this process can ask the system about it. */
export function isHere({ host, boot, space }: Pick<Holder, "host" | "boot" | "space">): boolean {
  const here = thisPlace();
  return host === here.host && boot === here.boot && space === here.space;
}

/**
 * Whether a holder has ended for certain: the system says so, or it is elsewhere and has long been
 * silent.
 *
 * @param silence  milliseconds since its last sign of life
 */
export function hasEnded(holder: Holder | undefined, silence: number): boolean {
  if (holder === undefined || !isHere(holder)) return silence > SILENCE_MILLISECONDS;
  const state = processState(holder.pid);
  switch (state.kind) {
    case "gone":
      return true;
    case "running":
      if (state.started === null || holder.started === null) return silence > SILENCE_MILLISECONDS;
      return state.started !== holder.started;
  }
}

function thisPlace(): { host: string; boot: string; space: string } {
  return {
    host: os.hostname(),
    boot: textOr("", () => fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()),
    space: textOr("", () => fs.readlinkSync("/proc/self/ns/pid")),
  };
}

type ProcessState =
  { readonly kind: "gone" } | { readonly kind: "running"; readonly started: number | null };

/**
 * What the system says about a process; a zombie has ended, whoever has not fetched its exit code.
 */
function processState(pid: number): ProcessState {
  const line = textOr("", () => fs.readFileSync(`/proc/${pid}/stat`, "utf8"));
  // The name of the program stands in brackets and may hold brackets and spaces itself.
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  if (line !== "") {
    if (fields[0] === "Z" || fields[0] === "X") return { kind: "gone" };
    const started = Number(fields[STARTED_FIELD]);
    return { kind: "running", started: Number.isFinite(started) ? started : null };
  }
  return isSignalled(pid) ? { kind: "running", started: null } : { kind: "gone" };
}

/** `starttime` is field 22 of /proc/PID/stat, and the third is the first after the name. */
const STARTED_FIELD = 22 - 3;

/** Whether the system knows a process of that number, for systems without /proc. */
function isSignalled(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

/** What the system says, or another text where it has no such file. */
function textOr(otherwise: string, read: () => string): string {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
