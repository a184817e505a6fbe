import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/packageRoot";
import { openSession, type TestSession } from "./session";

const page = (name: string): string => readFileSync(join(packageRoot(), "docs", name), "utf8");
const text = page("kernel.md");

/** The code of a page, block by block. */
const blocksOf = (markdown: string): string[] =>
  [...markdown.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);

let session: TestSession;
beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.close());

describe("docs/kernel.md", () => {
  test("shows code that runs", async () => {
    const blocks = blocksOf(text);
    expect(blocks.length).toBeGreaterThan(0);
    for (const code of blocks) await session.evaluate(code);
  });

  test("names globals that are there, and all of them", async () => {
    const named = [...text.matchAll(/^\| `(\w+)/gm)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(0);
    const declarations = readFileSync(
      join(packageRoot(), "kernel", "child", "run", "globals.ts"),
      "utf8",
    );
    const declared = [
      ...declarations.matchAll(/^ {2}(?:const|function|export import) (\w+)/gm),
    ].map(([, name]) => name);
    expect([...named].sort()).toEqual(declared.sort());
    const types = await session.evaluate(`[${named.join(", ")}].map((each) => typeof each).join()`);
    expect(types).not.toContain("undefined");
  });
});

describe("docs/frames.md", () => {
  const frames = page("frames.md");

  test("shows code that runs", async () => {
    const blocks = blocksOf(frames);
    expect(blocks.length).toBeGreaterThan(0);
    for (const code of blocks) await session.evaluate(code);
  });

  test("names members and functions that are there", async () => {
    const named = [...frames.matchAll(/`(?:frame\.)?([a-z]\w+)\(/gi)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(10);
    const known = await session.evaluate(
      "const members = [frame, frame.column('error'), frame.groupby('approx'), rl];\n" +
        `${JSON.stringify([...new Set(named)])}.filter((name) => !members.some((each) => name in each)).join()`,
    );
    expect(known).toBe("''");
  });
});

describe("docs/extend.md", () => {
  test("shows a rounding scheme of one's own in four lines, and code that runs in order", async () => {
    const blocks = blocksOf(page("extend.md"));
    expect(blocks[0].trim().split("\n")).toHaveLength(4);
    const shown: unknown[] = [];
    for (const code of blocks) shown.push(await session.evaluate(code));
    expect(JSON.stringify(shown)).toMatch(/certified/);
  });
});

describe("docs/api.md", () => {
  test("shows an example for every verb, and all of them run one after another", async () => {
    const api = page("api.md");
    const folder = mkdtempSync(join(tmpdir(), "roundlab-api-"));
    try {
      // Some examples save a file beside the notebook.
      await session.evaluate(`process.chdir(${JSON.stringify(folder)})`);
      for (const code of blocksOf(api)) await session.evaluate(code);
      expect(readdirSync(folder).sort()).toEqual(["errors.svg", "half.safetensors"]);
    } finally {
      await session.evaluate(`process.chdir(${JSON.stringify(packageRoot())})`);
      rmSync(folder, { recursive: true, force: true });
    }
    const lacking = api
      .split("\n## Doors\n", 1)[0]
      .split(/^### /m)
      .slice(1)
      .filter((screen) => !screen.includes("```ts\n"))
      .map((screen) => screen.split("\n", 1)[0]);
    expect(lacking).toEqual([]);
    // Forty cells, some of which solve programs: minutes where others have the processor too.
  }, 600000);

  test("calls every parameter by a word", () => {
    expect(page("api.md")).not.toContain("__");
  });

  test("is what the docstrings say", () => {
    const root = packageRoot();
    const run = (file: string, ...words: readonly string[]) =>
      execFileSync(process.execPath, [join(root, file), ...words], { cwd: root, stdio: "pipe" });
    run("node_modules/typedoc/bin/typedoc");
    expect(String(run("scripts/apiPage.js", "--check"))).toBe("");
  });
});
