import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";
import { packageRoot } from "../../src/packageRoot";
import { address, formatConnection, type Connection } from "../protocol/connection";
import { createMessage, createSender, type JsonObject, type Message } from "../protocol/message";
import { decode, encode } from "../protocol/wire";
import { freePorts } from "./freePorts";

/** A client's own sockets. */
export type ClientChannel = "shell" | "control" | "stdin";

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
  listen(listener: (channel: ClientChannel | "iopub", message: Message) => void): () => void;
  /** The kernel's process number. */
  readonly processId: number | undefined;
  /** Where the kernel listens, for another client. */
  readonly connection: Connection;
  /** Rejects when the kernel's process ends before `shutDown`. */
  readonly ended: Promise<never>;
  shutDown(): Promise<void>;
}

/** The server's script as it is built. */
export function kernelScript(): string {
  return join(packageRoot(), "dist", "kernel", "server", "main.js");
}

async function createConnection(folder: string): Promise<Connection> {
  const key = randomUUID();
  // Sockets in a folder of our own need no port that another process might take first.
  if (process.platform !== "win32")
    return {
      transport: "ipc",
      ip: join(folder, "kernel"),
      ports: { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 },
      key,
    };
  const [shell, iopub, stdin, control, hb] = await freePorts(5);
  return { transport: "tcp", ip: "127.0.0.1", ports: { shell, iopub, stdin, control, hb }, key };
}

function waitForEnd(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once("exit", () => resolve());
  });
}

/** How long a kernel may take to end after it was told to. */
const shutDownMilliseconds = 3000;

/**
 * Starts a kernel in a folder and connects to it.
 *
 * @param folder  the folder that cells run in: the notebook's
 */
export async function startKernel(folder: string): Promise<KernelClient> {
  const privateFolder = mkdtempSync(join(tmpdir(), "roundlab-"));
  const connection = await createConnection(privateFolder);
  const connectionFile = join(privateFolder, "connection.json");
  writeFileSync(connectionFile, formatConnection(connection), { mode: 0o600 });
  const child = spawn(process.execPath, [kernelScript(), connectionFile], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, JPY_PARENT_PID: String(process.pid) },
  });

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
  for (const [name, socket] of Object.entries(sockets))
    socket.connect(address(connection, name as ClientChannel));
  iopub.connect(address(connection, "iopub"));

  const listeners = new Set<(channel: ClientChannel | "iopub", message: Message) => void>();
  const read = async (channel: ClientChannel | "iopub", socket: Dealer | Subscriber) => {
    for await (const frames of socket) {
      const decoded = decode(frames, connection.key);
      if (decoded.kind === "message")
        for (const listener of [...listeners]) listener(channel, decoded.message);
    }
  };
  for (const [name, socket] of Object.entries(sockets))
    read(name as ClientChannel, socket).catch(() => undefined);
  read("iopub", iopub).catch(() => undefined);

  let isClosing = false;
  const ended = new Promise<never>((_, reject) => {
    child.once("exit", (code, signal) => {
      if (!isClosing) reject(new Error(`the kernel ended by itself (${signal ?? `code ${code}`})`));
    });
    child.once("error", reject);
  });
  ended.catch(() => undefined);

  const sending: Record<ClientChannel, Promise<unknown>> = {
    shell: Promise.resolve(),
    control: Promise.resolve(),
    stdin: Promise.resolve(),
  };
  const client: KernelClient = {
    processId: child.pid,
    connection,
    ended,
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    request: (channel, type, content, parent) => {
      const message = createMessage(sender, type, content, parent);
      const frames = encode(message, connection.key);
      sending[channel] = sending[channel].then(() => sockets[channel].send(frames));
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
      isClosing = true;
      const exit = waitForEnd(child);
      client.request("control", "shutdown_request", { restart: false });
      const timer = setTimeout(() => child.kill("SIGKILL"), shutDownMilliseconds);
      await exit;
      clearTimeout(timer);
      for (const socket of [...Object.values(sockets), iopub]) socket.close();
      rmSync(privateFolder, { recursive: true, force: true });
    },
  };
  await waitForPublications(client);
  return client;
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
