import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executeNotebook, type ExecuteResult } from "../../../kernel/execute/executeNotebook";
import { createKernelPool, type KernelPool } from "../../../kernel/execute/kernelSupply";

let folder: string;
let kernels: KernelPool;
let count = 0;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "roundlab-test-")));
  kernels = createKernelPool();
});
afterAll(async () => {
  await kernels.close();
  rmSync(folder, { recursive: true, force: true });
});

async function execute(...sources: string[]): Promise<ExecuteResult> {
  const cells = sources.map((source) => ({
    ...{ cell_type: "code", execution_count: null, metadata: {}, outputs: [], source },
  }));
  const path = join(folder, `book-${++count}.ipynb`);
  writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }));
  return executeNotebook(path, { out: join(folder, "out"), kernels });
}

const shown = ({ notebook }: ExecuteResult): unknown[] =>
  notebook.cells.map(({ outputs }) => outputs.map(({ data, text }) => data ?? text));

describe("a pool of kernels", () => {
  test("gives the next notebook the process of the last, which knows nothing of it", async () => {
    const first = await execute(
      `import { basename } from "node:path"; const apple = 3; process.pid`,
      `import "roundlab/globals"; typeof loadNetwork`,
      `(globalThis as any).pear = 4; (globalThis as any).structuredClone = 5;
       export * from "node:os"; process.chdir("..");`,
    );
    expect(first.failure).toBeUndefined();
    const second = await execute(
      `process.pid`,
      `[typeof (globalThis as any).pear, typeof structuredClone, typeof (globalThis as any).loadNetwork,
        process.cwd() === __dirname, typeof rl.loadNetwork, typeof display].join()`,
      `const apple = "another type"; const basename = 5; apple`,
    );
    expect(second.failure).toBeUndefined();
    expect(shown(second)[0]).toEqual(shown(first)[0]);
    expect(JSON.stringify(shown(second)[1])).toContain(
      "undefined,function,undefined,true,function,function",
    );
    expect(second.notebook.cells.map(({ executionCount }) => executionCount)).toEqual([1, 2, 3]);
    const third = await execute("apple");
    expect(third.failure?.evalue).toContain("apple");
  }, 120_000);

  test("ends a kernel in which something goes on", async () => {
    const before = await execute("setInterval(() => console.log('late'), 5); process.pid");
    const after = await execute("await new Promise((end) => setTimeout(end, 50)); process.pid");
    expect(shown(after)).not.toEqual(shown(before));
    expect(JSON.stringify(shown(after))).not.toContain("late");
  }, 120_000);

  test("ends a kernel whose notebook failed", async () => {
    const before = await execute("process.pid");
    const failed = await execute("throw new Error('meant')");
    expect(failed.failure?.evalue).toBe("meant");
    expect(shown(await execute("process.pid"))).not.toEqual(shown(before));
  }, 120_000);
});
