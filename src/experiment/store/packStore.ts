import * as fs from "node:fs";
import * as path from "node:path";
import { StoreError } from "../../errors";
import { packRows } from "./rowPack";
import { readBytes, readPacked, replaceFile } from "./storeBytes";
import { atFile } from "./storeError";
import { parseLines, wholeSize } from "./storeLines";
import { lockFolder } from "./storeLock";
import { PACKED_ROWS, ROW_LINES } from "./storePlace";

/** What packing a store came to, in bytes. */
export interface PackedStore {
  readonly folder: string;
  readonly before: number;
  readonly after: number;
}

/**
 * Keeps the rows of a finished run as compressed columns in the place of lines, where that is
 * lighter; undefined where it is not, or where they are packed already. The lines are removed once
 * the file that was written has been read back to the same bytes.
 *
 * @throws StoreError if a running process has the store
 */
export function packStore(folder: string): PackedStore | undefined {
  const lines = path.join(folder, ROW_LINES);
  if (!fs.existsSync(lines)) return undefined;
  const lock = lockFolder(folder);
  try {
    const bytes = readBytes(lines);
    // A line that was cut short is left to who goes on with the run.
    if (wholeSize(bytes) !== bytes.length) return undefined;
    const packed = packRows(objectsOf(parseLines(bytes, lines)));
    if (packed.length >= bytes.length) return undefined;
    const file = path.join(folder, PACKED_ROWS);
    replaceFile(file, packed);
    if (!linesOf(readPacked(file)).equals(bytes)) {
      fs.rmSync(file);
      return undefined;
    }
    atFile("remove", lines, () => fs.rmSync(lines));
    return { folder, before: bytes.length, after: packed.length };
  } finally {
    lock.release();
  }
}

/**
 * Turns packed rows back into lines, to which rows can be added. Whoever calls it has the lock.
 * Where both files are there, as a kill may leave them, the lines are complete.
 */
export function unpackStore(folder: string): void {
  const lines = path.join(folder, ROW_LINES);
  const file = path.join(folder, PACKED_ROWS);
  if (!fs.existsSync(file)) return;
  if (!fs.existsSync(lines)) replaceFile(lines, linesOf(readPacked(file)));
  atFile("remove", file, () => fs.rmSync(file));
}

function objectsOf(values: readonly unknown[]): object[] {
  return values.map((value, index) => {
    if (typeof value === "object" && value !== null) return value;
    throw new StoreError(`line ${index + 1} of the rows is no object`);
  });
}

function linesOf(rows: readonly object[]): Buffer {
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
