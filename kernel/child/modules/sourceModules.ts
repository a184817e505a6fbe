import { readFileSync } from "node:fs";
import Module from "node:module";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { awaitsAtTop, IMPORT_NAME, isEsModule, META_NAME, transformSource } from "./esModules";
import { dropImportAttributes } from "../compile/importAttributes";
import type { ImportOnlyModules } from "./importOnly";
import { isUserSource, readVersion } from "./sourceWatch";
import type { StackTraces } from "../run/stackTrace";

/** The user's own sources and JSON files, as modules that cells import. */
export interface SourceModules {
  /** Forgets them all if one has changed on disk, so that the next import runs them anew. */
  forgetChanged(): void;
  /** Loads a source that awaits at its top, which `require` then finds. */
  load(file: string): Promise<void>;
}

type SourceModule = NodeModule & { _compile(code: string, file: string): unknown };
type Loader = (module: SourceModule, file: string) => void;

/** What of Node's modules has no type. */
interface ModuleInternals {
  readonly _extensions: Record<string, Loader>;
  readonly _pathCache: Record<string, string>;
  _nodeModulePaths(folder: string): string[];
}

/** A source awaits at its top: `require` cannot load it, `SourceModules.load` can. */
export class AsyncSource extends Error {
  override readonly name = "AsyncSource";
  readonly code = "ERR_REQUIRE_ASYNC_MODULE";
  constructor(readonly file: string) {
    super(`${file} awaits outside a function: it can be imported, but not required`);
  }
}

/** One source, compiled to a CommonJS module whose code is the body of a function. */
interface Compiled {
  readonly code: string;
  readonly isAsync: boolean;
}

/** Lines that stand before a source's own in the compiled module. */
const MODULE_LINES_BEFORE = 1;

function compile(
  ts: typeof TypeScript,
  traces: StackTraces,
  file: string,
  source: string,
  isModule: boolean,
): Compiled {
  const isAsync = isModule && awaitsAtTop(ts, file, source);
  const { outputText, sourceMapText } = ts.transpileModule(source, {
    // For the compiler, .cjs and .mts fix the kind of module; here that is decided.
    fileName: file.replace(/\.[cm](?=[jt]s$)/, "."),
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      experimentalDecorators: true,
      allowJs: true,
      jsx: ts.JsxEmit.React,
      sourceMap: true,
    },
    transformers: transformSource(ts),
  });
  const maps = sourceMapText === undefined ? [] : [{ map: sourceMapText }];
  const lineCount = outputText.split("\n").length;
  traces.register(file, {
    source,
    maps,
    linesBefore: MODULE_LINES_BEFORE,
    sourceLinesBefore: 0,
    lineCount,
  });
  const start = [IMPORT_NAME, META_NAME].map((name) => `const ${name} = module.${name};`).join(" ");
  // A module may declare `module` and `__dirname`, which are parameters of the function around it.
  const code = isModule
    ? `${start} return (${isAsync ? "async " : ""}function () {\n${outputText}\n}).call(undefined);`
    : `${start}\n${outputText}`;
  return { code, isAsync };
}

/**
 * Teaches `require` to load TypeScript and ES modules of the user's, and to load them, CommonJS and
 * JSON anew once they have changed.
 *
 * Sources are compiled to CommonJS: what Node's own loader of ES modules has once taken in, nobody
 * can take out again.
 */
export function installSourceModules(
  ts: typeof TypeScript,
  traces: StackTraces,
  importOnly: ImportOnlyModules,
): SourceModules {
  const versions = new Map<string, string>();
  // Node's own loader works with these members, which its types leave out.
  const internals = Module as unknown as ModuleInternals;
  const { _extensions, _pathCache } = internals;
  const loadJavaScript = _extensions[".js"];
  const loadJson = _extensions[".json"];

  /** Gives the code of a user's file our `require` and `import()`. */
  const equip = (module: SourceModule, file: string): void => {
    const { require } = module;
    const requireSource = importOnly.requireFor(file, (id) => require.call(module, id));
    Object.assign(module, {
      require: requireSource,
      [IMPORT_NAME]: importOnly.importFor(file, requireSource),
      [META_NAME]: { url: pathToFileURL(file).href, filename: file, dirname: dirname(file) },
    });
  };

  const loadSource = (module: SourceModule, file: string): void => {
    if (!isUserSource(file)) return loadJavaScript(module, file);
    versions.set(file, readVersion(file));
    const source = dropImportAttributes(readFileSync(file, "utf8"));
    equip(module, file);
    const isModule = isEsModule(ts, file, source);
    if (!isModule && !/\bimport\s*\(/.test(source)) return loadJavaScript(module, file);
    const { code, isAsync } = compile(ts, traces, file, source, isModule);
    if (isAsync) throw new AsyncSource(file);
    module._compile(code, file);
  };

  for (const extension of [".js", ".mjs"]) _extensions[extension] = loadSource;
  for (const extension of [".ts", ".tsx", ".cts", ".mts"]) _extensions[extension] = loadSource;
  _extensions[".json"] = (module, file) => {
    if (isUserSource(file)) versions.set(file, readVersion(file));
    loadJson(module, file);
  };

  return {
    forgetChanged: () => {
      const files = [...versions.keys()];
      if (files.every((file) => versions.get(file) === readVersion(file))) return;
      for (const file of files) delete require.cache[file];
      // A file that was lib.js may be lib.ts now.
      for (const [key, file] of Object.entries(_pathCache))
        if (versions.has(file)) Reflect.deleteProperty(_pathCache, key);
      versions.clear();
    },
    load: async (file) => {
      // Every module of Node's can compile itself, which its types leave out.
      const module = new Module(file) as SourceModule;
      const source = dropImportAttributes(readFileSync(file, "utf8"));
      module.filename = file;
      module.paths = internals._nodeModulePaths(module.path);
      equip(module, file);
      await module._compile(compile(ts, traces, file, source, true).code, file);
      module.loaded = true;
      require.cache[file] = module;
    },
  };
}
