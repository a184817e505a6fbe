import { existsSync } from "node:fs";
import { join } from "node:path";
import { readVersion } from "./sourceWatch";

/** Notices packages that have changed on disk since a cell first imported them. */
export interface PackageWatch {
  /** Told of every import by a cell. */
  imported(id: string): void;
}

/** The name of the package that a module belongs to; nothing for a file or a module of Node's. */
export function packageOf(id: string): string | undefined {
  if (/^[./]|^node:|^[A-Za-z]:[\\/]/.test(id)) return undefined;
  return id
    .split("/")
    .slice(0, id.startsWith("@") ? 2 : 1)
    .join("/");
}

/**
 * A watch over packages. Unlike the user's own sources they are loaded once for a process: files of
 * theirs are many, and some of them are not to be loaded twice.
 *
 * @param require  of the notebook's folder
 * @param tell  gets a sentence, once for each change
 */
export function createPackageWatch(
  require: NodeJS.Require,
  tell: (sentence: string) => void,
): PackageWatch {
  const loaded = new Map<string, string>();

  /** What tells two states of a package apart: its description, and the file that is imported. */
  const stateOf = (id: string, name: string): string | undefined => {
    const folders = require.resolve.paths(id) ?? [];
    const description = folders
      .map((folder) => join(folder, name, "package.json"))
      .find((path) => existsSync(path));
    if (description === undefined) return undefined;
    let entry = "";
    try {
      entry = readVersion(require.resolve(id));
    } catch {
      // A package that can only be imported does not tell.
    }
    return `${readVersion(description)} ${entry}`;
  };

  return {
    imported: (id) => {
      const name = packageOf(id);
      const state = name === undefined ? undefined : stateOf(id, name);
      if (name === undefined || state === undefined) return;
      const before = loaded.get(id);
      loaded.set(id, state);
      if (before !== undefined && before !== state)
        tell(
          `${name} has changed on disk since it was loaded; restart the kernel to have it as it is now`,
        );
    },
  };
}
