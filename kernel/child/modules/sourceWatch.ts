import { statSync } from "node:fs";
import { join, sep } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { dropImportAttributes } from "../compile/importAttributes";
import { packageRoot } from "../../../src/packageRoot";

/** The compiler's view of the disk, and a way to tell it of changes. */
export interface SourceWatch {
  readonly sys: TypeScript.System;
  /** Tells the compiler which of the user's sources have changed since it read them. */
  notice(): void;
}

interface Watched {
  version: string;
  readonly callback: TypeScript.FileWatcherCallback;
}

/** What tells two states of a file apart. */
export function readVersion(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? "gone" : `${found.mtimeMs} ${found.size} ${found.ino}`;
}

/** Where RoundLab's own code lies; looked up once. */
let ownFolder: string | undefined;

/** Files of packages and of the compiler itself do not change under a running kernel. */
export function isUserSource(path: string): boolean {
  const isOfPackage = path.split(/[\\/]/).includes("node_modules");
  return !isOfPackage && !path.startsWith((ownFolder ??= join(packageRoot(), "dist") + sep));
}

/**
 * Replaces the compiler's file watchers, of which it wants one for each file that it reads: here
 * the user's own sources, and they alone, are looked at before each cell. That starts faster than
 * hundreds of watchers and, unlike them, never comes too late.
 */
export function createSourceWatch(ts: typeof TypeScript, folder: string): SourceWatch {
  const watched = new Map<string, Watched>();
  const nothing: TypeScript.FileWatcher = { close: () => undefined };
  // It is the compiler's own by inheritance, but for what is set below.
  const sys = Object.create(ts.sys) as TypeScript.System;
  sys.getCurrentDirectory = () => folder;
  sys.readFile = (path, encoding) => {
    const text = ts.sys.readFile(path, encoding);
    if (text === undefined || path.endsWith(".json") || !isUserSource(path)) return text;
    return dropImportAttributes(text);
  };
  sys.watchDirectory = () => nothing;
  sys.watchFile = (path, callback) => {
    if (!isUserSource(path)) return nothing;
    watched.set(path, { version: readVersion(path), callback });
    return { close: () => void watched.delete(path) };
  };
  return {
    sys,
    notice: () => {
      for (const [path, each] of [...watched]) {
        const version = readVersion(path);
        if (version === each.version) continue;
        each.version = version;
        const isGone = version === "gone";
        const { Deleted, Changed } = ts.FileWatcherEventKind;
        each.callback(path, isGone ? Deleted : Changed);
      }
    },
  };
}
