import { spawn } from "node:child_process";
import { join } from "node:path";
import { packageRoot } from "../../src/packageRoot";
import {
  openSession,
  pause,
  resultOf,
  streamOf,
  tracebackOf,
  whenPrinted,
  type CellRun,
  type TestSession,
} from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
  await session.run("let kept = 1");
});
afterAll(() => session.close());

/** What the kernel promises: so soon after an interrupt the cell has its reply. */
const limitMilliseconds = 3000;

/**
 * Runs an endless cell, interrupts it once it has said that it runs, and yields what it came to.
 */
async function interrupt(code: string): Promise<CellRun> {
  const { finished } = session.start(`console.log("running");\n${code}`);
  await whenPrinted(session, "running\n");
  await pause(100);
  const start = performance.now();
  await session.client.ask("control", "interrupt_request", {}).reply;
  const run = await finished;
  expect(performance.now() - start).toBeLessThan(limitMilliseconds);
  return run;
}

describe("an interrupt that the cell heeds", () => {
  test.each([
    ["a synchronous loop", "while (true) {}"],
    ["a promise that never settles", "await new Promise(() => {})"],
    ["an endless chain of microtasks", "while (true) await 0;"],
    [
      "a wait inside a function of the cell",
      "async function f() { await new Promise(() => {}); }\nawait f()",
    ],
    [
      "a loop over an iterator that never yields",
      "for await (const x of { [Symbol.asyncIterator]: () => ({ next: () => new Promise<IteratorResult<number>>(() => {}) }) }) console.log(x);",
    ],
  ])("ends %s and keeps the variables", async (_, code) => {
    const run = await interrupt(code);
    expect(run.reply).toMatchObject({ status: "error", ename: "KernelInterrupted" });
    expect(resultOf(await session.run("kept"))).toBe("1");
  });

  test("ends a loop that would go on in the background", async () => {
    await interrupt(
      "(async () => { for (;;) { await new Promise((r) => setTimeout(r, 5)); console.log('tick'); } })();\nawait new Promise(() => {})",
    );
    const ticks: string[] = [];
    const stop = session.client.listen((_, { content }) => {
      if (String(content.text).includes("tick")) ticks.push(String(content.text));
    });
    await pause(60);
    stop();
    expect(ticks).toEqual([]);
  });

  test("leaves cells that wait in the queue unrun", async () => {
    const first = session.start("console.log('first');\nawait new Promise(() => {})");
    const second = session.start("console.log('second')");
    await pause(300);
    await session.client.ask("control", "interrupt_request", {}).reply;
    expect((await first.finished).reply.status).toBe("error");
    const { reply, published } = await second.finished;
    expect(reply.status).toBe("aborted");
    expect(streamOf({ reply, published }, "stdout")).toBe("");
  });
});

/** The child processes of the cells whose command holds this number. */
async function countProcesses(mark: string): Promise<number> {
  const found = await session.evaluate(
    `require("node:child_process").spawnSync("sh", ["-c", "ps -ef | grep -c '[s]leep ${mark}'"]).stdout.toString()`,
  );
  return Number(/\d+/.exec(String(found))?.[0]);
}

const childProcess = 'require("node:child_process")';

describe("an interrupt of a cell that has started processes", () => {
  test.each([
    ["execSync", `${childProcess}.execSync("sleep 61.1")`],
    ["execSync behind an await", `await 0; ${childProcess}.execSync("sleep 61.1")`],
    [
      "a shell that does not heed it",
      `await 0; ${childProcess}.execSync("trap '' INT; sleep 61.1; sleep 61.1")`,
    ],
  ])("ends %s with its process and keeps the variables", async (_, code) => {
    const run = await interrupt(code);
    expect(run.reply.ename).toBe("KernelInterrupted");
    expect(run.reply.evalue).toMatch(/variables of earlier cells are kept/);
    expect(resultOf(await session.run("kept"))).toBe("1");
    expect(await countProcesses("61.1")).toBe(0);
  });

  test("ends what it spawned, in a shell, in the background and detached", async () => {
    const started = [
      'spawn("sleep", ["61.2"])',
      'exec("sleep 61.2; true")',
      'exec("sleep 61.2 & sleep 61.2")',
      'spawn("sleep", ["61.2"], { detached: true }).unref()',
    ].map((call) => `${childProcess}.${call};`);
    const { finished } = session.start(
      `${started.join("\n")}\nconsole.log("started");\nawait new Promise(() => {})`,
    );
    await whenPrinted(session, "started");
    await pause(500);
    await session.client.ask("control", "interrupt_request", {}).reply;
    await finished;
    // What ignores SIGINT is killed a moment later.
    await pause(1500);
    expect(await countProcesses("61.2")).toBe(0);
  });
});

