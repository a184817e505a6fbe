import * as fs from "node:fs";
import { unpackRows } from "./rowPack";
import { atFile } from "./storeError";

/** The bytes of a store's file. */
export function readBytes(file: string): Buffer {
  return atFile("read", file, () => fs.readFileSync(file));
}

/** The rows of a packed file, whatever they are rows of. */
export function readPacked(file: string): object[] {
  return unpackRows(readBytes(file), file);
}

/** Writes a whole file beside the one of that name, and then gives it the name. */
export function replaceFile(file: string, bytes: Uint8Array): void {
  const partial = `${file}.partial`;
  atFile("write", file, () => {
    fs.writeFileSync(partial, bytes);
    fs.renameSync(partial, file);
  });
}
