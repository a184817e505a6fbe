/**
 * Milliseconds that the processors have worked for this process. A benchmark beside other programs
 * is told how much was done, not how long it waited for its turn.
 */
export function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
