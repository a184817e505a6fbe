import { join } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { packageRoot } from "../../../src/packageRoot";

/**
 * `import "roundlab/globals"` in a cell makes every function of RoundLab a global of all later
 * cells.
 *
 * The module is the kernel's own. For the type checker it is a file that stands nowhere on disk and
 * whose text is made when the first cell imports it.
 */
export const GLOBALS_MODULE = "roundlab/globals";

const GLOBALS_FILE = join(packageRoot(), "roundlab-globals.d.ts").replace(/\\/g, "/");

/** The line that goes on declaring the globals in later cells. */
export const GLOBALS_DECLARATION = `import "${GLOBALS_MODULE}";\n`;

/** Where the type checker finds the module. */
export const RESOLVED_GLOBALS: TypeScript.ResolvedModuleWithFailedLookupLocations = {
  resolvedModule: {
    resolvedFileName: GLOBALS_FILE,
    extension: ".d.ts",
    isExternalLibraryImport: true,
  },
};

/** Lets a view of the disk hold the module's file. */
export function addGlobalsFile(sys: TypeScript.System, names: () => readonly string[]): void {
  const { readFile, fileExists } = sys;
  sys.fileExists = (path) => path === GLOBALS_FILE || fileExists.call(sys, path);
  sys.readFile = (path, encoding) =>
    path === GLOBALS_FILE ? declareGlobals(names()) : readFile.call(sys, path, encoding);
}

function declareGlobals(names: readonly string[]): string {
  const lines = names.map((name) => `  const ${name}: typeof RoundLab.${name};`);
  return `import * as RoundLab from "roundlab";\ndeclare global {\n${lines.join("\n")}\n}\n`;
}

/** Makes every member of the library a global, unless the name has a meaning already. */
export function defineGlobals(library: object): void {
  for (const [name, value] of Object.entries(library))
    if (!(name in globalThis))
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}