describe("an interrupt of code that never waits, behind an await", () => {
  test("is seen by cellSignal.aborted, and keeps variables", async () => {
    const run = await interrupt(
      "await 0;\nlet turns = 0;\nwhile (!cellSignal.aborted) turns++;\ncellSignal.throwIfAborted();",
    );
    expect(run.reply.ename).toBe("KernelInterrupted");
    expect(resultOf(await session.run("[kept, turns > 0]"))).toBe("[ 1, true ]");
  });

  test("ends appMax between two of its steps, and keeps the results before it", async () => {
    await session.evaluate(
      "const digits = await rl.mnist();\nconst net1 = await rl.network('net1');\nconst half = rl.round(net1, 'half');\nconst engines = await rl.lp.createEngines('auto');\nconst workspace = rl.lp.createPolytopeWorkspace(rl.createTwins(net1, half));",
    );
    const point = "rl.appMax(workspace, rl.pointOf(digits, 1), engines).maximum";
    const before = await session.evaluate(point);
    const { finished } = session.start(
      "await 0;\nconst results: unknown[] = [];\nfor (let point = 0; ; point = (point + 1) % 10) { results.push(rl.appMax(workspace, rl.pointOf(digits, point), engines)); if (results.length === 2) console.log('two'); }",
    );
    await whenPrinted(session, "two");
    await session.client.ask("control", "interrupt_request", {}).reply;
    expect((await finished).reply).toMatchObject({ ename: "KernelInterrupted" });
    expect(resultOf(await session.run("[kept, results.length >= 2]"))).toBe("[ 1, true ]");
    expect(await session.evaluate(point)).toBe(before);
  });

  test("ends runAppMax, says where its rows are, and the same run goes on from them", async () => {
    const run = (points: string, options: string): string =>
      `rl.runAppMax({ network: net1, approximated: half, approximation: "half", dataset: digits, points: ${points} }, ${options})`;
    const { finished } = session.start(
      `await ${run("Array.from({ length: 400 }, (_, i) => i)", "{ onRow: (_, { done }) => { if (done === 2) console.log('two rows'); } }")}`,
    );
    await whenPrinted(session, "two rows");
    await session.client.ask("control", "interrupt_request", {}).reply;
    expect((await finished).reply.evalue).toMatch(
      /variables of earlier cells are kept; \d+ of 400 points are finished: rl\.finishedRows\(\) has them/,
    );
    await session.run("const rows = rl.finishedRows<rl.AppMaxRow>(); const solved: number[] = [];");
    expect(
      await session.evaluate(
        `const again = await ${run("rows.map(({ point }) => point)", "{ onRow: (_, { resumed }) => void solved.push(resumed) }")};\n[rows.length >= 2, solved.every((each) => each === rows.length), again.rows.length === rows.length]`,
      ),
    ).toBe("[ true, true, true ]");
  });
});

describe("an interrupt that the cell does not heed", () => {
  test("ends a loop behind an await with its process, and says that variables are lost", async () => {
    const run = await interrupt("await 0; while (true) {}");
    expect(run.reply).toMatchObject({ status: "error", ename: "KernelInterrupted" });
    expect(run.reply.evalue).toMatch(/within 2 seconds.*all variables are lost/);
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
    const gone = await session.run("kept");
    expect(tracebackOf(gone).join("\n")).toMatch(/Cannot find name 'kept'/);
  });
});

