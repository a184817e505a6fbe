import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executeNotebook, type ExecuteResult } from "../../../kernel/execute/executeNotebook";
import { parseNotebook } from "../../../kernel/execute/notebook";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const code = (source: string, metadata = {}) => ({
  cell_type: "code",
  execution_count: null,
  metadata,
  outputs: [],
  source,
});

function execute(cells: object[], options = {}): Promise<ExecuteResult> {
  mkdirSync(join(folder, "deep"), { recursive: true });
  const path = join(folder, "deep", "book.ipynb");
  writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }));
  return executeNotebook(path, { out: join(folder, "out"), ...options });
}

const loadOutputs = (result: ExecuteResult) =>
  parseNotebook(readFileSync(result.notebookPath, "utf8"), "result").cells;

describe("executeNotebook", () => {
  test("runs the cells in the notebook's folder and writes notebook and report", async () => {
    writeFileSync(join(folder, "above.ts"), "export const height = 8848;\n");
    const progress: number[] = [];
    const result = await execute(
      [
        { cell_type: "markdown", metadata: {}, source: "# Book" },
        code(
          'import { height } from "../above";\nconsole.log(height);\nprocess.cwd().endsWith("deep")',
        ),
        code(""),
        code("throw new Error('meant')", { tags: ["raises-exception"] }),
        code("const handle = display('a');"),
        code("handle.update('b');"),
      ],
      {
        html: true,
        onProgress: (each: { codeCellsDone: number }) => progress.push(each.codeCellsDone),
      },
    );
    expect(result.failure).toBeUndefined();
    expect(progress).toEqual([1, 2, 3, 4]);
    const cells = loadOutputs(result);
    expect(cells[1].executionCount).toBe(1);
    expect(cells[1].outputs).toMatchObject([
      { output_type: "stream", name: "stdout", text: ["8848\n"] },
      { output_type: "execute_result", data: { "text/plain": ["true"] }, execution_count: 1 },
    ]);
    expect(cells[2].outputs).toEqual([]);
    expect(cells[3].outputs).toMatchObject([{ output_type: "error", evalue: "meant" }]);
    expect(cells[4].outputs).toMatchObject([{ data: { "text/plain": ["'b'"] } }]);
    expect(readFileSync(result.htmlPath ?? "", "utf8")).toMatch(/<h1>Book<\/h1>/);
  });

  test("stops at a cell that fails, names it, and writes what there is", async () => {
    const result = await execute([code("1"), code("const n: string = 1;"), code("3")]);
    expect(result.failure).toMatchObject({
      cellNumber: 2,
      cellId: "cell-2",
      ename: "TypeScriptError",
    });
    const cells = loadOutputs(result);
    expect(cells.map(({ executionCount }) => executionCount)).toEqual([1, 2, null]);
    expect(cells[1].outputs).toMatchObject([{ output_type: "error" }]);
    expect(existsSync(join(folder, "out", "book.ipynb.partial"))).toBe(false);
  });

  test("interrupts a cell that takes too long, and says which option would give it more", async () => {
    const result = await execute([code("await new Promise(() => {})")], {
      timeoutMilliseconds: 4000,
    });
    expect(result.failure).toMatchObject({ cellNumber: 1, ename: "CellTimeout" });
    expect(result.failure?.evalue).toMatch(/longer than 4 s.*--timeout/);
  });
});
