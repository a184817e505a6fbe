import { dirname, join, parse } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { packageRoot } from "../../../src/packageRoot";
import { isCell } from "../compile/cellTransform";
import { GLOBALS_MODULE, RESOLVED_GLOBALS } from "../compile/globalNames";

/** What the compiler asks for files and modules. */
export type CompilerHost =
  TypeScript.WatchCompilerHostOfFilesAndCompilerOptions<TypeScript.EmitAndSemanticDiagnosticsBuilderProgram>;

/** The name by which cells import the library: always the kernel's own copy, as `rl` is. */
export const LIBRARY_MODULE = "roundlab";

const libraryFile = (): string => join(packageRoot(), "dist", "src", "index.d.ts");

/** A text of the compiler in which the library goes by its name, not by its file's path. */
export function nameLibrary(text: string): string {
  const path = libraryFile()
    .replace(/\\/g, "/")
    .replace(/\.d\.ts$/, "");
  return text.replaceAll(`import("${path}")`, `import("${LIBRARY_MODULE}")`);
}

/**
 * Folders of packages that a cell can use: those of the notebook's folders, then RoundLab's own.
 */
function packageFolders(notebook: string): string[] {
  const folders: string[] = [];
  for (let folder = notebook; ; folder = dirname(folder)) {
    folders.push(join(folder, "node_modules"));
    if (folder === dirname(folder)) break;
  }
  return [...folders, join(packageRoot(), "node_modules"), dirname(packageRoot())];
}

/**
 * How the compiler writes the names of modules into the declarations that one cell hands to the
 * next.
 *
 * It would write a path to RoundLab or its dependencies where the notebook's own folders do not
 * hold them, and then refuse that path as not portable: no variable could hold their values. With
 * these options it finds a plain name, which `createModuleResolver` takes back to the file.
 */
export function specifierOptions(folder: string): TypeScript.CompilerOptions {
  const { root } = parse(folder);
  const inRoot = (path: string): string => path.slice(root.length).replace(/\\/g, "/");
  const library = inRoot(libraryFile()).replace(/\.d\.ts$/, "");
  return {
    pathsBasePath: root.replace(/\\/g, "/"),
    paths: {
      [LIBRARY_MODULE]: [library, dirname(library)],
      "*": packageFolders(folder).map((each) => `${inRoot(each)}/*`),
    },
  };
}

/** Looks for a module from the importing file first, then among RoundLab's own dependencies. */
export function createModuleResolver(
  ts: typeof TypeScript,
  host: CompilerHost,
  options: TypeScript.CompilerOptions,
  folder: string,
): NonNullable<CompilerHost["resolveModuleNameLiterals"]> {
  const cache = ts.createModuleResolutionCache(folder, (name) => name, options);
  const resolve = (name: string, from: string): TypeScript.ResolvedModuleFull | undefined =>
    ts.resolveModuleName(name, from, options, host, cache).resolvedModule;
  const fallbackFile = join(packageRoot(), "cell.ts");
  const resolvedLibrary = {
    resolvedFileName: libraryFile().replace(/\\/g, "/"),
    extension: ts.Extension.Dts,
    isExternalLibraryImport: true,
  };

  /** A file of a package that its `exports` do not name: declarations may speak of its types. */
  const resolveInside = (name: string): TypeScript.ResolvedModuleFull | undefined => {
    if (!/^(@[^/]+\/)?[^/]+\//.test(name)) return undefined;
    for (const each of packageFolders(folder)) {
      const found = resolve(join(each, name).replace(/\\/g, "/"), fallbackFile);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const find = (name: string, from: string): TypeScript.ResolvedModuleFull | undefined => {
    const found = resolve(name, from);
    if (found !== undefined) return found;
    const isPackage = !name.startsWith(".");
    const own = isPackage ? resolve(name, fallbackFile) : undefined;
    if (own !== undefined) return own;
    if (isPackage && !isCell(from)) return resolveInside(name);
    // What is missing now may be there at the next cell.
    cache.clear();
    return undefined;
  };

  return (literals, containingFile) =>
    literals.map(({ text }) => {
      if (text === GLOBALS_MODULE) return RESOLVED_GLOBALS;
      if (text === LIBRARY_MODULE) return { resolvedModule: resolvedLibrary };
      return { resolvedModule: find(text, containingFile) };
    });
}
