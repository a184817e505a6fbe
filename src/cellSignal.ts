import { membersOf } from "./unknownValue";

/**
 * The signal of the notebook cells at work, aborted when the user interrupts them: the kernel's
 * global of this name. Outside the kernel there is none.
 *
 * Long computations that were given no signal of their own heed it: without that, an interrupted
 * cell would leave them computing. In the kernel its `aborted` turns true while a cell computes,
 * so that loops that never wait can ask for it.
 */
export function cellSignal(): AbortSignal | undefined {
  const { cellSignal: found } = membersOf<{ cellSignal: AbortSignal }>(globalThis);
  return found instanceof AbortSignal ? found : undefined;
}

/**
 * Lets a computation that never waits be ended by an interrupt of its notebook cell, unless it has
 * a `shouldStop` of its own.
 *
 * @throws the interrupt, in the place of half a result
 */
export function heedCell<Options extends { readonly shouldStop?: () => boolean }, Result>(
  options: Options,
  compute: (options: Options) => Result,
): Result {
  const signal = options.shouldStop === undefined ? cellSignal() : undefined;
  if (signal === undefined) return compute(options);
  signal.throwIfAborted();
  const result = compute({ ...options, shouldStop: () => signal.aborted });
  signal.throwIfAborted();
  return result;
}

/** Adds to the error of an interrupt what the user can do about the work that it ended. */
export function adviseOnInterrupt(signal: AbortSignal, advice: string): void {
  const reason: unknown = signal.reason;
  if (reason instanceof Error) reason.message += `; ${advice}`;
}
