import { createRequire } from "node:module";
import { join } from "node:path";
import { Script, constants } from "node:vm";

/** How cells load modules: CommonJS at once, ES modules ahead of the cell or by `import()`. */
export interface ModuleLoader {
  /** `require` as cells see it. */
  readonly require: (id: string) => unknown;
  /** `import()` as cells see it. */
  readonly import: (id: unknown) => Promise<unknown>;
  /** Loads those modules that `require` could not, so that a static import finds them. */
  preload(ids: readonly string[]): Promise<void>;
}

/** Why `require` leaves a module to `import()`. */
const importOnlyCodes: ReadonlySet<string | undefined> = new Set([
  "ERR_REQUIRE_ESM",
  "ERR_REQUIRE_ASYNC_MODULE",
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
]);

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
  special: Readonly<Record<string, () => unknown>>,
): ModuleLoader {
  const requireHere = createRequire(join(folder, "cell.ts"));
  // The script's file name is what `import()` resolves from.
  const importHere = new Script("(id) => import(id)", {
    filename: join(folder, "cell.mjs"),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  }).runInThisContext() as (id: string) => Promise<object>;
  const preloaded = new Map<string, unknown>();

  const requireCell = (id: string): unknown => {
    if (Object.hasOwn(special, id)) return special[id]();
    if (preloaded.has(id)) return preloaded.get(id);
    return requireHere(id);
  };

  const importCell = async (id: unknown): Promise<unknown> => {
    const name = String(id);
    try {
      return asNamespace(requireCell(name));
    } catch (error) {
      if (!importOnlyCodes.has((error as NodeJS.ErrnoException).code)) throw error;
      return importHere(name);
    }
  };

  return {
    require: Object.assign(requireCell, { resolve: requireHere.resolve, cache: requireHere.cache }),
    import: importCell,
    preload: async (ids) => {
      for (const id of ids) {
        if (Object.hasOwn(special, id) || preloaded.has(id)) continue;
        try {
          requireHere(id);
        } catch (error) {
          // Any other failure comes again, with a stack trace, when the cell itself requires it.
          if (!importOnlyCodes.has((error as NodeJS.ErrnoException).code)) continue;
          const namespace = await importHere(id);
          preloaded.set(
            id,
            Object.assign(Object.create(null) as object, namespace, { __esModule: true }),
          );
        }
      }
    },
  };
}
