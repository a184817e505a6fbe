import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { join } from "node:path";
import { Dealer } from "zeromq";
import { address } from "../../kernel/protocol/connection";
import { createMessage, createSender } from "../../kernel/protocol/message";
import { encode } from "../../kernel/protocol/wire";
import { packageRoot } from "../../src/packageRoot";
import { openSession, resultOf, type TestSession } from "./session";

const channels = ["shell", "control", "stdin"] as const;
const sender = createSender("stranger");

let session: TestSession;
let strangers: Record<(typeof channels)[number], Dealer>;
beforeAll(async () => {
  session = await openSession();
  strangers = { shell: new Dealer(), control: new Dealer(), stdin: new Dealer() };
  for (const channel of channels) {
    strangers[channel].linger = 0;
    strangers[channel].connect(address(session.client.connection, channel));
  }
});
afterAll(async () => {
  for (const channel of channels) strangers[channel].close();
  await session.close();
});

/**
 * Whether the kernel runs cells, after all that was sent before; cells of strangers may have
 * failed.
 */
async function expectAlive(): Promise<void> {
  await session.ask("kernel_info_request", {});
  for (let tries = 0; tries < 20; tries++) {
    const run = await session.run("6 * 7");
    if (run.reply.status === "aborted") continue;
    expect(resultOf(run)).toBe("42");
    return;
  }
  throw new Error("every cell is aborted");
}

describe("a malformed message", () => {
  test("with a wrong signature is ignored and logged", () => {
    const built = (path: string) => JSON.stringify(join(packageRoot(), "dist", "kernel", path));
    const script = `
      const { Dealer } = require(${JSON.stringify(require.resolve("zeromq"))});
      const { startKernel } = require(${built("execute/kernelClient.js")});
      const { address } = require(${built("protocol/connection.js")});
      const { createMessage, createSender } = require(${built("protocol/message.js")});
      const { encode } = require(${built("protocol/wire.js")});
      (async () => {
        const client = await startKernel(process.cwd());
        const stranger = new Dealer({ linger: 0 });
        stranger.connect(address(client.connection, "control"));
        let answers = 0;
        (async () => { for await (const _ of stranger) answers++; })().catch(() => {});
        const request = createMessage(createSender("stranger"), "kernel_info_request", {});
        await stranger.send(encode(request, "another key"));
        await client.ask("control", "kernel_info_request", {}).reply;
        await new Promise((resolve) => setTimeout(resolve, 200));
        console.log("answers:", answers);
        stranger.close();
        await client.shutDown();
      })();`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
    expect(stdout).toBe("answers: 0\n");
    expect(stderr).toMatch(/message on control ignored: the signature does not fit/);
  });

  test("spoilt anywhere in its frames never ends the kernel", async () => {
    const key = session.client.connection.key;
    const whole = encode(createMessage(sender, "kernel_info_request", {}), key);
    const spoilt = fc.record({
      frames: fc.oneof(
        fc.nat(whole.length - 1).map((at) => whole.toSpliced(at, 1)),
        fc.nat(whole.length).map((length) => whole.slice(0, length)),
        fc
          .tuple(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 40 }))
          .map(([at, bytes]) => whole.with(at, Buffer.from(bytes))),
        fc.array(fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes))),
      ),
      channel: fc.constantFrom(...channels),
    });
    for (const { frames, channel } of fc.sample(spoilt, { seed: 1, numRuns: 300 }))
      if (frames.length > 0) await strangers[channel].send(frames);
    await expectAlive();
  });

  test("with content of the wrong kind never ends the kernel", async () => {
    const types = [
      ...["kernel_info", "execute", "complete", "inspect", "is_complete", "history", "comm_info"],
      ...["debug", "nonsense"],
    ].map((name) => `${name}_request`);
    const fields = ["code", "cursor_pos", "silent", "user_expressions", "n", "pattern", "session"];
    const odd = fc.record({
      type: fc.constantFrom(...types, "comm_open", "comm_msg", "input_reply", "__proto__"),
      content: fc.dictionary(
        fc.constantFrom(...fields, "start", "value", "comm_id"),
        fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("[z-a]", "search", "\ud800", -1)),
      ),
      channel: fc.constantFrom(...channels),
    });
    for (const { type, content, channel } of fc.sample(odd, { seed: 2, numRuns: 300 })) {
      const message = createMessage(sender, type, content);
      await strangers[channel].send(encode(message, session.client.connection.key));
    }
    await expectAlive();
  });

  test("without code is answered with an error that says so", async () => {
    for (const type of ["execute_request", "complete_request", "inspect_request"])
      expect(await session.ask(type, { code: 5 })).toMatchObject({
        status: "error",
        ename: "FormatError",
        evalue: `${type}: code should be a text, found 5`,
      });
  });
});

describe("code over which the compiler breaks down", () => {
  test.each([
    ["parentheses", "(".repeat(5000)],
    ["brackets", "[".repeat(3000) + "]".repeat(3000)],
  ])(
    "of deep %s is an error of its cell; the next one runs and has the variables",
    async (_, code) => {
      await session.run("const kept = 1;");
      expect((await session.run(code)).reply).toMatchObject({ ename: "CompilerFailed" });
      expect(resultOf(await session.run("kept"))).toBe("1");
      expect(
        await session.ask("complete_request", { code, cursor_pos: code.length }),
      ).toMatchObject({
        status: "ok",
        matches: [],
      });
    },
  );
});
