import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ownFolders, packageRoot } from "../src/packageRoot";

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-root-")));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A package with a models folder, as npm would install it. */
function install(name: string): string {
  const root = path.join(folder, "node_modules", name);
  fs.mkdirSync(path.join(root, "models"), { recursive: true });
  fs.writeFileSync(path.join(root, "package.json"), JSON.stringify({ name }));
  return root;
}

/** The packages, other than RoundLab's own files, that a script of Node has loaded at its end. */
function packagesOf(script: string): string[] {
  const list = `
    const names = Object.keys(require.cache).flatMap(
      (file) => /node_modules[/\\\\]((?:@[^/\\\\]+[/\\\\])?[^/\\\\]+)/.exec(file)?.[1] ?? []);
    process.stdout.write(JSON.stringify([...new Set(names)].sort()));`;
  const text = execFileSync(process.execPath, ["-e", `${script}\n;(async () => {${list}})()`], {
    cwd: packageRoot(),
    encoding: "utf8",
  });
  return JSON.parse(text) as string[];
}

describe("ownFolders", () => {
  test("are the checkout's alone where the exhibits are not installed", () => {
    expect(ownFolders("models")).toEqual([path.join(packageRoot(), "models")]);
    expect(ownFolders("results")).toEqual([path.join(packageRoot(), "results")]);
  });

  test("are those of an installed package, then those of the exhibits beside it", () => {
    const root = install("roundlab");
    const exhibits = install("roundlab-exhibits");
    expect(ownFolders("models", root)).toEqual([
      path.join(root, "models"),
      path.join(exhibits, "models"),
    ]);
    expect(ownFolders("results", root)).toEqual([]);
  });
});

describe("roundlab/core", () => {
  test("is found by its name and loads none of the heavy packages", () => {
    expect(packagesOf('require("roundlab/core")')).toEqual(["env-paths"]);
  });

  test("has nothing that roundlab has not", () => {
    const script = `
      const whole = require("roundlab");
      const missing = Object.keys(require("roundlab/core")).filter((name) => !(name in whole));
      process.stdout.write(JSON.stringify(missing));`;
    const missing = execFileSync(process.execPath, ["-e", script], { cwd: packageRoot() });
    expect(JSON.parse(String(missing))).toEqual([]);
  });
});

describe("what npm pack bundles", () => {
  test("asks for nothing that RoundLab does not ask for itself", () => {
    const read = (...parts: string[]): Record<string, Record<string, string>> =>
      JSON.parse(fs.readFileSync(path.join(packageRoot(), ...parts), "utf8"));
    const own = read("package.json").dependencies;
    const asked = read("node_modules", "danfojs-node", "package.json").dependencies;
    expect(Object.keys(asked).filter((name) => own[name] === undefined)).toEqual([]);
    // Nothing but versions and aliases of the registry: an address would be a host to wait for.
    for (const version of Object.values(own)) expect(version).toMatch(/^(npm:[@\w/-]+@)?\d/);
  });
});
