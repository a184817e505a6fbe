import { Script } from "node:vm";
import type { CellRequest, ErrorContent, MimeBundle } from "../protocol/cellProtocol";
import type { JsonObject } from "../protocol/message";
import { createAwaitGate, KernelInterrupted, type AwaitGate } from "./awaitGate";
import { cellName } from "./cellTransform";
import { cellLinesBefore, type Conversion, type Converter } from "./conversion";
import { describeDiagnostics, describeThrown } from "./errors";
import { renderValue } from "./mimeBundle";
import type { ModuleLoader } from "./modules";
import type { CellSession } from "./session";
import type { StackTraces } from "./stackTrace";

type ExecuteRequest = Extract<CellRequest, { kind: "execute" }>;

/** Runs cells that share their variables. */
export interface CellExecutor {
  /** What the cells so far declare, for the type checker. */
  declarations(): string;
  execute(request: ExecuteRequest): Promise<void>;
  /** Ends the running cell where it waits. */
  interrupt(): void;
  /** Ends the running cell with an error from outside its own flow; false if no cell runs. */
  fail(error: unknown): boolean;
}

/** What the executor works with. */
export interface ExecutorParts {
  readonly converter: Converter;
  readonly loader: ModuleLoader;
  readonly session: CellSession;
  readonly traces: StackTraces;
}

/** The one global through which a cell's code finds its variables. */
const scopeName = "__roundlab__";

type Converted = Extract<Conversion, { kind: "converted" }>;

/** A turn of the event loop: signals and unhandled rejections are noticed there. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function wrap(code: string, isAsync: boolean): string {
  const start = `(${isAsync ? "async " : ""}function (exports, require, ${cellName}) {\n`;
  const end = `\n})(${scopeName}.exports, ${scopeName}.require, ${scopeName}.cell)`;
  return start + code + end;
}

function importedModules(code: string): string[] {
  return [...code.matchAll(/\brequire\("((?:[^"\\]|\\.)*)"\)/g)].map(
    (match) => JSON.parse(`"${match[1]}"`) as string,
  );
}

/** An executor with no variables. */
export function createExecutor(parts: ExecutorParts): CellExecutor {
  const { converter, loader, session, traces } = parts;
  const gate: AwaitGate = createAwaitGate();
  const variables: Record<string, unknown> = {};
  const cell = { wait: gate.wait, each: gate.each, import: loader.import };
  const scope = { exports: variables, require: loader.require, cell };
  Object.defineProperty(globalThis, scopeName, { value: scope });

  let declarations = "";
  let isInterrupted = false;
  let rejectCell: ((error: unknown) => void) | undefined;

  /** Runs converted code; yields the value of its last expression. */
  const run = async (converted: Converted, file: string): Promise<unknown> => {
    await loader.preload(importedModules(converted.code));
    await turn();
    if (isInterrupted) throw new KernelInterrupted();
    const script = new Script(wrap(converted.code, converted.isAsync), { filename: file });
    const returned: unknown = script.runInThisContext({
      breakOnSigint: true,
      displayErrors: false,
    });
    if (converted.isAsync) await returned;
    declarations = converted.declarations;
    if (converted.resultName === undefined) return undefined;
    const value = variables[converted.resultName];
    delete variables[converted.resultName];
    return value;
  };

  /** Follows `work`, but ends with it when the cell is interrupted or fails from outside. */
  const orFailure = <T>(work: Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      rejectCell = reject;
      work.then(resolve, reject);
    });

  const finishDisplays = async (): Promise<void> => {
    while (session.pending.length > 0) await Promise.all(session.pending.splice(0));
  };

  const convert = (code: string, file: string): Conversion => {
    const conversion = converter.convert(declarations, code);
    if (conversion.kind === "converted")
      traces.register(file, {
        source: code,
        maps: conversion.maps,
        linesBefore: 1,
        sourceLinesBefore: cellLinesBefore,
        lineCount: conversion.code.split("\n").length,
      });
    return conversion;
  };

  const executeCode = async (code: string, file: string): Promise<ErrorContent | undefined> => {
    try {
      const conversion = convert(code, file);
      if (conversion.kind === "refused") return describeDiagnostics(conversion.diagnostics);
      const value = await run(conversion, file);
      const data = value === undefined ? {} : await renderValue(value);
      await finishDisplays();
      if (Object.keys(data).length > 0) session.send({ kind: "result", data });
      // A promise that the cell left rejected is its error too.
      await turn();
      return undefined;
    } catch (error) {
      return describeThrown(translate(error), traces);
    }
  };

  const evaluate = async (expression: string): Promise<JsonObject> => {
    const file = "expression.ts";
    const before = declarations;
    try {
      const conversion = convert(`(${expression}\n)`, file);
      if (conversion.kind === "refused")
        return { status: "error", ...describeDiagnostics(conversion.diagnostics) };
      const data: MimeBundle = await renderValue(await run(conversion, file));
      return { status: "ok", data, metadata: {} };
    } catch (error) {
      return { status: "error", ...describeThrown(translate(error), traces) };
    } finally {
      declarations = before;
    }
  };

  return {
    declarations: () => declarations,
    execute: async (request) => {
      session.id = request.id;
      session.isRunning = true;
      session.allowStdin = request.allowStdin;
      session.payload = [];
      session.pending = [];
      isInterrupted = false;
      let error: ErrorContent | undefined;
      const userExpressions: JsonObject = {};
      try {
        error = await orFailure(executeCode(request.code, `cell-${request.count}.ts`));
        if (error === undefined)
          for (const [name, expression] of Object.entries(request.userExpressions))
            userExpressions[name] = await orFailure(evaluate(expression));
      } catch (failure) {
        error = describeThrown(translate(failure), traces);
      }
      rejectCell = undefined;
      session.isRunning = false;
      session.send({ kind: "executed", error, payload: session.payload, userExpressions });
    },
    interrupt: () => {
      isInterrupted = true;
      gate.interrupt();
      // What the cell awaits without the gate (a value that displays itself) is left behind.
      const reject = rejectCell;
      setImmediate(() => reject?.(new KernelInterrupted()));
    },
    fail: (error) => {
      rejectCell?.(error);
      return rejectCell !== undefined;
    },
  };
}

/** An interrupt of running code is Node's own error; a user should read ours. */
function translate(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" ? new KernelInterrupted() : error;
}
