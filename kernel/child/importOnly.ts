import Module from "node:module";
import { dirname } from "node:path";

type Require = (id: string) => unknown;

/**
 * ES modules that `require` cannot load, such as those with a top-level await or packages that say
 * how to be imported only. They are imported ahead, so that code compiled to CommonJS finds them.
 */
export interface ImportOnlyModules {
  /** `require` for the code of a file, which takes what was imported ahead from there. */
  requireFor(file: string, require: Require): Require;
  /** Imports, one after another, all modules for want of which `load` fails. */
  preload(load: () => unknown): Promise<void>;
}

/** Why `require` leaves a module to `import()`. */
const importOnlyCodes: ReadonlySet<string | undefined> = new Set([
  "ERR_REQUIRE_ESM",
  "ERR_REQUIRE_ASYNC_MODULE",
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
]);

/** Whether an error of `require` says that the module is to be imported. */
export function isImportOnly(error: unknown): boolean {
  return importOnlyCodes.has((error as NodeJS.ErrnoException).code);
}

/** `import()` as it works in a file. */
export function importFrom(file: string): (id: string) => Promise<object> {
  // What is compiled as a module of that name resolves from there.
  const module = new Module(file) as NodeModule & { _compile(code: string, file: string): void };
  module._compile("module.exports = (id) => import(id);", file);
  return module.exports as (id: string) => Promise<object>;
}

/** `./file.js` means `./file.ts` where only that is there, as the compiler believes. */
function requireSource(require: Require, id: string): unknown {
  try {
    return require(id);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isMissing = code === "MODULE_NOT_FOUND" && message.includes(`'${id}'`);
    if (!isMissing || !/^\.\.?\/.*\.[cm]?js$/.test(id)) throw error;
    return require(id.replace(/js$/, "ts"));
  }
}

/** No module imported yet. */
export function createImportOnlyModules(): ImportOnlyModules {
  const imported = new Map<string, object>();
  /** The module for want of which the last `require` failed. */
  let wanted: { key: string; id: string; file: string; error: unknown } | undefined;

  return {
    requireFor: (file, require) => (id) => {
      const key = `${dirname(file)}\n${id}`;
      const found = imported.get(key);
      if (found !== undefined) return found;
      try {
        return requireSource(require, id);
      } catch (error) {
        // The file that required it first is the one that wants it; others only pass the error on.
        if (isImportOnly(error) && wanted?.error !== error) wanted = { key, id, file, error };
        throw error;
      }
    },
    preload: async (load) => {
      for (;;) {
        try {
          load();
          return;
        } catch (error) {
          // Any other failure comes again, with a stack trace, when the cell itself requires it.
          if (wanted === undefined || wanted.error !== error) return;
          const { key, id, file } = wanted;
          wanted = undefined;
          const namespace = await importFrom(file)(id);
          imported.set(
            key,
            Object.assign(Object.create(null) as object, namespace, { __esModule: true }),
          );
        }
      }
    },
  };
}
