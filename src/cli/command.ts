import {
  ArgumentError,
  DownloadError,
  FormatError,
  InvariantError,
  KernelError,
  ShapeError,
  SolverError,
  StoreError,
} from "../errors";
import { plainText, showableText } from "../quoteName";
import { describeSystemError } from "../systemError";

/**
 * Exit codes: done, failed, called wrongly, done but not as `--fail-above` or `--require` asks,
 * ended by Ctrl-C. docs/cli.md lists them.
 */
export const EXIT = { done: 0, failed: 1, usage: 2, unmet: 3, interrupted: 130 } as const;

/**
 * Runs a command's work and turns what it throws into one message on stderr and an exit code.
 * Foreseen errors show their message alone, failures of the machine one sentence; others show where
 * they came from.
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
  // By its members first: an error of Node may come from another realm.
  const ofMachine = isForeseen(error) ? undefined : describeSystemError(error);
  if (ofMachine !== undefined) return ofMachine;
  if (!(error instanceof Error)) return String(error);
  // Whatever a message quotes, it commands no terminal.
  if (isForeseen(error)) return showableText(error.message);
  const advice = error instanceof InvariantError ? "\nthis is a fault of RoundLab's own" : "";
  return `${error.stack ?? error.message}${advice}`;
}

/** Whether an error was foreseen: its message says all that there is to say. */
function isForeseen(error: unknown): boolean {
  return (
    error instanceof ArgumentError ||
    error instanceof DownloadError ||
    error instanceof FormatError ||
    error instanceof KernelError ||
    error instanceof ShapeError ||
    error instanceof SolverError ||
    error instanceof StoreError
  );
}

/**
 * Has output that cannot be written end the process: quietly where the reader has gone, which is
 * its own choice (`roundlab … | head`), with a sentence where the disk is full.
 */
export function watchOutput(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A command that has a condition to check has set its exit code beforehand.
    if (error.code === "EPIPE" || error.code === "EIO") process.exit(process.exitCode ?? EXIT.done);
    const text = describeSystemError(error, "standard output") ?? error.message;
    process.stderr.write(`roundlab: ${text}\n`);
    process.exit(EXIT.failed);
  });
  // Nobody is left to be told; the work itself goes on.
  process.stderr.on("error", () => undefined);
}

/**
 * A signal that Ctrl-C aborts, and SIGTERM, and a terminal that closes: the first lets the work end
 * in order, the second ends the process. Call `release` when the work is done.
 */
export function abortOnInterrupt(): { readonly signal: AbortSignal; readonly release: () => void } {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    controller.abort();
    process.stderr.write("\nending; press Ctrl-C again to end at once\n");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const each of signals) process.on(each, onInterrupt);
  const release = (): void => {
    for (const each of signals) process.off(each, onInterrupt);
  };
  return { signal: controller.signal, release };
}

/** A whole number ≥ 1 of an option; @throws ArgumentError naming the option. */
export function parseCount(text: string, option: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new ArgumentError(`${option} takes a whole number from 1, found "${plainText(text)}"`);
  }
  return value;
}

/** A number of seconds above 0 of an option; @throws ArgumentError naming the option. */
export function parseSeconds(text: string, option: string): number {
  const seconds = Number(text);
  if (text.trim() !== "" && Number.isFinite(seconds) && seconds > 0) return seconds;
  throw new ArgumentError(`${option} takes seconds above 0, found "${plainText(text)}"`);
}
