/**
 * The signal of the notebook cells at work, aborted when the user interrupts them: the kernel's
 * global of this name. Outside the kernel there is none.
 *
 * Long computations that were given no signal of their own heed it: without that, an interrupted
 * cell would leave them computing.
 */
export function cellSignal(): AbortSignal | undefined {
  const { cellSignal: found } = globalThis as { cellSignal?: unknown };
  return found instanceof AbortSignal ? found : undefined;
}
