import {
  openSession,
  pause,
  resultOf,
  whenPrinted,
  type CellRun,
  type TestSession,
} from "./session";

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
  const { reply } = await session.run(`
    const network = await rl.loadNetwork("net1");
    const approximated = rl.approximate(network, rl.parseApproximation("half"));
    const dataset = await rl.openDataset("mnist-embedded");
    const points = Array.from({ length: 5000 }, (_, point) => point);
    const question = { network, approximated, approximation: "half", dataset, points };
    const countThreads = () => (process.report.getReport() as unknown as { workers: unknown[] }).workers.length;
    const idleThreads = countThreads();
    let after = "nothing";`);
  expect(reply.status).toBe("ok");
});
afterAll(() => session.close());

/**
 * Interrupts a cell when it has printed "running", and yields what it came to and how long that
 * took.
 */
async function interrupt(code: string): Promise<CellRun & { milliseconds: number }> {
  const { finished } = session.start(code);
  await whenPrinted(session, "running");
  const start = performance.now();
  await session.client.ask("control", "interrupt_request", {}).reply;
  const run = await finished;
  return { ...run, milliseconds: performance.now() - start };
}

/** The limit that the kernel promises: an interrupted cell has its reply within it. */
const limitMilliseconds = 3000;

/** Waits until no threads compute but those that stood before; fails when some stay. */
async function expectNoThreads(): Promise<void> {
  let text: unknown;
  for (let tries = 0; tries < 50; tries++) {
    text = resultOf(await session.run("countThreads() - idleThreads"));
    if (text === "0") return;
    await pause(100);
  }
  throw new Error(`${String(text)} worker threads are still there 5 seconds after the interrupt`);
}

describe("an interrupt of a cell that awaits the library", () => {
  test("ends the threads of runAppMax and what was to come after it, and keeps variables", async () => {
    const run = await interrupt(
      `await rl.runAppMax(question, { workers: 2, onRow: (row, { done }) => {
         if (done === 2) console.log("running", countThreads() - idleThreads);
       } });
       after = "the cell went on";`,
    );
    expect(run.reply).toMatchObject({ status: "error", ename: "KernelInterrupted" });
    expect(run.milliseconds).toBeLessThan(limitMilliseconds);
    await expectNoThreads();
    expect(resultOf(await session.run("[network.name, points.length, after]"))).toBe(
      "[ 'net1', 5000, 'nothing' ]",
    );
  });

  test("ends threads that an earlier cell had left running", async () => {
    await session.run(
      `void rl.runAppMax(question, { workers: 2, onRow: () => console.log("running") });
       await new Promise((resolve) => setTimeout(resolve, 500));`,
    );
    const run = await interrupt(`console.log("running"); await new Promise(() => {})`);
    expect(run.reply.ename).toBe("KernelInterrupted");
    await expectNoThreads();
  });

  test("ends an exhibit between its runs, not only the run at work", async () => {
    const run = await interrupt(
      `setTimeout(() => console.log("running"), 300);
       after = (await rl.runTable2(new Array(50).fill(network), { points: 5000 })).sample;`,
    );
    expect(run.reply).toMatchObject({ status: "error", ename: "KernelInterrupted" });
    expect(run.milliseconds).toBeLessThan(limitMilliseconds);
    expect(resultOf(await session.run("after"))).toBe("'nothing'");
    const busy = `const before = process.cpuUsage().user;
      await new Promise((resolve) => setTimeout(resolve, 400));
      process.cpuUsage().user - before < 200_000`;
    expect(resultOf(await session.run(busy))).toBe("true");
  });

  test("lets the next cell run the same again", async () => {
    const run = await session.run(
      `(await rl.runAppMax({ ...question, points: [0, 1] }, { workers: 2 })).kind`,
    );
    expect(resultOf(run)).toBe("'finished'");
  });
});
