import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreError } from "../../../src/errors";
import {
  installKernelspec,
  loadKernelspec,
  uninstallKernelspec,
} from "../../../kernel/install/kernelspec";
import { logoPng, logoSvg } from "../../../kernel/install/logo";
import { kernelspecsFolder, userDataFolder } from "../../../kernel/install/jupyterPaths";

let prefix: string;
beforeEach(() => {
  prefix = mkdtempSync(join(tmpdir(), "roundlab-test-"));
});
afterEach(() => rmSync(prefix, { recursive: true, force: true }));

describe("installKernelspec", () => {
  test("names this Node and the built kernel by absolute paths", () => {
    const folder = installKernelspec({ kind: "prefix", prefix });
    expect(folder).toBe(join(prefix, "share", "jupyter", "kernels", "roundlab"));
    const spec = loadKernelspec(folder);
    expect(spec?.display_name).toBe("TypeScript (RoundLab)");
    expect(spec?.argv[0]).toBe(process.execPath);
    expect(existsSync(spec?.argv[1] ?? "")).toBe(true);
    expect(spec?.argv[2]).toBe("{connection_file}");
    for (const file of ["logo-32x32.png", "logo-64x64.png", "logo-svg.svg", "plotly.min.js"])
      expect(existsSync(join(folder, file))).toBe(true);
  });

  test("takes the place of an older one", () => {
    const folder = installKernelspec({ kind: "prefix", prefix });
    writeFileSync(join(folder, "stale"), "");
    installKernelspec({ kind: "prefix", prefix });
    expect(existsSync(join(folder, "stale"))).toBe(false);
  });

  test("says where it could not write and what to do", () => {
    writeFileSync(join(prefix, "share"), "a file in the way");
    expect(() => installKernelspec({ kind: "prefix", prefix })).toThrow(StoreError);
    expect(() => installKernelspec({ kind: "prefix", prefix })).toThrow(
      /cannot be written.*--user/s,
    );
  });
});

describe("uninstallKernelspec", () => {
  test("removes what was installed, and says when there was nothing", () => {
    const folder = installKernelspec({ kind: "prefix", prefix });
    expect(uninstallKernelspec({ kind: "prefix", prefix })).toBe(folder);
    expect(existsSync(folder)).toBe(false);
    expect(uninstallKernelspec({ kind: "prefix", prefix })).toBeUndefined();
  });
});

describe("loadKernelspec", () => {
  test("refuses a broken file and says how to mend it", () => {
    const folder = installKernelspec({ kind: "prefix", prefix });
    writeFileSync(join(folder, "kernel.json"), "{");
    expect(() => loadKernelspec(folder)).toThrow(/not JSON; run roundlab install/);
  });

  test("refuses JSON that is no kernelspec, by the field that is not as it should be", () => {
    const folder = installKernelspec({ kind: "prefix", prefix });
    for (const [text, field] of [
      ["null", "argv"],
      ['{ "argv": "node" }', "argv"],
      ['{ "argv": [1] }', "argv"],
      ['{ "argv": ["node"] }', "display_name"],
    ]) {
      writeFileSync(join(folder, "kernel.json"), text);
      expect(() => loadKernelspec(folder)).toThrow(StoreError);
      expect(() => loadKernelspec(folder)).toThrow(`"${field}" should be`);
    }
  });
});

describe("userDataFolder", () => {
  test("follows Jupyter's own variables", () => {
    expect(userDataFolder({ JUPYTER_DATA_DIR: "/data" })).toBe("/data");
    if (process.platform === "linux") {
      expect(userDataFolder({ XDG_DATA_HOME: "/xdg" })).toBe("/xdg/jupyter");
      expect(userDataFolder({ HOME: "/home/ada" })).toBe("/home/ada/.local/share/jupyter");
    }
  });
});

describe("kernelspecsFolder", () => {
  test("follows an active environment for sys-prefix", () => {
    const before = process.env.VIRTUAL_ENV;
    process.env.VIRTUAL_ENV = prefix;
    expect(kernelspecsFolder({ kind: "sysPrefix" })).toBe(
      join(prefix, "share", "jupyter", "kernels"),
    );
    if (before === undefined) delete process.env.VIRTUAL_ENV;
    else process.env.VIRTUAL_ENV = before;
  });
});

describe("the logo", () => {
  test("is a PNG of the size asked for, and an SVG", () => {
    const png = logoPng(32);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([32, 32]);
    expect(logoSvg()).toMatch(/^<svg [^>]*viewBox="0 0 64 64">/);
    const folder = installKernelspec({ kind: "prefix", prefix });
    expect(readFileSync(join(folder, "logo-64x64.png")).equals(logoPng(64))).toBe(true);
  });
});