describe("a cell that ends its process or tries to", () => {
  test("process.exit is an error of the cell, and variables are kept", async () => {
    await session.run("let here = 2");
    const run = await session.run("process.exit(3)");
    expect(run.reply).toMatchObject({ status: "error", ename: "ProcessExit" });
    expect(resultOf(await session.run("here"))).toBe("2");
  });

  test("an unhandled rejection is an error of the cell, and variables are kept", async () => {
    const run = await session.run('Promise.reject(new RangeError("nobody cares")); 5');
    expect(run.reply).toMatchObject({
      status: "error",
      ename: "RangeError",
      evalue: "nobody cares",
    });
    expect(resultOf(await session.run("here"))).toBe("2");
  });

  test("an error in a timer is an error of the waiting cell", async () => {
    const run = await session.run(
      'setTimeout(() => { throw new RangeError("late"); }, 5); await new Promise(() => {})',
    );
    expect(run.reply).toMatchObject({ status: "error", ename: "RangeError", evalue: "late" });
  });

  test("an error in a timer after the cell goes to stderr", async () => {
    const texts: string[] = [];
    const stop = session.client.listen((_, { content }) => texts.push(String(content.text)));
    await session.run('void setTimeout(() => { throw new RangeError("too late"); }, 30)');
    await pause(200);
    stop();
    expect(texts.join("")).toMatch(/after the cell had ended:.*too late/s);
    expect(resultOf(await session.run("here"))).toBe("2");
  });

  test("a native crash is an error of the cell, and the next cell runs in a fresh process", async () => {
    const run = await session.run("console.log('before'); process.abort()");
    expect(run.reply).toMatchObject({ status: "error", ename: "CellProcessEnded" });
    expect(run.reply.evalue).toMatch(/SIGABRT.*all variables are lost/);
    expect(streamOf(run, "stdout")).toContain("before");
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
  });
});

describe("an interrupt that comes early", () => {
  test("ends a cell that has only just been sent", async () => {
    const { finished } = session.start("await new Promise(() => {})");
    session.client.request("control", "interrupt_request", {});
    expect((await finished).reply).toMatchObject({ status: "error", ename: "KernelInterrupted" });
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
  });

  test("aborts the signal that the cell has handed on", async () => {
    const run = await interrupt(
      "const mine = cellSignal;\ncellSignal.addEventListener('abort', () => console.log('heard'));\nawait new Promise(() => {})",
    );
    expect(run.reply.ename).toBe("KernelInterrupted");
    expect(resultOf(await session.run("[mine.aborted, cellSignal.aborted]"))).toBe(
      "[ true, false ]",
    );
  });
});

/** Whether a process ends within five seconds. */
async function endsSoon(number: number): Promise<boolean> {
  for (let waited = 0; waited < 5000; waited += 100) {
    try {
      process.kill(number, 0);
    } catch {
      return true;
    }
    await pause(100);
  }
  return false;
}

describe("a process whose parent is killed", () => {
  test("ends if it is a cell process, even in the middle of an endless loop", async () => {
    const own = await openSession();
    const number = Number(resultOf(await own.run("process.pid")));
    own.start("while (true) {}").finished.catch(() => undefined);
    await pause(300);
    process.kill(own.client.processId ?? 0, "SIGKILL");
    expect(await endsSoon(number)).toBe(true);
    await own.close();
  });

  test("ends if it is a server", async () => {
    const script = [
      `const { startKernel } = require(${JSON.stringify(join(packageRoot(), "dist/kernel/execute/kernelClient.js"))});`,
      "startKernel(process.cwd()).then((client) => console.log(client.processId));",
    ].join("\n");
    const client = spawn(process.execPath, ["-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const number = await new Promise<number>((resolve) =>
      client.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString()))),
    );
    expect(number).toBeGreaterThan(0);
    client.kill("SIGKILL");
    expect(await endsSoon(number)).toBe(true);
  });
});
