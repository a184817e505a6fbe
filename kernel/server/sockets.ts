import { Publisher, Reply, Router } from "zeromq";
import { address, type Connection } from "../protocol/connection";
import type { Message } from "../protocol/message";
import { decode, encode } from "../protocol/wire";

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

async function echoHeartbeat(socket: Reply): Promise<void> {
  for await (const frames of socket) await socket.send(frames);
}

/** Binds the five sockets of the connection and starts to listen. */
export async function openSockets(
  connection: Connection,
  listener: SocketListener,
): Promise<Sockets> {
  // Without a high-water mark of zero, ZeroMQ drops what a slow subscriber has not yet fetched.
  const limits = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 1000 };
  const routers = {
    shell: new Router(limits),
    control: new Router(limits),
    stdin: new Router(limits),
  };
  const iopub = new Publisher({ sendHighWaterMark: 0, linger: 1000 });
  const heartbeat = new Reply({ linger: 0 });
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

  const listen = async (name: RequestChannel): Promise<void> => {
    for await (const frames of routers[name]) {
      const decoded = decode(frames, connection.key);
      if (decoded.kind === "message") listener.receive(name, decoded.message);
      else listener.refuse(name, decoded.reason);
    }
  };
  // A loop ends by an error only when its socket is closed.
  for (const name of names) listen(name).catch(() => undefined);
  echoHeartbeat(heartbeat).catch(() => undefined);

  return {
    send: (channel, message) => queues[channel].push(encode(message, connection.key)),
    publish: (message) => {
      const topic = Buffer.from(message.header.msg_type);
      queues.iopub.push(encode({ ...message, identities: [topic] }, connection.key));
    },
    close: async () => {
      await Promise.all(Object.values(queues).map((queue) => queue.drained()));
      for (const socket of [...Object.values(routers), iopub, heartbeat]) socket.close();
    },
  };
}
