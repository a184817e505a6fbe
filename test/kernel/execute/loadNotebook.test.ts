import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ArgumentError, FormatError } from "../../../src/errors";
import { loadNotebook } from "../../../kernel/execute/loadNotebook";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "roundlab-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = JSON.stringify({
  cells: [{ cell_type: "markdown", source: "naïve" }],
  metadata: {},
  nbformat: 4,
});

function write(bytes: Uint8Array | string): string {
  const path = join(folder, "book.ipynb");
  writeFileSync(path, bytes);
  return path;
}

describe("loadNotebook", () => {
  test("reads UTF-8, with and without a byte order mark", () => {
    for (const mark of ["", "\ufeff"])
      expect(loadNotebook(write(mark + text)).cells[0].source).toBe("naïve");
  });

  test.each([
    [
      "is not UTF-8",
      Buffer.from(text, "latin1"),
      /book\.ipynb is not UTF-8; save it anew as UTF-8/,
    ],
    ["is UTF-16", Buffer.from(`\ufeff${text}`, "utf16le"), /is UTF-16, expected UTF-8/],
    ["is empty", Buffer.alloc(0), /is empty; was it written whole\?/],
    ["was cut off", Buffer.from(text.slice(0, 30)), /is not JSON \(.*was it written whole\?/],
    ["is a list", Buffer.from("[]"), /is no JSON object/],
    ["has no cells", Buffer.from('{"nbformat":4}'), /has no list of cells/],
    ["has no format", Buffer.from('{"cells":[]}'), /has no field nbformat/],
    [
      "is of nbformat 3",
      Buffer.from('{"worksheets":[],"nbformat":3}'),
      /has nbformat 3, expected 4; convert it with: jupyter nbconvert --to notebook --nbformat 4/,
    ],
    ["is of nbformat 5", Buffer.from('{"cells":[],"nbformat":5}'), /has nbformat 5, expected 4/],
  ])("refuses a file that %s, and leaves it as it is", (_, bytes, message) => {
    const path = write(bytes);
    expect(() => loadNotebook(path)).toThrow(FormatError);
    expect(() => loadNotebook(path)).toThrow(message);
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  test("says of a folder and of a missing file what they are", () => {
    expect(() => loadNotebook(folder)).toThrow(ArgumentError);
    expect(() => loadNotebook(folder)).toThrow(/it is a folder; name the notebooks in it/);
    expect(() => loadNotebook(join(folder, "no"))).toThrow(/there is no such file/);
    expect(() => loadNotebook(join(write(text), "no"))).toThrow(/a part of its path is a file/);
  });

  test("refuses a file of 1 TB before it reads any of it", () => {
    const path = write("");
    truncateSync(path, 2 ** 40);
    expect(() => loadNotebook(path)).toThrow(/it has 1099511627776 bytes, and at most 536870887/);
  });
});
