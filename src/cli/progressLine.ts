/** One line on stderr that keeps changing in a terminal, and a new line now and then elsewhere. */
export interface ProgressLine {
  show(text: string): void;
  /** Removes the line, so that results start on a clean one. */
  clear(): void;
}

const TERMINAL_MILLISECONDS = 100;
const LOG_MILLISECONDS = 10_000;

export function createProgressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const interval = stream.isTTY ? TERMINAL_MILLISECONDS : LOG_MILLISECONDS;
  let last = stream.isTTY ? -Infinity : Date.now();
  const show = (text: string): void => {
    if (Date.now() - last < interval) return;
    last = Date.now();
    if (!stream.isTTY) stream.write(`${text}\n`);
    else stream.write(`\r\u001b[K${text.slice(0, Math.max(20, stream.columns - 1))}`);
  };
  const clear = (): void => {
    if (stream.isTTY) stream.write("\r\u001b[K");
  };
  return { show, clear };
}
