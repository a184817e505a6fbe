import { createRequire } from "node:module";
import { join } from "node:path";
import type { ImportOnlyModules } from "./importOnly";
import { createPackageWatch } from "./packageWatch";

/** How cells load modules: CommonJS at once, ES modules ahead of the cell or by `import()`. */
export interface ModuleLoader {
  /** `require` as cells see it. */
  readonly require: (id: string) => unknown;
  /** `import()` as cells see it. */
  readonly import: (id: unknown) => Promise<unknown>;
  /** Imports those modules that `require` cannot load, so that a static import finds them. */
  preload(ids: readonly string[]): Promise<void>;
}

/** The modules that compiled code requires. */
export function importedModules(code: string): string[] {
  return [...code.matchAll(/\brequire\("((?:[^"\\]|\\.)*)"\)/g)].map(
    // What the pattern has found between quotes is the inside of a text of JSON.
    (match) => JSON.parse(`"${match[1]}"`) as string,
  );
}

/**
 * A loader that resolves as a file in `folder` would.
 *
 * @param special  modules that the kernel provides itself, by name
 * @param tell  shows the user a sentence about an import
 */
export function createModuleLoader(
  folder: string,
  importOnly: ImportOnlyModules,
  special: Readonly<Record<string, () => unknown>>,
  tell: (sentence: string) => void,
): ModuleLoader {
  const file = join(folder, "cell.ts");
  const requireHere = createRequire(file);
  const requireModule = importOnly.requireFor(file, requireHere);

  const packages = createPackageWatch(requireHere, tell);

  const requireCell = (id: string): unknown => {
    if (Object.hasOwn(special, id)) return special[id]();
    packages.imported(id);
    return requireModule(id);
  };

  return {
    require: Object.assign(requireCell, { resolve: requireHere.resolve, cache: requireHere.cache }),
    import: importOnly.importFor(file, requireCell),
    preload: async (ids) => {
      for (const id of ids)
        if (!Object.hasOwn(special, id)) await importOnly.preload(() => requireModule(id));
    },
  };
}
