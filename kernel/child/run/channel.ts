import { fstatSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  DESCRIPTORS,
  type CellEvent,
  type CellRequest,
  type PromptAnswer,
} from "../../protocol/cellProtocol";
import { InvariantError } from "../../../src/errors";
import { codeOf } from "../../../src/systemError";
import { encodeEvent, MARK_VARIABLE } from "../../protocol/cellFrames";
import { parseOwnJson } from "../../../src/ownJson";

/** Waits without giving way to anything else, as a blocking call must. */
function sleepBlocking(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Repeats a call on a descriptor while the other side is not ready. */
function retryWhileBusy(call: () => number): number {
  for (;;) {
    try {
      return call();
    } catch (error) {
      const code = codeOf(error);
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      if (code === "EAGAIN") sleepBlocking(2);
    }
  }
}

/** The mark of this process's events, and which files its descriptors stood for at the start. */
const channel: { mark: string; identities: string[] } = { mark: "", identities: [] };

function identify(): string[] {
  return Object.values(DESCRIPTORS).map((descriptor) => {
    const { dev, ino } = fstatSync(descriptor);
    return `${dev}:${ino}`;
  });
}

/** Takes over the descriptors from the server; called once, before anything is sent. */
export function openChannel(): void {
  channel.mark = process.env[MARK_VARIABLE] ?? "";
  // Cells and what they start have no business with it.
  Reflect.deleteProperty(process.env, MARK_VARIABLE);
  channel.identities = identify();
}

/** Ends a process that cannot talk to its server any more, with the reason as its last words. */
function endWithoutChannel(): never {
  writeSync(2, "roundlab: the cell closed a file descriptor of the kernel (3 to 5)\n");
  process.kill(process.pid, "SIGKILL");
  throw new InvariantError("a process outlived its own SIGKILL");
}

/** Whether a cell has left the descriptors alone. */
function isWhole(): boolean {
  try {
    return identify().every((identity, index) => identity === channel.identities[index]);
  } catch {
    return false;
  }
}

/**
 * Tells the server of an event.
 *
 * The call blocks until the event is in the pipe: thus nothing is lost when the process dies right
 * after, the order is kept, and an endless loop that prints is slowed down to what the server
 * takes.
 */
export function sendEvent(event: CellEvent): void {
  const bytes = encodeEvent(event, channel.mark);
  // A descriptor that was closed may by now stand for a file of the user's.
  if (event.kind === "executed" && !isWhole()) endWithoutChannel();
  let start = 0;
  try {
    while (start < bytes.length)
      start += retryWhileBusy(() => writeSync(DESCRIPTORS.events, bytes, start));
  } catch {
    endWithoutChannel();
  }
}

/**
 * Starts the thread that takes the server's requests (requestThread.ts), and ends the process when
 * the server is gone.
 *
 * @param state  how the thread tells of an interrupt: see interruption.ts
 * @returns has each request handed to `receive`; to be called before the event loop turns
 */
export function startRequests(
  state: Int32Array,
): (receive: (request: CellRequest) => void) => void {
  const thread = new Worker(join(__dirname, "requestThread.js"), {
    workerData: { state },
    execArgv: [],
  });
  return (receive) => void thread.on("message", receive);
}

/** What was read beyond the last answer's end. */
let ahead: Buffer = Buffer.alloc(0);

/** Waits, blocking, for the user's answer to a prompt. */
export function readAnswer(): PromptAnswer {
  const parts: Buffer[] = [];
  for (let part = ahead; ;) {
    const end = part.indexOf(10);
    if (end >= 0) {
      ahead = part.subarray(end + 1);
      parts.push(part.subarray(0, end));
      return parseOwnJson<PromptAnswer>(Buffer.concat(parts).toString("utf8"));
    }
    parts.push(part);
    const chunk = Buffer.allocUnsafe(1 << 16);
    const size = retryWhileBusy(() => readSync(DESCRIPTORS.answers, chunk));
    if (size === 0) return { kind: "cancelled" };
    part = chunk.subarray(0, size);
  }
}
