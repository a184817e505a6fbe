import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InvariantError } from "./errors";
import { membersOf } from "./unknownValue";

/**
 * The folder that holds RoundLab's own package.json, `models/` and `notebooks/`; the same from
 * sources, from `dist`, from an installed copy, and from a bundle that runs where the package is
 * installed.
 */
export function packageRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && isOwn(file)) return folder;
    if (folder === dirname(folder)) break;
  }
  const installed = findPackage("roundlab", __filename);
  if (installed !== undefined) return installed;
  throw new InvariantError(
    `no package.json of roundlab above ${__dirname}, nor the package in a node_modules there; ` +
      "RoundLab's WebAssembly, networks and worker threads are files of the package: install it " +
      "beside the bundle (npm install roundlab), or leave roundlab out of the bundle",
  );
}

/**
 * A package that RoundLab depends on, loaded when it is needed and from RoundLab's own place: a
 * bundler leaves it out, and the bundle finds it all the same.
 *
 * @typeParam T  what of the package's exports the caller uses
 */
export function requirePackage<T>(name: string): T {
  // `require` knows no types. Versions are exact and locked, so what a caller has read in its
  // package's documentation is there.
  return createRequire(join(packageRoot(), "package.json"))(name) as T;
}

/** The version that a package's own package.json names. */
export function packageVersion(folder: string): string {
  const text = readFileSync(join(folder, "package.json"), "utf8");
  const { version } = membersOf<{ version: string }>(JSON.parse(text));
  return typeof version === "string" ? version : "unknown";
}

/** The file that `requirePackage` would load. */
export function resolvePackage(name: string): string {
  return createRequire(join(packageRoot(), "package.json")).resolve(name);
}

/**
 * The compiled file of a worker thread: threads cannot run TypeScript, so from sources (in tests)
 * it is that of the last build.
 *
 * @param beside  the folder of the asking file
 * @param folder  that folder's name below `src`
 */
export function compiledEntry(beside: string, folder: string, entry: string): string {
  const own = join(beside, `${entry}.js`);
  if (existsSync(own)) return own;
  const built = join(packageRoot(), "dist", "src", folder, `${entry}.js`);
  if (existsSync(built)) return built;
  throw new InvariantError(`${built} is missing; build the project first (npm run build)`);
}

/** The package with the networks and rows that are too large for the package itself. */
export const EXHIBITS_PACKAGE = "roundlab-exhibits";

/**
 * Folders of one kind that come with RoundLab, those of the package itself first: a checkout has
 * all files, an installed package has the others in `roundlab-exhibits`, if that is installed
 * beside it.
 */
export function ownFolders(kind: "models" | "results", root = packageRoot()): string[] {
  const exhibits = findPackage(EXHIBITS_PACKAGE, join(root, "package.json"));
  return [root, ...(exhibits === undefined ? [] : [exhibits])]
    .map((folder) => join(folder, kind))
    .filter((folder) => existsSync(folder));
}

/** The folder of a package as a file of ours would find it; undefined where it is not installed. */
function findPackage(name: string, from: string): string | undefined {
  try {
    return dirname(createRequire(from).resolve(`${name}/package.json`));
  } catch {
    return undefined;
  }
}

function isOwn(file: string): boolean {
  return membersOf<{ name: string }>(JSON.parse(readFileSync(file, "utf8"))).name === "roundlab";
}
