import { join } from "node:path";
import { Script } from "node:vm";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { CELL_NAME } from "../compile/cellTransform";
import type { Conversion } from "../compile/conversion";
import { declarationsAfterFailure } from "../compile/declarations";
import type { ModuleLoader } from "../modules/modules";

export type Converted = Extract<Conversion, { kind: "converted" }>;

/** What the last expression of a cell came to; undefined where there is none. */
export interface CellValue {
  readonly value: unknown;
}

/** The variables that cells share, and what the type checker knows of them. */
export interface CellScope {
  declarations(): string;
  /** Forgets all variables and what was declared. */
  forget(): void;
  /**
   * Runs converted code; yields the value of its last expression, boxed: a promise is a value too,
   * and a cell that ends in one does not wait for it.
   */
  run(converted: Converted, file: string, isCurrent: () => boolean): Promise<CellValue>;
  /** Does something and forgets what it declared. */
  withoutDeclaring<T>(work: () => Promise<T>): Promise<T>;
}

/** What compiled cells call beside their own code: see cellTransform.ts. */
export interface CellFunctions {
  wait(value: unknown): unknown;
  each(iterable: unknown): unknown;
  import(id: unknown): Promise<unknown>;
}

/** The one global through which a cell's code finds its variables. */
const SCOPE_NAME = "__roundlab__";
/** Lines that stand before a cell's own in the script that runs. */
export const SCRIPT_LINES_BEFORE = 1;

/** A cell's code as the body of a function that is called at once, like Node's modules. */
function wrap(code: string, isAsync: boolean, folder: string, file: string): string {
  const names = `exports, require, ${CELL_NAME}, __dirname, __filename`;
  const values = [
    ...["exports", "require", "cell"].map((name) => `${SCOPE_NAME}.${name}`),
    ...[folder, join(folder, file)].map((path) => JSON.stringify(path)),
  ];
  const start = `(${isAsync ? "async " : ""}function (${names}) {\n`;
  return `${start}${code}\n})(${values.join(", ")})`;
}

/** A scope without variables. */
export function createCellScope(
  ts: typeof TypeScript,
  loader: ModuleLoader,
  folder: string,
  functions: CellFunctions,
): CellScope {
  let variables: Record<string, unknown> = {};
  const scope = { exports: variables, require: loader.require, cell: functions };
  Object.defineProperty(globalThis, SCOPE_NAME, { value: scope });
  let declarations = "";

  const takeResult = (name: string | undefined): unknown => {
    if (name === undefined) return undefined;
    const value = variables[name];
    delete variables[name];
    // A function without a name has got that of the variable.
    if (typeof value === "function" && value.name === name)
      Object.defineProperty(value, "name", { value: "", configurable: true });
    return value;
  };

  return {
    declarations: () => declarations,
    forget: () => {
      // Some of its properties cannot be deleted: those of `export * from`.
      scope.exports = variables = {};
      declarations = "";
    },
    run: async (converted, file, isCurrent) => {
      const before = declarations;
      const valuesBefore = new Map(Object.entries(variables));
      try {
        const script = new Script(wrap(converted.code, converted.isAsync, folder, file), {
          filename: file,
        });
        const returned: unknown = script.runInThisContext({
          breakOnSigint: true,
          displayErrors: false,
        });
        if (converted.isAsync) await returned;
        // A cell that was given up and goes on in the background has no say in what is declared.
        if (isCurrent()) declarations = converted.declarations;
      } catch (error) {
        const wasAssigned = (name: string): boolean =>
          Object.hasOwn(variables, name) &&
          !(valuesBefore.has(name) && Object.is(valuesBefore.get(name), variables[name]));
        if (isCurrent())
          declarations = declarationsAfterFailure(ts, before, converted.declarations, wasAssigned);
        throw error;
      }
      return { value: takeResult(converted.resultName) };
    },
    withoutDeclaring: async (work) => {
      const before = declarations;
      try {
        return await work();
      } finally {
        declarations = before;
      }
    },
  };
}
