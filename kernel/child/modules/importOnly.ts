import Module from "node:module";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { codeOf } from "../../../src/systemError";
import { membersOf } from "../../../src/unknownValue";

type Require = (id: string) => unknown;
type Import = (id: unknown) => Promise<unknown>;

/**
 * Modules that `require` cannot load, such as those with a top-level await or packages that say how
 * to be imported only. They are imported ahead, so that code compiled to CommonJS finds them.
 */
export interface ImportOnlyModules {
  /** `require` for the code of a file, which takes what was imported ahead from there. */
  requireFor(file: string, require: Require): Require;
  /** `import()` for the code of a file that has such a `require`. */
  importFor(file: string, require: Require): Import;
  /** Imports, one after another, all modules for want of which `load` fails. */
  preload(load: () => unknown): Promise<void>;
}

/** Why `require` leaves a module to `import()`. */
const IMPORT_ONLY_CODES: ReadonlySet<string | undefined> = new Set([
  "ERR_REQUIRE_ESM",
  "ERR_REQUIRE_ASYNC_MODULE",
  "ERR_PACKAGE_PATH_NOT_EXPORTED",
]);

/** Whether an error of `require` says that the module is to be imported. */
function isImportOnly(error: unknown): boolean {
  return IMPORT_ONLY_CODES.has(codeOf(error));
}

/** `import()` as it works in a file. */
function importFrom(file: string): (id: string) => Promise<object> {
  // What is compiled as a module of that name resolves from there.
  const module = new Module(file) as NodeModule & { _compile(code: string, file: string): void };
  module._compile("module.exports = (id) => import(id);", file);
  // That is what the line above exports.
  return module.exports as (id: string) => Promise<object>;
}

/** What `import * as x` of a CommonJS module sees: its exports, and the whole as `default`. */
function asNamespace(exported: unknown): unknown {
  if (exported === null || (typeof exported !== "object" && typeof exported !== "function"))
    return { default: exported };
  if ("__esModule" in exported) return exported;
  return Object.assign(Object.create(null), exported, { default: exported });
}

/**
 * The TypeScript source that a relative name means, if there is one: `./file` and `./file.js` mean
 * `file.ts`, as the compiler believes, also where compiled JavaScript lies beside it.
 */
function typeScriptSource(file: string, id: string): string | undefined {
  if (!/^\.\.?(\/|$)/.test(id)) return undefined;
  const path = resolve(dirname(file), id);
  const ending = /\.([cm]?)js$/.exec(path);
  const candidates =
    ending === null
      ? [`${path}.ts`, `${path}.tsx`]
      : [path.replace(/js$/, "ts"), ...(ending[1] === "" ? [path.replace(/js$/, "tsx")] : [])];
  if (ending === null && !existsSync(`${path}.js`) && !existsSync(`${path}.json`))
    candidates.push(`${path}/index.ts`, `${path}/index.tsx`);
  return candidates.find((candidate) => existsSync(candidate));
}

/**
 * No module imported yet.
 *
 * @param loadSource  loads a source of the user's that awaits at its top
 */
export function createImportOnlyModules(
  loadSource: (file: string) => Promise<void>,
): ImportOnlyModules {
  const imported = new Map<string, object>();
  /** The module for want of which the last `require` failed. */
  let wanted: { key: string; id: string; file: string; error: unknown } | undefined;

  /** Gets the module for want of which `error` was thrown; false if it was for none. */
  const provide = async (error: unknown): Promise<boolean> => {
    if (wanted === undefined || wanted.error !== error) return false;
    const { key, id, file } = wanted;
    wanted = undefined;
    const source = asyncSource(error);
    if (source === undefined) {
      const namespace = await importFrom(file)(id);
      const copy: object = Object.assign(Object.create(null), namespace, { __esModule: true });
      imported.set(key, copy);
      return true;
    }
    try {
      await loadSource(source);
    } catch (failure) {
      // It may want such a module itself; then it is loaded once that is there.
      if (!(await provide(failure))) throw failure;
    }
    return true;
  };

  const preload = async (load: () => unknown): Promise<void> => {
    for (;;) {
      try {
        load();
        return;
      } catch (error) {
        // Any other failure comes again, with a stack trace, when the cell itself requires it.
        if (!(await provide(error))) return;
      }
    }
  };

  return {
    requireFor: (file, require) => (id) => {
      const key = `${dirname(file)}\n${id}`;
      const found = imported.get(key);
      if (found !== undefined) return found;
      try {
        return require(typeScriptSource(file, id) ?? id);
      } catch (error) {
        // The file that required it first is the one that wants it; others only pass the error on.
        if (isImportOnly(error) && wanted?.error !== error) wanted = { key, id, file, error };
        throw error;
      }
    },
    importFor: (file, require) => {
      const importHere = importFrom(file);
      return async (id) => {
        const name = String(id);
        try {
          return asNamespace(require(name));
        } catch (error) {
          if (!isImportOnly(error)) throw error;
          if (asyncSource(error) === undefined) return importHere(name);
          await preload(() => require(name));
          return asNamespace(require(name));
        }
      };
    },
    preload,
  };
}

/** The user's source that awaits at its top, if `require` failed for one (see sourceModules.ts). */
function asyncSource(error: unknown): string | undefined {
  const { name, file } = membersOf<{ name: string; file: string }>(error);
  return name === "AsyncSource" && typeof file === "string" ? file : undefined;
}
