import { readSync, writeSync } from "node:fs";
import { Socket } from "node:net";
import {
  descriptors,
  type CellEvent,
  type CellRequest,
  type PromptAnswer,
} from "../protocol/cellProtocol";
import { createLineSplitter } from "../protocol/lines";

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
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      if (code === "EAGAIN") sleepBlocking(2);
    }
  }
}

/**
 * Tells the server of an event.
 *
 * The call blocks until the event is in the pipe: thus nothing is lost when the process dies right
 * after, the order is kept, and an endless loop that prints is slowed down to what the server takes.
 */
export function sendEvent(event: CellEvent): void {
  const bytes = Buffer.from(JSON.stringify(event) + "\n");
  let start = 0;
  while (start < bytes.length)
    start += retryWhileBusy(() => writeSync(descriptors.events, bytes, start));
}

/** Hands each request of the server to `receive`; ends the process when the server is gone. */
export function listenForRequests(receive: (request: CellRequest) => void): void {
  const socket = new Socket({ fd: descriptors.requests, readable: true, writable: false });
  socket.on(
    "data",
    createLineSplitter((line) => receive(JSON.parse(line) as CellRequest)),
  );
  socket.on("close", () => process.kill(process.pid, "SIGKILL"));
  socket.on("error", () => undefined);
}

/** Waits, blocking, for the user's answer to a prompt. */
export function readAnswer(): PromptAnswer {
  const chunks: Buffer[] = [];
  for (;;) {
    const byte = Buffer.alloc(1);
    const size = retryWhileBusy(() => readSync(descriptors.answers, byte));
    if (size === 0) return { kind: "cancelled" };
    if (byte[0] === 10) break;
    chunks.push(byte);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as PromptAnswer;
}
