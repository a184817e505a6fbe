import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startKernel, type KernelClient } from "../../kernel/execute/kernelClient";
import type { JsonObject, Message } from "../../kernel/protocol/message";

/** What a cell came to: the content of its reply, and what was published for it. */
export interface CellRun {
  readonly reply: JsonObject;
  readonly published: readonly Message[];
}

/** A kernel in a folder of its own, as built in `dist`. */
export interface TestSession {
  readonly client: KernelClient;
  readonly folder: string;
  run(code: string, request?: JsonObject): Promise<CellRun>;
  /** Sends a cell without waiting for it; `finished` is what `run` would yield. */
  start(code: string, request?: JsonObject): { finished: Promise<CellRun> };
  ask(type: string, content: JsonObject): Promise<JsonObject>;
  /** The text of a cell's result; fails with the traceback if the cell failed. */
  evaluate(code: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a kernel in a folder with these files; there is room above it, too. */
export async function openSession(files: Record<string, string> = {}): Promise<TestSession> {
  const room = mkdtempSync(join(tmpdir(), "roundlab-test-"));
  const folder = join(room, "notebooks");
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const client = await startKernel(folder);
  const start = (code: string, request: JsonObject = {}): { finished: Promise<CellRun> } => {
    const { request: message, reply } = client.ask("shell", "execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...request,
    });
    const published: Message[] = [];
    const idle = new Promise<void>((resolve) => {
      const stop = client.listen((channel, each) => {
        if (channel !== "iopub" || each.parentHeader.msg_id !== message.header.msg_id) return;
        published.push(each);
        if (each.content.execution_state !== "idle") return;
        stop();
        resolve();
      });
    });
    const finished = Promise.all([reply, idle]).then(([{ content }]) => ({
      reply: content,
      published,
    }));
    return { finished };
  };
  return {
    client,
    folder,
    start,
    run: (code, request) => start(code, request).finished,
    evaluate: async (code) => {
      const run = await start(code).finished;
      if (run.reply.status !== "ok") throw new Error(tracebackOf(run).join("\n"));
      return resultOf(run);
    },
    ask: async (type, content) => (await client.ask("shell", type, content).reply).content,
    close: async () => {
      await client.shutDown();
      rmSync(room, { recursive: true, force: true });
    },
  };
}

/** The types of what was published between busy and idle. */
export function typesOf({ published }: CellRun): string[] {
  return published.map(({ header }) => header.msg_type).filter((type) => type !== "status");
}

/** The text of one stream, whole. */
export function streamOf({ published }: CellRun, name: "stdout" | "stderr"): string {
  return published
    .filter(({ header, content }) => header.msg_type === "stream" && content.name === name)
    .map(({ content }) => String(content.text))
    .join("");
}

/** The text of a cell's result. */
export function resultOf({ published }: CellRun): unknown {
  const result = published.find(({ header }) => header.msg_type === "execute_result");
  return (result?.content.data as JsonObject | undefined)?.["text/plain"];
}

/** The lines of a reply's traceback, without colours. */
export function tracebackOf({ reply }: CellRun): string[] {
  // eslint-disable-next-line no-control-regex -- colours are control characters
  return (reply.traceback as string[]).map((line) => line.replace(/\u001b\[\d+m/g, ""));
}

/** Waits until a cell prints a text that starts so. */
export function whenPrinted({ client }: TestSession, start: string): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.listen((_, { content }) => {
      if (!String(content.text).startsWith(start)) return;
      stop();
      resolve();
    });
  });
}

/** A pause, for what only time brings. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
