import { readFileSync } from "node:fs";
import Module from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { ImportOnlyModules } from "./importOnly";
import { readVersion } from "./sourceWatch";
import type { StackTraces } from "./stackTrace";

/** The user's own `.ts` files, as modules that cells import. */
export interface SourceModules {
  /** Forgets them all if one has changed on disk, so that the next import runs them anew. */
  forgetChanged(): void;
}

type Loader = (
  module: NodeModule & { _compile(code: string, file: string): void },
  file: string,
) => void;

/** Teaches `require` to load TypeScript sources. */
export function installSourceModules(
  ts: typeof TypeScript,
  traces: StackTraces,
  importOnly: ImportOnlyModules,
): SourceModules {
  const versions = new Map<string, string>();
  const load: Loader = (module, file) => {
    const source = readFileSync(file, "utf8");
    versions.set(file, readVersion(file));
    const { outputText, sourceMapText } = ts.transpileModule(source, {
      fileName: file,
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
        experimentalDecorators: true,
        jsx: ts.JsxEmit.React,
        sourceMap: true,
      },
    });
    const maps = sourceMapText === undefined ? [] : [{ map: sourceMapText }];
    const lineCount = outputText.split("\n").length;
    traces.register(file, { source, maps, linesBefore: 0, sourceLinesBefore: 0, lineCount });
    const { require } = module;
    module.require = importOnly.requireFor(file, (id) =>
      require.call(module, id),
    ) as NodeJS.Require;
    module._compile(outputText, file);
  };
  const { _extensions } = Module as unknown as { _extensions: Record<string, Loader> };
  for (const extension of [".ts", ".tsx", ".cts"]) _extensions[extension] = load;
  return {
    forgetChanged: () => {
      const files = [...versions.keys()];
      if (files.every((file) => versions.get(file) === readVersion(file))) return;
      for (const file of files) delete require.cache[file];
      versions.clear();
    },
  };
}
