import { randomUUID } from "node:crypto";
import type { CellEvent } from "./cellProtocol";
import { createLineSplitter } from "./lines";

/**
 * The name of the variable by which a cell process gets the mark of its events.
 *
 * The pipe is a plain file descriptor of the process: a cell can write to it by chance. What the
 * kernel itself writes starts with a mark that is drawn anew for each process; the rest is garbage.
 */
export const MARK_VARIABLE = "ROUNDLAB_EVENT_MARK";

/** A mark for a new cell process. */
export function createMark(): string {
  return `${randomUUID()} `;
}

/** The most bytes that one event may have: a text in V8 ends at 512 MB, and it is written twice. */
const EVENT_SIZE = 1 << 28;

/** What becomes of the bytes that a cell process sends. */
export interface EventListener {
  event(event: CellEvent): void;
  /** Told, in a sentence, what was not taken. */
  unusable(reason: string): void;
}

/** The bytes of one event. */
export function encodeEvent(event: CellEvent, mark: string): Buffer {
  return Buffer.from(`${mark}${JSON.stringify(event)}\n`);
}

function describeForeign(size: number): string {
  return `${size} bytes that a cell wrote to a file descriptor of the kernel were ignored; descriptors 3 to 5 are its own`;
}

/** Reads events out of whatever comes through the pipe; what is none is never thrown. */
export function createEventReader(
  mark: string,
  { event, unusable }: EventListener,
): (chunk: Buffer) => void {
  const read = (line: string): void => {
    const start = line.indexOf(mark);
    // Garbage without a newline stands before the next event, on the same line.
    if (start !== 0) unusable(describeForeign(start < 0 ? line.length + 1 : start));
    if (start < 0) return;
    const json = line.slice(start + mark.length);
    let parsed: CellEvent;
    try {
      // The mark says that `encodeEvent` wrote it.
      parsed = JSON.parse(json) as CellEvent;
    } catch {
      return unusable("an event of the kernel was torn by what a cell wrote into it");
    }
    event(parsed);
  };
  return createLineSplitter(read, {
    size: EVENT_SIZE,
    onTooLong: (size) =>
      unusable(
        `output of ${size} bytes was left out; at most ${EVENT_SIZE} go to a client at once`,
      ),
  });
}
