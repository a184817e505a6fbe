import { Worker } from "node:worker_threads";

/** How often the server's life is looked at. */
const INTERVAL_MILLISECONDS = 1000;

/**
 * Ends this process when its server is gone, even in the middle of an endless loop.
 *
 * A thread of its own looks: the main thread may never come to see that its pipes are closed.
 */
export function watchServer(): void {
  const code = `
    const server = process.ppid;
    setInterval(() => {
      if (process.ppid !== server) process.kill(process.pid, "SIGKILL");
    }, ${INTERVAL_MILLISECONDS});
  `;
  new Worker(code, { eval: true, execArgv: [] }).unref();
}
