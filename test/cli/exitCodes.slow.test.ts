import { spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { EXIT } from "../../src/cli/command";
import { packageRoot } from "../../src/packageRoot";

const MAIN = path.join(packageRoot(), "bin", "roundlab.js");

function roundlab(words: readonly string[], stdout: "pipe" | number = "pipe") {
  return spawnSync(process.execPath, [MAIN, ...words], {
    encoding: "utf8",
    stdio: ["ignore", stdout, "pipe"],
  });
}

describe("exit codes", () => {
  test("are those that docs/cli.md lists", () => {
    const page = fs.readFileSync(path.join(packageRoot(), "docs", "cli.md"), "utf8");
    const listed = [...page.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(EXIT));
  });

  test.each([
    [["--version"], EXIT.done],
    [["appmax", "--help"], EXIT.done],
    [["frobnicate"], EXIT.usage],
    [["appmax", "--bogus"], EXIT.usage],
    [["appmax", "--points"], EXIT.usage],
    [["export"], EXIT.usage],
    [["execute"], EXIT.usage],
    [["bench"], EXIT.usage],
    [["completion", "fihs"], EXIT.usage],
    [["appmax", "--fail-above", "much"], EXIT.usage],
  ])("of %j is %i, and no stack is shown", (words, code) => {
    const { status, stderr } = roundlab(words);
    expect(status).toBe(code);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe("standard output", () => {
  test("that is full ends the command with 1 and one sentence", () => {
    const full = fs.openSync("/dev/full", "w");
    const { status, stderr } = roundlab(["data", "list"], full);
    fs.closeSync(full);
    expect([status, stderr]).toEqual([
      EXIT.failed,
      "roundlab: standard output: the disk is full; make room on it, or name a place on another disk\n",
    ]);
  });

  test("whose reader goes away ends the command quietly", async () => {
    const child = spawn(process.execPath, [MAIN, "data", "list"]);
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk) => (stderr += String(chunk)));
    const code = await new Promise((resolve) => child.on("exit", resolve));
    expect([code, stderr]).toEqual([EXIT.done, ""]);
  });

  test("is written also where nobody reads standard error", () => {
    const full = fs.openSync("/dev/full", "w");
    const { status, stdout } = spawnSync(process.execPath, [MAIN, "appmax", "--points", "x"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", full],
    });
    fs.closeSync(full);
    expect([status, stdout]).toEqual([EXIT.usage, ""]);
  });
});
