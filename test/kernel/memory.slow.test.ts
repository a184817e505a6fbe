import { openSession, resultOf } from "./session";

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
    expect(resultOf(await session.run("6 * 7"))).toBe("42");
  } finally {
    await session.close();
  }
});
