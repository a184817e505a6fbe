/** How much may wait for a reader of stderr before further messages are dropped, in characters. */
const WAITING_SIZE = 1 << 16;
/** So many refused messages are named one by one; then one at each doubling of their number. */
const NAMED_REFUSALS = 20;

/** What the kernel says of itself. Whoever started it may read its stderr, or not. */
export interface KernelLog {
  write(text: string): void;
  /** Notes a message from outside that was not taken. */
  refused(channel: string, reason: string): void;
}

/**
 * A log to stderr that nobody needs to read: it neither blocks nor ends the kernel, and keeps no
 * more than `WAITING_SIZE`, when the other end is closed, full or stuck.
 */
export function createLog(stderr: NodeJS.WriteStream = process.stderr): KernelLog {
  let refusals = 0;
  // Without a listener, EPIPE would end the process.
  stderr.on("error", () => undefined);
  const write = (text: string): void => {
    if (stderr.destroyed || stderr.writableLength > WAITING_SIZE) return;
    stderr.write(`roundlab kernel: ${text}\n`);
  };
  return {
    write,
    refused: (channel, reason) => {
      refusals++;
      if (refusals <= NAMED_REFUSALS) write(`message on ${channel} ignored: ${reason}`);
      else if (Number.isInteger(Math.log2(refusals)))
        write(`message on ${channel} ignored: ${reason} (the ${refusals}th that was refused)`);
    },
  };
}
