import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** Compilers that write what they would write, and a line that says they were at work. */
const COMPILER = (file: string): string => `
const fs = require("node:fs");
fs.mkdirSync("dist/src/cli", { recursive: true });
fs.writeFileSync("dist/${file}", fs.readFileSync("src/one.ts"));
console.log("${file}");
`;

let folder: string;

const put = (name: string, text: string): void => {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

const run = (...words: string[]) =>
  spawnSync(process.execPath, ["scripts/build.js", ...words], { cwd: folder, encoding: "utf8" });

/** The files that a build compiled; the two compilers work side by side. */
function build(...words: string[]): string[] {
  const { status, stdout, stderr } = run(...words);
  expect([status, stderr]).toEqual([0, ""]);
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .sort();
}

const ALL = ["kernels.wasm", "src/cli/main.js"];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-build-"));
  fs.mkdirSync(path.join(folder, "scripts"));
  const script = path.join("scripts", "build.js");
  fs.copyFileSync(path.join(__dirname, "..", "..", script), path.join(folder, script));
  put("node_modules/typescript/bin/tsc", COMPILER("src/cli/main.js"));
  put("node_modules/assemblyscript/bin/asc.js", COMPILER("kernels.wasm"));
  put("src/one.ts", "1");
  put("package-lock.json", "{}");
  expect(build()).toEqual(ALL);
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("npm run build", () => {
  it("compiles nothing where nothing has changed", () => {
    expect(build()).toEqual([]);
    put("src/one.ts", "1");
    expect(build()).toEqual([]);
  });

  it.each([
    ["a source is edited", () => put("src/one.ts", "2")],
    ["a source is added", () => put("kernel/two.ts", "1")],
    ["a compiler has another version", () => put("package-lock.json", "{ }")],
    ["a built file is lost", () => fs.rmSync(path.join(folder, "dist/kernels.wasm"))],
    ["a built file is damaged", () => put("dist/kernels.wasm", "")],
    ["dist is removed", () => fs.rmSync(path.join(folder, "dist"), { recursive: true })],
  ])("compiles where %s, and then no more", (_, change) => {
    change();
    expect(build()).toEqual(ALL);
    expect(build()).toEqual([]);
  });

  it("compiles again after a compiler has failed, and fails with its exit code", () => {
    put("src/one.ts", "2");
    put("node_modules/typescript/bin/tsc", "process.exit(2)");
    expect(run().status).toBe(2);
    expect(run().status).toBe(2);
    put("src/one.ts", "1");
    expect(run().status).toBe(2);
  });
});

describe("npm ci", () => {
  it("builds, so that nothing is left for npm start to compile", () => {
    put("src/one.ts", "2");
    expect(build("--at-install")).toEqual(ALL);
    expect(build()).toEqual([]);
  });

  it("installs for use without what a build needs", () => {
    put("src/one.ts", "2");
    fs.rmSync(path.join(folder, "node_modules/assemblyscript"), { recursive: true });
    expect(build("--at-install")).toEqual([]);
  });

  it("installs sources that do not compile, and leaves their fault to the build", () => {
    put("src/one.ts", "2");
    put("node_modules/typescript/bin/tsc", "process.exit(2)");
    const { status, stderr } = run("--at-install");
    expect([status, stderr]).toEqual([0, expect.stringContaining("npm run build")]);
    expect(run().status).toBe(2);
  });
});
