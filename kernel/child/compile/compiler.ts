import { createRequire } from "node:module";
import { dirname, join, parse } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type * as TslabConverter from "tslab/dist/converter";
import { isCell, transformCell } from "./cellTransform";
import { expandShorthands, isEarlierCells } from "./expandShorthands";
import { exportVariables } from "./exportVariables";
import { createSourceWatch } from "../modules/sourceWatch";
import { addGlobalsFile } from "./globalNames";
import {
  createModuleResolver,
  specifierOptions,
  type CompilerHost,
} from "../modules/moduleResolution";
import { isTopLevelAwait } from "./topLevelAwait";

/**
 * tslab's converter with a compiler of our own making underneath.
 *
 * tslab fixes its compiler options and throws away what we need (raw diagnostics, source maps). It
 * takes the compiler from `require`, so before it is loaded, four functions of the compiler are
 * replaced there; all else is passed on.
 */
export interface Compiler {
  readonly ts: typeof TypeScript;
  readonly converter: typeof TslabConverter;
  /** What the last conversion left behind. */
  readonly records: ConversionRecords;
  /** Tells the type checker which of the user's sources have changed; see sourceWatch.ts. */
  noticeChanges(): void;
}

export interface ConversionRecords {
  diagnostics: readonly TypeScript.Diagnostic[];
  /** Whether the cell awaits outside a function. */
  isAsync: boolean;
  /** From the cell's TypeScript to ES modules, and from there to CommonJS. */
  typeScriptMap: string | undefined;
  commonJsMap: string | undefined;
  /** Lines between the two that `exportVariables` moved. */
  shiftedLines: ReadonlySet<number>;
}

/**
 * The complaint about `import "./file.ts"`, which cells can do: nothing is emitted beside the file.
 */
const IMPORT_OF_TYPE_SCRIPT_FILE = 5097;

/** tslab's name for the folder that output would go to, were it written. */
const OUTPUT_FOLDER = "outDir";

/** The options that cells are checked with, over those of tslab. */
function cellOptions(
  ts: typeof TypeScript,
  options: TypeScript.CompilerOptions,
  folder: string,
): TypeScript.CompilerOptions {
  return {
    ...options,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strictNullChecks: true,
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    typeRoots: [
      ...(options.typeRoots ?? []),
      join(dirname(require.resolve("tslab/package.json")), "node_modules", "@types"),
    ],
    // Sources above the notebook's folder are welcome.
    rootDir: parse(folder).root,
    sourceMap: true,
    // JavaScript of the user's is taken as it is, unless it asks for a check (`// @ts-check`).
    checkJs: undefined,
  };
}

/** A builder that puts output where tslab, which believes in another root, looks for it. */
function redirectOutput<T extends TypeScript.BuilderProgram>(
  ts: typeof TypeScript,
  builder: T,
  records: ConversionRecords,
  folder: string,
): T {
  const prefix = OUTPUT_FOLDER + folder.replace(/\\/g, "/");
  // It is the builder by inheritance, but for what is set below.
  const redirected = Object.create(builder) as T;
  redirected.emit = (file, write, cancellation, onlyDeclarations, transformers) => {
    // Imported sources are compiled when they are required (see sourceModules.ts), and the
    // converter's transformers, made for cells, would leave a source of CommonJS damaged.
    if (file !== undefined && !isCell(file.fileName)) return { emitSkipped: true, diagnostics: [] };
    return builder.emit(
      file,
      (name, text, ...more) => {
        if (name === `${prefix}/__tslab__.js.map`) records.typeScriptMap = text;
        if (!name.startsWith(`${prefix}/__tslab__.`) || name.endsWith(".map")) return;
        const ownText = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
        write?.(OUTPUT_FOLDER + name.slice(prefix.length), ownText, ...more);
      },
      cancellation,
      onlyDeclarations,
      {
        ...transformers,
        before: [expandShorthands(ts, builder.getProgram().getTypeChecker(), hasGlobals(builder))],
      },
    );
  };
  return redirected;
}

/** Whether an earlier cell has declared something global. */
function hasGlobals(builder: TypeScript.BuilderProgram): boolean {
  const earlier = builder.getSourceFiles().find((file) => isEarlierCells(file.fileName));
  return earlier?.text.includes("declare global") === true;
}

/**
 * A cell with the converter's list of exports behind it, without what `declare global` is to the
 * compiler.
 */
