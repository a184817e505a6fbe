/** How often the client's life is looked at. */
const INTERVAL_MILLISECONDS = 1000;

/**
 * Calls `onEnd` when the process that started the kernel is gone.
 *
 * Jupyter says by a variable that it wants this; a kernel that was started by hand may outlive its
 * shell.
 */
export function watchParent(onEnd: () => void): void {
  if (process.env.JPY_PARENT_PID === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) onEnd();
  }, INTERVAL_MILLISECONDS);
  timer.unref();
}
