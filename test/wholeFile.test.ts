import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StoreError } from "../src/errors";
import { writeWhole } from "../src/wholeFile";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("writeWhole", () => {
  test("replaces the text through a symbolic link and keeps the file's mode", () => {
    const path = join(folder, "private.ipynb");
    writeFileSync(path, "old", { mode: 0o600 });
    const link = join(folder, "alias.ipynb");
    symlinkSync(path, link);
    writeWhole(link, "new");
    expect(readFileSync(path, "utf8")).toBe("new");
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test("leaves nothing beside a place that it cannot take, and says which option names it", () => {
    const taken = join(folder, "taken");
    mkdirSync(join(taken, "full"), { recursive: true });
    const write = (): void => writeWhole(taken, new Uint8Array(3), "--out");
    expect(write).toThrow(StoreError);
    expect(write).toThrow(/taken cannot be written: .*; name another place with --out$/);
    expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
  });
});
