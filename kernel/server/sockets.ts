import { Publisher, Router } from "zeromq";
import { address, type Connection } from "../protocol/connection";
import type { Message } from "../protocol/message";
import { decode, encode } from "../protocol/wire";
import { createReplayFilter } from "./replays";
import { membersOf } from "../../src/unknownValue";
import { messageOf } from "../../src/errors";

/** The channels on which requests arrive and replies leave. */
export type RequestChannel = "shell" | "control" | "stdin";

/** The kernel's open sockets: sending never blocks and never loses or reorders a message. */
export interface Sockets {
  send(channel: RequestChannel, message: Message): void;
  publish(message: Message): void;
  /** Waits until everything handed over so far has gone to ZeroMQ, then closes. */
  close(): Promise<void>;
}

/** What to do with a message from outside, and with one that was refused. */
export interface SocketListener {
  receive(channel: RequestChannel, message: Message): void;
  refuse(channel: RequestChannel, reason: string): void;
}

/** The most bytes that a frame from outside may have: it is read before its signature is. */
const FRAME_SIZE = 1 << 28;
/** Of a heartbeat, which nobody signs. */
const HEARTBEAT_SIZE = 1 << 16;

/** ZeroMQ allows one send at a time on a socket, so that each has a queue of its own. */
function createSendQueue(send: (frames: Buffer[]) => Promise<void>) {
  let last: Promise<void> = Promise.resolve();
  return {
    push(frames: Buffer[]): void {
      last = last.then(() => send(frames)).catch(() => undefined);
    },
    drained: (): Promise<void> => last,
  };
}

/**
 * Sends every heartbeat back to where it came from.
 *
 * A router takes any frames. A reply socket stops for good at one that has no delimiter.
 */
async function echoHeartbeat(socket: Router): Promise<void> {
  for await (const frames of socket) await socket.send(frames).catch(() => undefined);
}

/**
 * The frames of a message; of one that cannot be written as JSON, those of an error in its place.
 */
function encodeOrExplain(message: Message, key: string): Buffer[] {
  try {
    return encode(message, key);
  } catch (error) {
    const name = String(membersOf<Error>(error).name ?? "Error");
    const evalue = messageOf(error);
    const traceback = [`${name}: ${message.header.msg_type} cannot be sent: ${evalue}`];
    const content = { status: "error", ename: name, evalue, traceback };
    // A reply keeps its type; what was published becomes text that says so.
    if (message.header.msg_type.endsWith("_reply")) return encode({ ...message, content }, key);
    const header = { ...message.header, msg_type: "stream" };
    const said = { name: "stderr", text: `${traceback[0]}\n` };
    return encode({ ...message, header, content: said }, key);
  }
}

/** Binds the five sockets of the connection and starts to listen. */
export async function openSockets(
  connection: Connection,
  listener: SocketListener,
): Promise<Sockets> {
  // Without a high-water mark of zero, ZeroMQ drops what a slow subscriber has not yet fetched.
  const limits = {
    sendHighWaterMark: 0,
    receiveHighWaterMark: 0,
    linger: 1000,
    maxMessageSize: FRAME_SIZE,
  };
  const routers = {
    shell: new Router(limits),
    control: new Router(limits),
    stdin: new Router(limits),
  };
  const iopub = new Publisher({ sendHighWaterMark: 0, linger: 1000 });
  const heartbeat = new Router({ linger: 0, maxMessageSize: HEARTBEAT_SIZE });
  const names = ["shell", "control", "stdin"] as const;
  await Promise.all([
    ...names.map((name) => routers[name].bind(address(connection, name))),
    iopub.bind(address(connection, "iopub")),
    heartbeat.bind(address(connection, "hb")),
  ]);

  const queueOf = (socket: Router | Publisher) => createSendQueue((frames) => socket.send(frames));
  const queues = {
    shell: queueOf(routers.shell),
    control: queueOf(routers.control),
    stdin: queueOf(routers.stdin),
    iopub: queueOf(iopub),
  };

  const replays = createReplayFilter();
  const take = (name: RequestChannel, frames: readonly Buffer[]): void => {
    const decoded = decode(frames, connection.key);
    if (decoded.kind === "refused") return listener.refuse(name, decoded.reason);
    if (!replays.isNew(decoded.signature))
      return listener.refuse(name, "it was received before, with the same signature");
    listener.receive(name, decoded.message);
  };
  const listen = async (name: RequestChannel): Promise<void> => {
    for await (const frames of routers[name]) {
      try {
        take(name, frames);
      } catch (error) {
        // One message that breaks us must not cost the channel.
        listener.refuse(name, `a fault of the kernel's own: ${(error as Error).stack ?? ""}`);
      }
    }
  };
  // A loop ends by an error only when its socket is closed.
  for (const name of names) listen(name).catch(() => undefined);
  echoHeartbeat(heartbeat).catch(() => undefined);

  return {
    send: (channel, message) => queues[channel].push(encodeOrExplain(message, connection.key)),
    publish: (message) => {
      const topic = Buffer.from(message.header.msg_type);
      queues.iopub.push(encodeOrExplain({ ...message, identities: [topic] }, connection.key));
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.drained()));
      for (const socket of [...Object.values(routers), iopub, heartbeat]) socket.close();
    },
  };
}
