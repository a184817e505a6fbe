import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A folder that only this user can read, and that does not outlive the process. */
export interface PrivateFolder {
  readonly path: string;
  /** Removes the folder with all that is in it. */
  remove(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What is to be done before the process ends, however it ends. */
const lastDuties = new Set<() => void>();

function doLastDuties(): void {
  for (const duty of lastDuties) duty();
  lastDuties.clear();
}

/**
 * Ends the process as the signal would have, had nobody listened; others that listen decide
 * themselves.
 */
function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  doLastDuties();
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}

/**
 * Has `duty` done before the process ends: at its exit, and at a signal that nobody else listens
 * to. Only SIGKILL leaves no time for it.
 *
 * @returns takes the duty back
 */
export function beforeEnd(duty: () => void): () => void {
  if (lastDuties.size === 0) {
    process.on("exit", doLastDuties);
    for (const signal of SIGNALS) process.on(signal, onSignal);
  }
  lastDuties.add(duty);
  return () => {
    if (!lastDuties.delete(duty) || lastDuties.size > 0) return;
    process.off("exit", doLastDuties);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

/** A new folder in another one, with mode 0700. */
export function createPrivateFolder(parent: string): PrivateFolder {
  const path = mkdtempSync(join(parent, "roundlab-"));
  const erase = (): void => rmSync(path, { recursive: true, force: true });
  const release = beforeEnd(erase);
  return {
    path,
    remove: () => {
      release();
      erase();
    },
  };
}
