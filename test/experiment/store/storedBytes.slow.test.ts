import * as fs from "node:fs";
import * as path from "node:path";
import { packRows, unpackRows } from "../../../src/experiment/store/rowPack";
import { parseLines, wholeSize } from "../../../src/experiment/store/storeLines";
import { PACKED_ROWS, ROW_LINES } from "../../../src/experiment/store/storePlace";

const RESULTS = path.join(__dirname, "../../../results");

const stored = fs
  .readdirSync(RESULTS, { recursive: true, encoding: "utf8" })
  .filter((file) => [PACKED_ROWS, ROW_LINES].includes(path.basename(file)))
  .sort();

function linesOf(rows: readonly object[]): Buffer {
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}

/** The lines of a stored file, packed or not, as bytes. */
function bytesOf(file: string): Buffer {
  const bytes = fs.readFileSync(file);
  if (path.basename(file) === PACKED_ROWS) return linesOf(unpackRows(bytes, file));
  // A run that goes on may be writing its last line.
  return bytes.subarray(0, wholeSize(bytes));
}

describe("packRows over all stored runs", () => {
  it("meets packed runs and runs of lines", () => {
    expect(new Set(stored.map((file) => path.basename(file)))).toEqual(
      new Set([PACKED_ROWS, ROW_LINES]),
    );
  });

  it.each(stored)("gives back every byte of %s", (name) => {
    const file = path.join(RESULTS, name);
    const bytes = bytesOf(file);
    const rows = parseLines(bytes, file) as object[]; // of stores, whose lines are objects
    expect(rows.length).toBeGreaterThan(0);
    expect(linesOf(unpackRows(packRows(rows), file)).equals(bytes)).toBe(true);
  });
});
