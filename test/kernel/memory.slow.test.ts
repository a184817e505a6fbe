import { openSession, resultOf, streamOf, tracebackOf } from "./session";

test("a cell that exhausts the memory ends as an error, and the next one runs", async () => {
  const before = process.env.NODE_OPTIONS;
  process.env.NODE_OPTIONS = "--max-old-space-size=300";
  const session = await openSession();
  process.env.NODE_OPTIONS = before ?? "";
  try {
    const run = await session.run(
      "const all: number[][] = [];\nwhile (true) all.push(new Array(1e5).fill(1));",
    );
    expect(run.reply).toMatchObject({ status: "error", ename: "CellProcessEnded" });
    expect(run.reply.evalue).toMatch(/ran out of memory.*all variables are lost/);
    // The sentence comes first; what V8 has to say stands behind it.
    expect(streamOf(run, "stderr")).toBe("");
    const lines = tracebackOf(run);
    expect(lines[0]).toMatch(/^CellProcessEnded: the cell's process ran out of memory/);
    expect(lines.join("\n")).toMatch(/<--- Last few GCs --->.*FATAL ERROR/s);
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
  } finally {
    await session.close();
  }
});

test("what a cell needs while it runs is not kept when it has ended", async () => {
  const session = await openSession();
  const count = (): Promise<unknown> =>
    session.evaluate(
      'const { queryObjects } = require("v8") as any; [require("vm").Script, AbortController].map((type) => queryObjects(type)).join()',
    );
  try {
    await session.run("1 + 1");
    const before = await count();
    for (let cell = 0; cell < 100; cell++) await session.run(`${cell} + 1`);
    expect(await count()).toBe(before);
  } finally {
    await session.close();
  }
});
