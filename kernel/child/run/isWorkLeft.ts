/** What can call into the code of a cell later, as Node names it. */
const AT_WORK = new Set(["Timeout", "Immediate", "ProcessWrap", "TCPServerWrap", "PipeServerWrap"]);

/**
 * Whether cells have left behind what goes on without them: timers, processes, servers. What was
 * just told to end gets a moment for it.
 */
export async function isWorkLeft(): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, 10));
  return process.getActiveResourcesInfo().some((name) => AT_WORK.has(name));
}
