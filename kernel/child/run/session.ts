import type { CellEvent, StreamName } from "../../protocol/cellProtocol";
import type { JsonObject } from "../../protocol/message";
import { sendEvent } from "./channel";

/** The cell at work, or the last one: what is put out belongs to it. */
export interface CellSession {
  id: string;
  isRunning: boolean;
  allowStdin: boolean;
  /** Pages that the cell asked the client to show (`payload` of the reply). */
  payload: JsonObject[];
  /** Displays that are still being rendered; the cell waits for them. */
  pending: Promise<unknown>[];
  /** The ids of the displays that the cell has shown. */
  readonly shown: Set<string>;
  send(event: WithoutId): void;
  /** Sends for an earlier cell. */
  sendFor(id: string, event: WithoutId): void;
}

type WithoutId = CellEvent extends infer Each
  ? Each extends { id: string }
    ? Omit<Each, "id">
    : never
  : never;

/** A session in which no cell has run. */
export function createCellSession(): CellSession {
  const session: CellSession = {
    id: "",
    isRunning: false,
    allowStdin: false,
    payload: [],
    pending: [],
    shown: new Set(),
    send: (event) => session.sendFor(session.id, event),
    // Each kind of event takes an id, so that adding one makes it whole.
    sendFor: (id, event) => sendEvent({ ...event, id }),
  };
  return session;
}

/** Sends what is written to stdout and stderr to the server, as output of the session's cell. */
export function captureStreams(session: CellSession): void {
  const capture = (stream: NodeJS.WriteStream, name: StreamName): void => {
    const decoder = new TextDecoder();
    const write = (
      chunk: string | Uint8Array,
      encoding?: BufferEncoding | ((error?: Error) => void),
      done?: (error?: Error) => void,
    ): boolean => {
      const text = typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
      if (text !== "") session.send({ kind: "stream", name, text });
      const callback = typeof encoding === "function" ? encoding : done;
      if (callback !== undefined) process.nextTick(callback);
      return true;
    };
    stream.write = write;
  };
  capture(process.stdout, "stdout");
  capture(process.stderr, "stderr");
}
