import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../src/packageRoot";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built `roundlab` command. */
function roundlab(...words: string[]) {
  const main = join(packageRoot(), "dist", "src", "cli", "main.js");
  // Kernelspecs of the machine itself are out of sight.
  const environment = {
    ...process.env,
    JUPYTER_DATA_DIR: join(folder, "data"),
    VIRTUAL_ENV: join(folder, "environment"),
  };
  return spawnSync(process.execPath, [main, ...words], { encoding: "utf8", env: environment });
}

function writeNotebook(path: string, ...sources: string[]): string {
  const cells = sources.map((source) => ({
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  writeFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }));
  return path;
}

describe("roundlab execute", () => {
  test("ends with 1 when a cell fails, naming notebook, cell and error, and runs the others", () => {
    const bad = writeNotebook(join(folder, "bad.ipynb"), "1", "null!.x");
    const good = writeNotebook(join(folder, "good.ipynb"), "console.log('ran')");
    const out = join(folder, "out");
    const { status, stdout, stderr } = roundlab("execute", bad, good, "--out", out, "--html");
    expect(status).toBe(1);
    expect(stdout).toMatch(/bad\.ipynb: cell 2 \(id cell-2\) failed: TypeScriptError: .*'x'/);
    expect(stdout).toMatch(/good\.ipynb: done in/);
    expect(stderr).toMatch(/TS2339/);
    expect(readFileSync(join(out, "good.ipynb"), "utf8")).toContain("ran");
    expect(existsSync(join(out, "good.html"))).toBe(true);
  });

  test("ends with 2 when two notebooks would overwrite each other", () => {
    mkdirSync(join(folder, "other"), { recursive: true });
    const one = writeNotebook(join(folder, "same.ipynb"), "1");
    const two = writeNotebook(join(folder, "other", "same.ipynb"), "2");
    const out = join(folder, "both");
    const { status, stderr } = roundlab("execute", one, two, "--out", out);
    expect(status).toBe(2);
    expect(stderr).toMatch(/two of the notebooks would be written to .*same\.ipynb/);
  });

  test("looks at all files before it runs any: one is not there, one was cut off", () => {
    const good = writeNotebook(join(folder, "first.ipynb"), "console.log('ran')");
    const before = readFileSync(good, "utf8");
    const missing = roundlab("execute", good, join(folder, "missing.ipynb"));
    expect([missing.status, missing.stdout]).toEqual([2, ""]);
    expect(missing.stderr).toMatch(
      /^roundlab: .*missing\.ipynb cannot be read: there is no such file\n$/,
    );
    writeFileSync(join(folder, "cut.ipynb"), before.slice(0, 40));
    const cut = roundlab("execute", good, join(folder, "cut.ipynb"));
    expect([cut.status, cut.stdout]).toEqual([2, ""]);
    expect(cut.stderr).toMatch(/cut\.ipynb is not JSON \(.*\); was it written whole\?/);
    expect(readFileSync(good, "utf8")).toBe(before);
  });

  test("ends with 2, as nothing was run, when a file is no notebook, and says why", () => {
    writeFileSync(join(folder, "no.ipynb"), "{}");
    const { status, stderr } = roundlab("execute", join(folder, "no.ipynb"));
    expect(status).toBe(2);
    expect(stderr).toMatch(/no\.ipynb has no list of cells/);
  });
});

describe("a copy that npm has installed", () => {
  test("gives cells types and values of the library, where its path is that of a package", () => {
    const packages = join(folder, "installed", "node_modules");
    const copy = join(packages, "roundlab");
    mkdirSync(copy, { recursive: true });
    for (const name of ["dist", "package.json"])
      cpSync(join(packageRoot(), name), join(copy, name), { recursive: true });
    for (const name of readdirSync(join(packageRoot(), "node_modules")))
      if (name !== "roundlab")
        symlinkSync(join(packageRoot(), "node_modules", name), join(packages, name));
    const notebook = writeNotebook(
      join(folder, "elsewhere.ipynb"),
      'import * as lib from "roundlab";\nconst matrix = lib.createMatrix(2, 3);',
      "const columns: number = matrix.columns;\nconsole.log(columns, lib === rl);",
    );
    const main = join(copy, "dist", "src", "cli", "main.js");
    const run = spawnSync(process.execPath, [main, "execute", notebook, "--inplace"], {
      encoding: "utf8",
    });
    expect(run.status).toBe(0);
    expect(readFileSync(notebook, "utf8")).toContain('"3 true\\n"');
  });
});

describe("roundlab install", () => {
  test("says where the kernelspec went, and uninstall where it was", () => {
    const place = join(folder, "data", "kernels", "roundlab");
    expect(roundlab("install").stdout).toContain(place);
    expect(existsSync(join(place, "kernel.json"))).toBe(true);
    expect(roundlab("uninstall").stdout).toContain(place);
    expect(existsSync(place)).toBe(false);
  });

  test("refuses two places at once", () => {
    const { status, stderr } = roundlab("install", "--user", "--prefix", folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/exclude each other/);
  });
});

describe("roundlab doctor", () => {
  test("finds the kernel well, and what is not there with a way to mend it", () => {
    const { status, stdout } = roundlab("doctor", "--json");
    const { isWell, findings } = JSON.parse(stdout) as {
      isWell: boolean;
      findings: { name: string; state: string; advice: string }[];
    };
    expect([status, isWell]).toEqual([0, true]);
    const find = (name: string) => findings.find((each) => each.name === name);
    for (const name of ["node", "zeromq", "kernel", "tensorflow", "plotly"])
      expect(find(name)?.state).toBe("good");
    expect(find("kernelspec")).toMatchObject({ state: "missing", advice: "run roundlab install" });
  });
});
