import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { describeSystemError, isMissing } from "../src/systemError";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-system-"));
  fs.writeFileSync(path.join(folder, "file"), "x");
  fs.symlinkSync("loop", path.join(folder, "loop"));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What a call throws. */
function failureOf(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("describeSystemError(error)", () => {
  const at = (...names: string[]): string => path.join(folder, ...names);
  test.each([
    ["a file that is not there", () => fs.readFileSync(at("none")), /there is no such file/],
    ["a folder read as a file", () => fs.readFileSync(at()), /is a folder, and a file is needed/],
    ["a folder below a file", () => fs.mkdirSync(at("file", "x")), /file stands where a folder/],
    ["links in a circle", () => fs.readFileSync(at("loop")), /links lead round in a circle/],
    [
      "a long name",
      () => fs.readFileSync(at("n".repeat(300))),
      /longer than the file system takes/,
    ],
    ["a full disk", () => fs.writeFileSync("/dev/full", "x"), /the disk is full; make room/],
  ])("says of %s what is wrong and what to do, in one sentence", (_, call, words) => {
    const text = describeSystemError(failureOf(call)) ?? "";
    expect(text).toMatch(words);
    expect(text).toMatch(/^[^\n]+; [^\n]+$/);
  });

  test("says where: the error's own path, or the place that the caller knows", () => {
    const missing = failureOf(() => fs.readFileSync(at("none")));
    expect(describeSystemError(missing)).toContain(at("none"));
    const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    expect(describeSystemError(full, "standard output")).toMatch(/^standard output: the disk/);
  });

  test("shows no escape sequence and no endless path", () => {
    const missing = failureOf(() => fs.readFileSync(at(`\u001b[31m${"n".repeat(100)}`)));
    expect(describeSystemError(missing)).not.toContain("\u001b");
    const long = failureOf(() => fs.readFileSync(at("n".repeat(5000))));
    expect((describeSystemError(long) ?? "").length).toBeLessThan(500);
  });

  test("leaves alone what is no failure of the machine", () => {
    expect(describeSystemError(new TypeError("x is not a function"))).toBeUndefined();
    expect(describeSystemError(Object.assign(new Error(), { code: "ERR_ASSERTION" }))).toBe(
      undefined,
    );
    expect(describeSystemError("ENOENT")).toBeUndefined();
  });
});

describe("isMissing(error)", () => {
  test("is true where there is nothing, not where we may not look", () => {
    expect(isMissing(failureOf(() => fs.statSync(path.join(folder, "none"))))).toBe(true);
    expect(isMissing(failureOf(() => fs.statSync(path.join(folder, "file", "x"))))).toBe(true);
    expect(isMissing(failureOf(() => fs.statSync(path.join(folder, "loop"))))).toBe(false);
  });
});