function keepGlobalsIn(text: string): string {
  return text.replace(
    /(\nexport \{)([^{}]*)(\})$/,
    (_, start: string, names: string, end: string) => {
      const own = names.split(", ").filter((name) => name !== "__global");
      return start + own.join(", ") + end;
    },
  );
}

function replaceFunctions(
  ts: typeof TypeScript,
  records: ConversionRecords,
  folder: string,
): object {
  // The real signatures have overloads and type parameters that tslab's one call does not need.
  const createHost = ts.createWatchCompilerHost as unknown as (
    files: string[],
    options: TypeScript.CompilerOptions,
    ...rest: unknown[]
  ) => CompilerHost;
  // A function that tslab's fork adds, and that its types do not know.
  const preEmit = (
    ts as unknown as {
      getPreEmitDiagnosticsOfFiles(...all: unknown[]): TypeScript.Diagnostic[];
    }
  ).getPreEmitDiagnosticsOfFiles;

  return {
    createWatchCompilerHost(
      files: string[],
      tslabOptions: TypeScript.CompilerOptions,
      system: TypeScript.System,
      ...rest: unknown[]
    ): CompilerHost {
      const { readFile } = system;
      system.readFile = (path, encoding) => {
        const text = readFile.call(system, path, encoding);
        return text !== undefined && isCell(path) ? keepGlobalsIn(text) : text;
      };
      const options = cellOptions(ts, tslabOptions, folder);
      const named = { ...options, ...specifierOptions(folder) };
      const host = createHost(
        [...files, join(__dirname, "..", "run", "globals.d.ts")],
        named,
        system,
        ...rest,
      );
      host.resolveModuleNameLiterals = createModuleResolver(ts, host, options, folder);
      host.hasInvalidatedResolutions = () => false;
      let take = host.afterProgramCreate;
      Object.defineProperty(host, "afterProgramCreate", {
        get: () => (builder: TypeScript.EmitAndSemanticDiagnosticsBuilderProgram) =>
          take?.(redirectOutput(ts, builder, records, folder)),
        set: (replacement: typeof take) => (take = replacement),
      });
      return host;
    },
    getPreEmitDiagnosticsOfFiles(...all: unknown[]): TypeScript.Diagnostic[] {
      const diagnostics = preEmit(...all);
      const isWelcome = (each: TypeScript.Diagnostic): boolean =>
        isTopLevelAwait(ts, each) || each.code === IMPORT_OF_TYPE_SCRIPT_FILE;
      records.isAsync = false;
      records.diagnostics = diagnostics.filter((each) => !isWelcome(each));
      return [...records.diagnostics];
    },
    transpileModule(
      code: string,
      options: TypeScript.TranspileOptions,
    ): TypeScript.TranspileOutput {
      const exported = exportVariables(ts, code);
      const output = ts.transpileModule(exported.code, {
        ...options,
        compilerOptions: { ...options.compilerOptions, sourceMap: true },
        transformers: transformCell(ts, () => (records.isAsync = true)),
      });
      records.commonJsMap = output.sourceMapText;
      records.shiftedLines = exported.shiftedLines;
      return output;
    },
  };
}

/**
 * Loads the compiler and tslab's converter on top of it. It takes most of a kernel's start.
 *
 * @param folder  the notebook's
 * @param libraryNames  the names that RoundLab exports, asked for when a cell wants them as globals
 */
export function loadCompiler(folder: string, libraryNames: () => readonly string[]): Compiler {
  const requireFromTslab = createRequire(require.resolve("tslab/package.json"));
  const path = requireFromTslab.resolve("@tslab/typescript-for-tslab");
  // The package is that of the types, resolved from where tslab resolves it.
  const ts = requireFromTslab(path) as typeof TypeScript;
  const records: ConversionRecords = {
    diagnostics: [],
    isAsync: false,
    typeScriptMap: undefined,
    commonJsMap: undefined,
    shiftedLines: new Set(),
  };
  const cached = require.cache[path];
  const { sys, notice } = createSourceWatch(ts, folder);
  addGlobalsFile(sys, libraryNames);
  if (cached !== undefined)
    cached.exports = { ...ts, sys, ...replaceFunctions(ts, records, folder) };
  // The types are those of this very file, which tslab does not export.
  const converter = requireFromTslab("./dist/converter") as typeof TslabConverter;
  return { ts, converter, records, noticeChanges: notice };
}
