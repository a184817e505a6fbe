import { createRequire } from "node:module";
import { join } from "node:path";
import { importFrom, isImportOnly, type ImportOnlyModules } from "./importOnly";

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
    (match) => JSON.parse(`"${match[1]}"`) as string,
  );
}

/** What `import * as x` of a CommonJS module sees: its exports, and the whole as `default`. */
function asNamespace(exported: unknown): unknown {
  if (exported === null || (typeof exported !== "object" && typeof exported !== "function"))
    return { default: exported };
  if ("__esModule" in exported) return exported;
  return Object.assign(Object.create(null) as object, exported, { default: exported });
}

/**
 * A loader that resolves as a file in `folder` would.
 *
 * @param special  modules that the kernel provides itself, by name
 */
export function createModuleLoader(
  folder: string,
  importOnly: ImportOnlyModules,
  special: Readonly<Record<string, () => unknown>>,
): ModuleLoader {
  const file = join(folder, "cell.ts");
  const requireHere = createRequire(file);
  const requireModule = importOnly.requireFor(file, requireHere);
  const importHere = importFrom(file);

  const requireCell = (id: string): unknown =>
    Object.hasOwn(special, id) ? special[id]() : requireModule(id);

  const importCell = async (id: unknown): Promise<unknown> => {
    const name = String(id);
    try {
      return asNamespace(requireCell(name));
    } catch (error) {
      if (!isImportOnly(error)) throw error;
      return importHere(name);
    }
  };

  return {
    require: Object.assign(requireCell, { resolve: requireHere.resolve, cache: requireHere.cache }),
    import: importCell,
    preload: async (ids) => {
      for (const id of ids)
        if (!Object.hasOwn(special, id)) await importOnly.preload(() => requireModule(id));
    },
  };
}
