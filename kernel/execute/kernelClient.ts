import { Dealer, Subscriber } from "zeromq";
import { address, type Connection } from "../protocol/connection";
import { createMessage, createSender, type JsonObject, type Message } from "../protocol/message";
import { decode, encode } from "../protocol/wire";
import { startKernelProcess, type KernelProcess, type StartOptions } from "./kernelProcess";

/** A client's own sockets. */
const CLIENT_CHANNELS = ["shell", "control", "stdin"] as const;
export type ClientChannel = (typeof CLIENT_CHANNELS)[number];

/** A request that was sent, and its reply to come. */
export interface Question {
  readonly request: Message;
  readonly reply: Promise<Message>;
}

/** A kernel process and the client's end of its protocol. */
export interface KernelClient {
  /** Sends a request; the reply and what is published for it come to the listener. */
  request(channel: ClientChannel, type: string, content: JsonObject, parent?: Message): Message;
  /** Sends a request; `reply` rejects if the kernel ends before it replies. */
  ask(channel: ClientChannel, type: string, content: JsonObject): Question;
  /** Hands every message that arrives from now on to `listener`. */
  listen(listener: Listener): () => void;
  /** The kernel's process number. */
  readonly processId: number | undefined;
  /** Where the kernel listens, for another client. */
  readonly connection: Connection;
  /** Rejects when the kernel's process ends before `shutDown`. */
  readonly ended: Promise<never>;
  shutDown(): Promise<void>;
}

type Listener = (channel: ClientChannel | "iopub", message: Message) => void;

/**
 * Connects to a kernel and waits until it answers.
 *
 * @throws KernelError with the kernel's last words, if it ends before that
 */
export async function connectKernel(kernel: KernelProcess): Promise<KernelClient> {
  const { connection, ended } = kernel;
  const sender = createSender("client");
  // Replies find their way by the routing id; stdin requests go to the id of the shell request.
  const routingId = sender.session;
  const sockets = {
    shell: new Dealer({ routingId, linger: 0 }),
    control: new Dealer({ routingId, linger: 0 }),
    stdin: new Dealer({ routingId, linger: 0 }),
  };
  const iopub = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
  iopub.subscribe();
  for (const name of CLIENT_CHANNELS) sockets[name].connect(address(connection, name));
  iopub.connect(address(connection, "iopub"));

  const listeners = new Set<Listener>();
  const read = async (channel: ClientChannel | "iopub", socket: Dealer | Subscriber) => {
    for await (const frames of socket) {
      const decoded = decode(frames, connection.key);
      if (decoded.kind === "message")
        for (const listener of [...listeners]) listener(channel, decoded.message);
    }
  };
  for (const name of CLIENT_CHANNELS) read(name, sockets[name]).catch(() => undefined);
  read("iopub", iopub).catch(() => undefined);

  const sending: Record<ClientChannel, Promise<unknown>> = {
    shell: Promise.resolve(),
    control: Promise.resolve(),
    stdin: Promise.resolve(),
  };
  const client: KernelClient = {
    processId: kernel.processId,
    connection,
    ended,
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    request: (channel, type, content, parent) => {
      const message = createMessage(sender, type, content, parent);
      const frames = encode(message, connection.key);
      // A socket that was closed in the meantime has nobody to send to.
      sending[channel] = sending[channel]
        .then(() => sockets[channel].send(frames))
        .catch(() => undefined);
      return message;
    },
    ask: (channel, type, content) => {
      const request = client.request(channel, type, content);
      const answer = new Promise<Message>((resolve) => {
        const stop = client.listen((from, message) => {
          if (from !== channel || message.parentHeader.msg_id !== request.header.msg_id) return;
          stop();
          resolve(message);
        });
      });
      return { request, reply: Promise.race([answer, ended]) };
    },
    shutDown: async () => {
      await kernel.end(() => client.request("control", "shutdown_request", { restart: false }));
      for (const socket of [...Object.values(sockets), iopub]) socket.close();
    },
  };
  try {
    await waitForPublications(client);
  } catch (error) {
    await client.shutDown();
    throw error;
  }
  return client;
}

/**
 * Starts a kernel in a folder and connects to it.
 *
 * @param folder  the folder that cells run in: the notebook's
 * @throws KernelError with the kernel's last words, if it ends before it answers
 */
export async function startKernel(folder: string, options?: StartOptions): Promise<KernelClient> {
  return connectKernel(await startKernelProcess(folder, options));
}

/** Asks for the kernel's info until its publications reach us: a subscription takes a moment. */
async function waitForPublications(client: KernelClient): Promise<void> {
  let isHeard = false;
  const stop = client.listen((channel) => {
    if (channel === "iopub") isHeard = true;
  });
  while (!isHeard) {
    await client.ask("shell", "kernel_info_request", {}).reply;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  stop();
}
