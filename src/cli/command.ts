import {
  ArgumentError,
  DownloadError,
  FormatError,
  InvariantError,
  ShapeError,
  SolverError,
  StoreError,
} from "../errors";

/** Exit codes: done, failed, called wrongly, ended by Ctrl-C. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Runs a command's work and turns what it throws into one message on stderr and an exit code.
 * Foreseen errors show their message alone; others show where they came from.
 */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`roundlab: ${describeError(error)}\n`);
    process.exitCode = error instanceof ArgumentError ? EXIT.usage : EXIT.failed;
  }
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isForeseen =
    error instanceof ArgumentError ||
    error instanceof DownloadError ||
    error instanceof FormatError ||
    error instanceof ShapeError ||
    error instanceof SolverError ||
    error instanceof StoreError;
  if (isForeseen) return error.message;
  const advice = error instanceof InvariantError ? "\nthis is a fault of RoundLab's own" : "";
  return `${error.stack ?? error.message}${advice}`;
}

/**
 * A signal that Ctrl-C aborts: the first lets the work end in order, the second ends the process.
 * Call `release` when the work is done.
 */
export function abortOnInterrupt(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    process.stderr.write("\nending; press Ctrl-C again to end at once\n");
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  const release = (): void => {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onInterrupt);
  };
  return { signal: controller.signal, release };
}

/** A whole number ≥ 1 of an option; @throws ArgumentError naming the option. */
export function parseCount(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new ArgumentError(`${option} takes a whole number from 1, found "${text}"`);
  }
  return value;
}
