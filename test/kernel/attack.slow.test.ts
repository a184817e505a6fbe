import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Dealer } from "zeromq";
import { freePorts } from "../../kernel/execute/freePorts";
import { kernelScript } from "../../kernel/execute/kernelProcess";
import {
  address,
  formatConnection,
  type Channel,
  type Connection,
} from "../../kernel/protocol/connection";
import { createMessage, createSender, type JsonObject } from "../../kernel/protocol/message";
import { decode, encode } from "../../kernel/protocol/wire";
import { openSession, resultOf, streamOf, type TestSession } from "./session";

/** A kernel on TCP, as other processes of the machine reach it, with its stderr in our hands. */
interface Target {
  readonly process: ChildProcess;
  readonly connection: Connection;
  /** Sends frames to a channel as they are. */
  send(channel: Channel, frames: readonly (Buffer | string)[]): Promise<void>;
  /** Frames that came back on a channel so far. */
  readonly received: Record<Channel, Buffer[][]>;
  /** Sends a signed request and waits for its reply; fails if none comes. */
  ask(type: string, content: JsonObject): Promise<JsonObject>;
  close(): void;
}

const sender = createSender("stranger");
const names = ["shell", "control", "stdin", "hb"] as const;

async function waitFor<T>(look: () => T | undefined, what: string): Promise<T> {
  for (let tries = 0; tries < 1500; tries++) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${what} did not come`);
}

async function openTarget(folder: string): Promise<Target> {
  const [shell, iopub, stdin, control, hb] = await freePorts(5);
  const ports = { shell, iopub, stdin, control, hb };
  const connection = { transport: "tcp", ip: "127.0.0.1", key: "the key", ports };
  const file = join(folder, `${shell}.json`);
  writeFileSync(file, formatConnection(connection));
  const child = spawn(process.execPath, [kernelScript(), file], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const sockets = { shell: new Dealer(), control: new Dealer(), stdin: new Dealer() };
  const all: Record<string, Dealer> = { ...sockets, hb: new Dealer() };
  const received: Target["received"] = { shell: [], control: [], stdin: [], hb: [], iopub: [] };
  for (const name of names) {
    all[name].linger = 0;
    all[name].connect(address(connection, name));
    void (async () => {
      for await (const frames of all[name]) received[name].push(frames);
    })().catch(() => undefined);
  }
  const target: Target = {
    process: child,
    connection,
    received,
    send: (channel, frames) => all[channel].send([...frames]),
    ask: async (type, content) => {
      const request = createMessage(sender, type, content);
      await target.send("shell", encode(request, connection.key));
      return waitFor(() => {
        for (const frames of received.shell) {
          const decoded = decode(frames, connection.key);
          if (decoded.kind !== "message") continue;
          const { parentHeader, content } = decoded.message;
          if (parentHeader.msg_id === request.header.msg_id) return content;
        }
        return undefined;
      }, `the reply to ${type}`);
    },
    close: () => {
      for (const socket of Object.values(all)) socket.close();
      child.kill("SIGTERM");
    },
  };
  await target.ask("kernel_info_request", {});
  return target;
}

/** The value of an expression in the target's cells. */
async function evaluate(target: Target, expression: string): Promise<unknown> {
  const { user_expressions } = await target.ask("execute_request", {
    code: "",
    user_expressions: { value: expression },
  });
  return (user_expressions as { value: { data?: JsonObject } }).value.data?.["text/plain"];
}

const wronglySigned = () => encode(createMessage(sender, "kernel_info_request", {}), "a guess");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a kernel that strangers reach", () => {
  let target: Target;
  beforeAll(async () => {
    target = await openTarget(folder);
  });
  afterAll(() => target.close());

  test("does nothing for 288 wrongly signed messages, with nobody reading its stderr", async () => {
    for (let i = 0; i < 96; i++)
      for (const channel of ["shell", "control", "stdin"] as const)
        await target.send(channel, wronglySigned());
    const before = target.received.shell.length;
    expect(await evaluate(target, "6 * 7")).toBe("42");
    expect(target.received.shell).toHaveLength(before + 1);
    expect([target.received.control, target.received.stdin]).toEqual([[], []]);
  });

  test("answers heartbeats after one without a delimiter, which needs no key", async () => {
    await target.send("hb", ["x"]);
    for (let i = 0; i < 50; i++) await target.send("hb", ["", "", `${i}`]);
    await target.send("hb", ["", "still there"]);
    const isEcho = (frames: Buffer[]): boolean => String(frames.at(-1)) === "still there";
    await waitFor(() => target.received.hb.find(isEcho), "the heartbeat");
  });

  test("refuses signed JSON that is nested 5,000 deep, in any of its four parts", async () => {
    const deep = `{"a":`.repeat(5000) + "1" + "}".repeat(5000);
    const whole = createMessage(sender, "kernel_info_request", {});
    const parts = [whole.header, whole.parentHeader, whole.metadata, whole.content];
    for (const [index, part] of parts.entries()) {
      const text = JSON.stringify({ ...part, deep: 0 }).replace('"deep":0', `"deep":${deep}`);
      const frames = signed(
        target.connection.key,
        parts.map((each) => JSON.stringify(each)).with(index, text),
      );
      for (const channel of ["shell", "control", "stdin"] as const)
        await target.send(channel, frames);
    }
    expect(await evaluate(target, "6 * 7")).toBe("42");
    expect(target.received.control).toEqual([]);
  });

  test("runs a signed request once, however often it is sent, on whichever channel", async () => {
    await target.ask("execute_request", { code: "let runs = 0;" });
    const frames = encode(
      createMessage(sender, "execute_request", { code: "runs++;" }),
      target.connection.key,
    );
    for (const channel of ["shell", "shell", "control", "stdin", "shell"] as const)
      await target.send(channel, frames);
    expect(await evaluate(target, "runs")).toBe("1");
  });

  test("goes on when the reader of its stderr has gone", async () => {
    target.process.stderr?.destroy();
    for (let i = 0; i < 300; i++) await target.send("shell", wronglySigned());
    expect(await evaluate(target, "6 * 7")).toBe("42");
    expect(target.process.exitCode).toBeNull();
  });
});

/** The frames of a message whose four parts are these texts, with the right signature. */
function signed(key: string, texts: readonly string[]): Buffer[] {
  const parts = texts.map((text) => Buffer.from(text));
  const hash = createHmac("sha256", key);
  for (const part of parts) hash.update(part);
  return [Buffer.from("<IDS|MSG>"), Buffer.from(hash.digest("hex")), ...parts];
}

describe("a connection file without a key", () => {
  test("is refused where other machines reach the address, before anything is bound", async () => {
    const [shell, iopub, stdin, control, hb] = await freePorts(5);
    const ports = { shell, iopub, stdin, control, hb };
    const file = join(folder, "open.json");
    writeFileSync(file, formatConnection({ transport: "tcp", ip: "0.0.0.0", key: "", ports }));
    const run = spawnSync(process.execPath, [kernelScript(), file], { encoding: "utf8" });
    expect(run.status).toBe(1);
    expect(run.stderr).toMatch(/open\.json has no key, and 0\.0\.0\.0 can be reached/);
    expect(run.stderr).not.toMatch(/\n {4}at /);
  });
});

describe("a cell", () => {
  let session: TestSession;
  beforeAll(async () => {
    session = await openSession();
  });
  afterAll(() => session.close());

  test.each([3, 4, 5, 6])(
    "that writes to descriptor %i costs neither the kernel nor its variables",
    async (descriptor) => {
      await session.run("const kept = 1;");
      const run = await session.run(`
        import { writeSync } from "node:fs";
        for (const garbage of ["{}\\n", "garbage", "\\n\\n", '{"kind":"executed"}\\n', "half a line"])
          try { writeSync(${descriptor}, garbage); } catch { /* closed, or not for writing */ }
        console.log("after");`);
      expect(run.reply.status).toBe("ok");
      expect(streamOf(run, "stdout")).toBe("after\n");
      expect(resultOf(await session.run("kept"))).toBe("1");
    },
  );

  test("that writes 300 MB without a newline to descriptor 4 is told that they were ignored", async () => {
    const run = await session.run(`
      import { writeSync } from "node:fs";
      const block = Buffer.alloc(1 << 20, 65);
      for (let written = 0; written < 300 * block.length; )
        try { written += writeSync(4, block); } catch { /* the pipe is full for the moment */ }
      writeSync(4, "\\n");`);
    expect(run.reply.status).toBe("ok");
    expect(streamOf(run, "stderr")).toMatch(/^output of \d+ bytes was left out/);
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
  });

  test("that closes a descriptor of the kernel ends as an error that says so; the next one runs", async () => {
    for (const descriptor of [3, 4, 5]) {
      const run = await session.run(
        `import { closeSync } from "node:fs"; closeSync(${descriptor});`,
      );
      expect(run.reply).toMatchObject({ status: "error", ename: "CellProcessEnded" });
      expect(run.reply.evalue).toMatch(/^the cell closed a file descriptor of the kernel/);
      expect(resultOf(await session.run("6 * 7"))).toBe("42");
    }
  });

  test("that shows JSON nested 20,000 deep fails or says so, and the kernel goes on", async () => {
    await session.run(`
      let deep: unknown = 0;
      for (let i = 0; i < 20_000; i++) deep = [deep];
      display.bundle({ "application/json": deep });`);
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
  });

  test("gets an answer of 10 MB to its prompt, within 500 MB of memory", async () => {
    const answer = "ü".repeat(5_000_000);
    const stop = session.client.listen((channel, message) => {
      if (channel !== "stdin" || message.header.msg_type !== "input_request") return;
      session.client.request("stdin", "input_reply", { value: answer }, message);
    });
    const run = await session.run(
      `const before = process.memoryUsage().rss;
       const typed = prompt("?");
       [typed.length, typed === "ü".repeat(5_000_000), (process.memoryUsage().rss - before) < 5e8]`,
      { allow_stdin: true },
    );
    stop();
    expect(resultOf(run)).toBe("[ 5000000, true, true ]");
  });
});
