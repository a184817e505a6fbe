import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** A process, its parent and the group that it belongs to, by their numbers. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** All processes of this machine that can be seen; none where nobody tells. */
function listProcesses(): ProcessEntry[] {
  if (process.platform === "linux") return listFromProc();
  if (process.platform === "win32") return [];
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,pgid="], { encoding: "utf8" });
  return (stdout ?? "").split("\n").flatMap((line) => {
    const [pid, parent, group] = line.trim().split(/\s+/).map(Number);
    return Number.isInteger(group) ? [{ pid, parent, group }] : [];
  });
}

function listFromProc(): ProcessEntry[] {
  return readdirSync("/proc").flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "latin1");
      // The command's name stands in brackets and may hold any of them.
      const [, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return [{ pid: Number(name), parent: Number(parent), group: Number(group) }];
    } catch {
      // It ended while the list was read.
      return [];
    }
  });
}

/**
 * The processes that one has started, those that they have started, and all in the groups of these:
 * also what a shell left in the background, and what was started `detached`.
 */
export function descendantsOf(root: number, all = listProcesses()): number[] {
  const found = new Set([root]);
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { pid, parent, group } of all)
      if (found.has(parent) || found.has(group)) found.add(pid);
  }
  found.delete(root);
  return [...found];
}

/** Sends a signal to processes, of which some may have ended by now. */
export function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended, or belongs to another user.
    }
  }
}
