import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/packageRoot";

let folder: string;
let temporary: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
  temporary = join(folder, "temporary");
  mkdirSync(temporary);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const main = join(packageRoot(), "dist", "src", "cli", "main.js");

function options(folderForTemporary = temporary) {
  return { cwd: folder, env: { ...process.env, TMPDIR: folderForTemporary } };
}

/** Runs `roundlab execute` in the folder. */
function execute(...words: string[]) {
  return spawnSync(process.execPath, [main, "execute", ...words], {
    ...options(),
    encoding: "utf8",
  });
}

interface Cell {
  readonly source: string;
  readonly tags?: readonly string[];
}

function write(name: string, cells: readonly (string | Cell)[], metadata: object = {}): string {
  const all = cells.map((cell) => {
    const { source, tags } = typeof cell === "string" ? { source: cell, tags: [] } : cell;
    return { cell_type: "code", execution_count: null, metadata: { tags }, outputs: [], source };
  });
  const text = JSON.stringify({ cells: all, metadata, nbformat: 4, nbformat_minor: 4 });
  writeFileSync(join(folder, name), text);
  return text;
}

/** A cell's first line: it tells, by a file, that the cell runs. */
const marker = 'import { writeFileSync } from "node:fs"; writeFileSync("waiting", "");';

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

/** Waits until a child has ended; yields its exit code or signal. */
function ended(child: ChildProcess): Promise<number | string | null> {
  return new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
}

async function waitUntil(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 3000 && !isSo(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isSo()).toBe(true);
}

describe("roundlab execute", () => {
  test("writes beside the notebook, which stays as it is, or over it when asked", () => {
    const before = write("book.ipynb", ["6 * 7"]);
    expect(execute("book.ipynb")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/-> book\.executed\.ipynb\n$/) as string,
    });
    expect(read("book.ipynb")).toBe(before);
    expect(read("book.executed.ipynb")).toContain('"42"');
    expect(execute("book.ipynb", "--inplace").status).toBe(0);
    expect(read("book.ipynb")).toContain('"42"');
  });

  test("refuses a Python notebook, and runs it as TypeScript with --force", () => {
    const python = { kernelspec: { name: "python3", language: "python" } };
    const before = write("book.ipynb", ["1 + 1"], python);
    for (const place of [[], ["--inplace"]]) {
      const { status, stderr } = execute("book.ipynb", ...place);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^roundlab: notebook book\.ipynb is for python .*--force/);
    }
    expect(readdirSync(folder).sort()).toEqual(["book.ipynb", "temporary"]);
    expect(read("book.ipynb")).toBe(before);
    expect(execute("book.ipynb", "--force").status).toBe(0);
  });

  test("fills parameters, which later cells see, and refuses unknown ones before it runs", () => {
    const parameters = { source: 'const bits = 16; const name = "a";', tags: ["parameters"] };
    write("book.ipynb", [parameters, "console.log(name, bits + 1)"]);
    const run = execute(
      "book.ipynb",
      "-p",
      "bits=8",
      "--param",
      "name=7",
      "--output",
      "o/run.ipynb",
    );
    expect(run.status).toBe(0);
    expect(read("o/run.ipynb")).toContain('"7 9\\n"');
    const unknown = execute("book.ipynb", "--param", "bit=8");
    expect([unknown.status, unknown.stdout]).toEqual([2, ""]);
    expect(unknown.stderr).toMatch(/has no parameter bit; it has bits, name/);
  });

  test("finds a place that cannot be written before it runs anything", () => {
    write("book.ipynb", ['import { writeFileSync } from "node:fs"; writeFileSync("ran", "");']);
    for (const words of [
      ["--out", "book.ipynb/x"],
      ["--report", "book.ipynb/x.html"],
    ]) {
      const { status, stderr } = execute("book.ipynb", ...words);
      expect(status).toBe(2);
      expect(stderr).toMatch(
        /cannot be written: a file stands where a folder is needed.*nothing was run/,
      );
    }
    expect(existsSync(join(folder, "ran"))).toBe(false);
  });

  test("works where the path of the temporary folder has 120 characters, and leaves nothing there", () => {
    write("book.ipynb", ["6 * 7"]);
    const long = join(temporary, "x".repeat(120));
    mkdirSync(long);
    const run = spawnSync(process.execPath, [main, "execute", "book.ipynb"], options(long));
    expect(run.status).toBe(0);
    expect(readdirSync(long)).toEqual([]);
  });

  test("keeps what had run when the kernel is killed under it, and says so", () => {
    write("book.ipynb", [
      'console.log("first")',
      "process.kill(process.ppid, 'SIGKILL'); await new Promise(() => undefined)",
      'console.log("third")',
    ]);
    const { status, stdout } = execute("book.ipynb");
    expect(status).toBe(1);
    expect(stdout).toMatch(/cell 2 .* failed: KernelError: the kernel's process ended by SIGKILL/);
    expect(read("book.executed.ipynb")).toContain('"first\\n"');
    expect(read("book.executed.ipynb")).toContain('"ename": "KernelError"');
    expect(readdirSync(temporary)).toEqual([]);
  });

  test("leaves the notebook as it is when Ctrl-C comes before its first cell has run", async () => {
    const text = write("book.ipynb", [`${marker} await new Promise(() => undefined)`]);
    const child = spawn(process.execPath, [main, "execute", "book.ipynb", "--inplace"], options());
    await waitUntil(() => existsSync(join(folder, "waiting")));
    child.kill("SIGINT");
    expect(await ended(child)).toBe(130);
    expect(read("book.ipynb")).toBe(text);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s to roundlab execute", (signal) => {
  test("keeps what had run, says so, and removes the folder with the key", async () => {
    write("book.ipynb", ['console.log("first")', `${marker} await new Promise(() => undefined)`]);
    const child = spawn(process.execPath, [main, "execute", "book.ipynb"], options());
    let said = "";
    child.stdout.on("data", (text) => (said += String(text)));
    await waitUntil(() => existsSync(join(folder, "waiting")));
    const [room] = readdirSync(temporary);
    expect(statSync(join(temporary, room)).mode & 0o777).toBe(0o700);
    child.kill(signal);
    expect(await ended(child)).toBe(130);
    expect(said).toMatch(/interrupted after 1 of 2 cells; what had run is kept -> book\.executed/);
    expect(read("book.executed.ipynb")).toContain('"first\\n"');
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe("a process that has started a kernel and listens to no signal", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "ends by %s as it would have, and removes the folder with the key",
    async (signal) => {
      const client = join(packageRoot(), "dist", "kernel", "execute", "kernelClient.js");
      const script = `require(${JSON.stringify(client)}).startKernel(".").then(() => console.log("on"));`;
      const child = spawn(process.execPath, ["-e", script], options());
      await new Promise((resolve) => child.stdout.once("data", resolve));
      expect(readdirSync(temporary)).toHaveLength(1);
      child.kill(signal);
      expect(await ended(child)).toBe(signal);
      expect(readdirSync(temporary)).toEqual([]);
    },
  );
});
