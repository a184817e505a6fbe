import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../src/packageRoot";

interface PackageFile {
  readonly version: string;
  readonly bin: Readonly<Record<string, string>>;
}

const root = packageRoot();
const own = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as PackageFile;

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-launcher-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("the roundlab command", () => {
  test("is a committed file that may be executed, so that no build has to come first", () => {
    for (const file of Object.values(own.bin)) {
      expect(file).not.toMatch(/^(\.\/)?dist\//);
      const { mode } = fs.statSync(path.join(root, file));
      expect(mode & 0o111).toBe(0o111);
    }
  });

  test("runs through the link that npm makes to it", () => {
    const link = path.join(folder, "roundlab");
    fs.symlinkSync(path.join(root, own.bin["roundlab"]), link);
    const { stdout, status } = spawnSync(link, ["--version"], { encoding: "utf8" });
    expect([stdout, status]).toEqual([`${own.version}\n`, 0]);
  });

  test("says what to do where there is no build", () => {
    fs.cpSync(path.join(root, "bin"), path.join(folder, "bin"), { recursive: true });
    const command = path.join(folder, own.bin["roundlab"]);
    const { stdout, stderr, status } = spawnSync(command, ["--help"], { encoding: "utf8" });
    expect([stdout, status]).toEqual(["", 1]);
    expect(stderr).toMatch(/^roundlab: the command is not built yet: .*main\.js is missing; /);
    expect(stderr).toContain(`run \`npm run build\` in ${fs.realpathSync(folder)}, then`);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });

  test("may be executed as a built file too: links of earlier versions point there", () => {
    const { mode } = fs.statSync(path.join(root, "dist", "src", "cli", "main.js"));
    expect(mode & 0o111).toBe(0o111);
  });
});
