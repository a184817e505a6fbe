import type * as TypeScript from "@tslab/typescript-for-tslab";
import { isCell } from "./cellTransform";
import { lostModules } from "./declarations";
import { dropExports } from "./dropExports";
import { GLOBALS_DECLARATION } from "./globalNames";
import { dropImportAttributes } from "./importAttributes";
import { loadCompiler, type Compiler } from "./compiler";
import { nameLibrary } from "../modules/moduleResolution";
import type { SourceMapStep } from "../run/stackTrace";
import { messageOf } from "../../../src/errors";

/** A cell's code, checked and compiled, or what is wrong with it. */
export type Conversion =
  | {
      readonly kind: "converted";
      /** CommonJS code; empty if there is nothing to run. */
      readonly code: string;
      /** How to get from the running code back to the cell. */
      readonly maps: readonly SourceMapStep[];
      /** What the cell and those before it declare, to be given to the next conversion. */
      readonly declarations: string;
      readonly isAsync: boolean;
      /** The export that holds the value of the cell's last expression. */
      readonly resultName: string | undefined;
    }
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] };

/** One complaint of the compiler, lines and columns counted from one. */
export interface Diagnostic {
  /** The imported source that it is about; absent if it is about the cell. */
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly code: number;
  readonly message: string;
  /** All lines of the source that it is about. */
  readonly sourceLines: readonly string[];
}

/** The type checker of a notebook. */
export interface Converter {
  readonly compiler: Compiler;
  /** From now on the library's names are globals. */
  declareGlobals(): void;
  /** They are not any more. */
  forgetGlobals(): void;
  convert(declarations: string, code: string): Conversion;
  complete(declarations: string, code: string, position: number): Completion;
  inspect(declarations: string, code: string, position: number): TypeScript.QuickInfo | undefined;
}

export interface Completion {
  readonly start: number;
  readonly end: number;
  readonly matches: readonly {
    readonly name: string;
    readonly kind: string;
    readonly isDeprecated: boolean;
  }[];
}

/** The compiler itself broke down over a cell. */
export class CompilerFailed extends Error {
  override readonly name = "CompilerFailed";
  constructor(reason: unknown) {
    super(
      `the TypeScript compiler failed on this cell: ${messageOf(reason)}; ` +
        `variables are kept, and the next cell gets a fresh compiler. Is something nested very deeply?`,
    );
  }
}

/** Lines that tslab puts before a cell, to make it a module. */
export const CELL_LINES_BEFORE = 1;

function describeDiagnostic(
  ts: typeof TypeScript,
  diagnostic: TypeScript.Diagnostic & { file: TypeScript.SourceFile },
  cellCode: string,
): Diagnostic {
  const { file, start = 0, length = 1, code, messageText } = diagnostic;
  // What the converter puts behind a cell is no place that its author knows: its end is.
  const isOwn = isCell(file.fileName);
  const first = isOwn ? ts.getPositionOfLineAndCharacter(file, CELL_LINES_BEFORE, 0) : 0;
  const place = isOwn ? Math.min(start, first + cellCode.trimEnd().length) : start;
  const at = ts.getLineAndCharacterOfPosition(file, place);
  const before = isOwn ? CELL_LINES_BEFORE : 0;
  return {
    file: isOwn ? undefined : file.fileName,
    line: at.line + 1 - before,
    column: at.character + 1,
    length,
    code,
    message: nameLibrary(ts.flattenDiagnosticMessageText(messageText, "\n")),
    sourceLines: (isOwn ? cellCode : file.text).split("\n"),
  };
}

/**
 * Starts the type checker for notebooks in a folder.
 *
 * @param libraryNames  see `loadCompiler`
 */
export function createConverter(
  folder: string,
  libraryNames: () => readonly string[] = () => [],
): Converter {
  const compiler = loadCompiler(folder, libraryNames);
  const { ts, records } = compiler;
  const { createConverter: start } = compiler.converter;
  let converter: ReturnType<typeof start> | undefined = start();
  let hasGlobals = false;
  /** tslab forgets imports without names. */
  const complete = (declarations: string): string =>
    hasGlobals ? declarations + GLOBALS_DECLARATION : declarations;

  /** Lets the type checker work; one that threw in the middle is of no further use and replaced. */
  const withChecker = <T>(work: (checker: ReturnType<typeof start>) => T): T => {
    const checker = (converter ??= start());
    try {
      return work(checker);
    } catch (error) {
      converter = undefined;
      checker.close();
      throw new CompilerFailed(error);
    }
  };

  return {
    compiler,
    declareGlobals: () => (hasGlobals = true),
    forgetGlobals: () => (hasGlobals = false),
    convert: (declarations, code) => {
      compiler.noticeChanges();
      const result = withChecker((checker) =>
        checker.convert(complete(declarations), dropExports(ts, dropImportAttributes(code))),
      );
      const own = records.diagnostics.filter(
        (each): each is TypeScript.Diagnostic & { file: TypeScript.SourceFile } =>
          each.file !== undefined,
      );
      if (own.length > 0)
        return {
          kind: "refused",
          diagnostics: own.map((each) => describeDiagnostic(ts, each, code)),
        };
      const { declOutput = "" } = result;
      return {
        kind: "converted",
        code: result.output ?? "",
        maps: [
          { map: records.commonJsMap ?? "", shiftedLines: records.shiftedLines },
          { map: records.typeScriptMap ?? "" },
        ],
        declarations: declOutput + lostModules(ts, declarations, declOutput),
        isAsync: records.isAsync,
        resultName: result.lastExpressionVar,
      };
    },
    complete: (declarations, code, position) => {
      const found = withChecker((checker) =>
        checker.complete(complete(declarations), code, position),
      );
      const entries = new Map(found.original?.entries.map((entry) => [entry.name, entry]));
      const matches = found.candidates.map((name) => {
        const { kind = "", kindModifiers = "" } = entries.get(name) ?? {};
        return { name, kind, isDeprecated: /\bdeprecated\b/.test(kindModifiers) };
      });
      return { start: found.start, end: found.end, matches };
    },
    inspect: (declarations, code, position) =>
      withChecker((checker) => checker.inspect(complete(declarations), code, position)),
  };
}
