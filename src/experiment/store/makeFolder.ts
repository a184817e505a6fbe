import * as fs from "node:fs";
import * as path from "node:path";
import { codeOf } from "../../systemError";

/** As `mkdir -p`. Node.js's own never ends below a folder that makes nothing, such as /proc. */
export function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another process was faster.
    if (codeOf(error) !== "EEXIST" || !fs.statSync(folder).isDirectory()) throw error;
  }
}
