import { codeOf } from "../../../src/systemError";
import type { CellRequest, ErrorContent } from "../../protocol/cellProtocol";
import type { JsonObject } from "../../protocol/message";
import { createAwaitGate, KernelInterrupted } from "./awaitGate";
import { CELL_LINES_BEFORE, type Conversion, type Converter } from "../compile/conversion";
import { describeDiagnostics, describeThrown } from "./errors";
import { createCellController, type Interruption } from "./interruption";
import { renderValue } from "../show/mimeBundle";
import { importedModules, type ModuleLoader } from "../modules/modules";
import { createCellScope, SCRIPT_LINES_BEFORE, type CellValue, type Converted } from "./scope";
import type { CellSession } from "./session";
import type { StackTraces } from "./stackTrace";
import { withFreeHeap } from "./tightHeap";
import { createUnrunNames } from "./unrunNames";

type ExecuteRequest = Extract<CellRequest, { kind: "execute" }>;

/** Runs cells that share their variables. */
export interface CellExecutor {
  /** What the cells so far declare, for the type checker. */
  declarations(): string;
  execute(request: ExecuteRequest): Promise<void>;
  /** Forgets what the cells so far declared, and ends what they left running. Between cells. */
  forget(): void;
  /** Ends the running cell where it waits, and what earlier cells left running. */
  interrupt(): void;
  /** Ends the running cell with an error from outside its own flow; false if no cell runs. */
  fail(error: unknown): boolean;
  /** Aborted at the next interrupt, whichever cell it is meant for. */
  signal(): AbortSignal;
}

/** What the executor works with. */
export interface ExecutorParts {
  readonly converter: Converter;
  readonly loader: ModuleLoader;
  readonly session: CellSession;
  readonly traces: StackTraces;
  /** The notebook's folder, wherever a cell has gone. */
  readonly folder: string;
  readonly interruption: Interruption;
}

/** A cell at work. */
interface Run {
  /**
   * Of this cell and those before it, back to the last interrupt: what they left running hears it
   * too.
   */
  readonly controller: AbortController;
  readonly reject: (error: unknown) => void;
  /** Rejected when the cell is interrupted or fails from outside. */
  readonly failed: Promise<never>;
}

function createRun(controller: AbortController): Run {
  let reject: (error: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, rejectFailed) => (reject = rejectFailed));
  failed.catch(() => undefined);
  return { controller, reject, failed };
}

/** A turn of the event loop: signals and unhandled rejections are noticed there. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An executor with no variables. */
export function createExecutor(parts: ExecutorParts): CellExecutor {
  const { converter, loader, session, traces, folder, interruption } = parts;
  const gate = createAwaitGate();
  const unrun = createUnrunNames(converter.compiler.ts);
  const scope = createCellScope(converter.compiler.ts, loader, folder, {
    wait: gate.wait,
    each: gate.each,
    import: loader.import,
  });
  /** Aborts the signal of the cells as soon as somebody asks whether the user has interrupted. */
  const look = (): void => {
    if (isLooking || !interruption.isAsked()) return;
    isLooking = true;
    interruption.notice();
    if (!last.controller.signal.aborted) last.controller.abort(new KernelInterrupted());
    isLooking = false;
  };
  let isLooking = false;
  /** The last cell's run stays, so that an interrupt reaches what it left in the background. */
  let last: Run = createRun(createCellController(look));
  let current: Run | undefined;

  /** An interrupt of running code is Node's own error, that of a child process its end. */
  const translate = (error: unknown): unknown => {
    if (error instanceof KernelInterrupted) return error;
    const isBroken = codeOf(error) === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
    if (!isBroken && !interruption.isAsked()) return error;
    look();
    const reason: unknown = last.controller.signal.reason;
    const given = reason instanceof KernelInterrupted ? reason : new KernelInterrupted();
    if (!isBroken) given.message += `; it ended with ${String(error).split("\n", 1)[0]}`;
    return given;
  };

  const convert = (code: string, file: string): Conversion => {
    const conversion = converter.convert(scope.declarations(), code);
    if (conversion.kind === "converted")
      traces.register(file, {
        source: code,
        maps: conversion.maps,
        linesBefore: SCRIPT_LINES_BEFORE,
        sourceLinesBefore: CELL_LINES_BEFORE,
        lineCount: conversion.code.split("\n").length,
      });
    return conversion;
  };

  const runConverted = async (converted: Converted, file: string, run: Run): Promise<CellValue> => {
    await loader.preload(importedModules(converted.code));
    await turn();
    run.controller.signal.throwIfAborted();
    return withFreeHeap(() => scope.run(converted, file, () => current === run));
  };

  /** Runs a cell's code; yields its error if the types do not fit. */
  const runCode = async (
    code: string,
    file: string,
    run: Run,
  ): Promise<ErrorContent | undefined> => {
    const conversion = convert(code, file);
    if (conversion.kind === "refused")
      return describeDiagnostics(conversion.diagnostics, code, { folder, unrun });
    const { value } = await runConverted(conversion, file, run);
    const data = value === undefined ? {} : await renderValue(value);
    while (session.pending.length > 0) await Promise.all(session.pending.splice(0));
    if (current !== run) return undefined;
    if (Object.keys(data).length > 0) session.send({ kind: "result", data });
    // A promise that the cell left rejected is its error too.
    await turn();
    return undefined;
  };

  /** The value of a user expression, as the protocol wants it. */
  const evaluate = async (expression: string, run: Run): Promise<JsonObject> => {
    const file = "expression.ts";
    try {
      const conversion = convert(`(${expression}\n)`, file);
      if (conversion.kind === "refused")
        return {
          status: "error",
          ...describeDiagnostics(conversion.diagnostics, expression, { folder, unrun }),
        };
      const { value } = await scope.withoutDeclaring(() => runConverted(conversion, file, run));
      return { status: "ok", data: await renderValue(value), metadata: {} };
    } catch (error) {
      return { status: "error", ...describeThrown(translate(error), traces) };
    }
  };

  return {
    declarations: scope.declarations,
    signal: () => last.controller.signal,
    forget: () => {
      scope.forget();
      unrun.forget();
      const error = new KernelInterrupted();
      last.controller.abort(error);
      gate.interrupt(error);
      process.chdir(folder);
    },
    execute: async ({ id, code, count, allowStdin, userExpressions: asked }) => {
      Object.assign(session, { id, isRunning: true, allowStdin, payload: [], pending: [] });
      session.shown.clear();
      const isFresh = last.controller.signal.aborted;
      const run = createRun(isFresh ? createCellController(look) : last.controller);
      current = last = run;
      const userExpressions: JsonObject = {};
      let error: ErrorContent | undefined;
      try {
        error = await Promise.race([runCode(code, `cell-${count}.ts`, run), run.failed]);
        if (error === undefined)
          for (const [name, expression] of Object.entries(asked))
            userExpressions[name] = await Promise.race([evaluate(expression, run), run.failed]);
      } catch (thrown) {
        error = describeThrown(translate(thrown), traces);
      }
      if (error !== undefined) unrun.failed(`cell-${count}.ts`, code);
      current = undefined;
      interruption.end();
      session.isRunning = false;
      session.send({ kind: "executed", error, payload: session.payload, userExpressions });
    },
    interrupt: () => {
      interruption.notice();
      last.controller.abort(new KernelInterrupted());
      // The one error of this interrupt, to which others may have added what is left of their work.
      const error = last.controller.signal.reason as Error;
      gate.interrupt(error);
      // What the cell awaits without the gate (a value that displays itself) is left behind.
      const { reject } = last;
      setImmediate(() => reject(error));
    },
    fail: (error) => {
      if (current === undefined) return false;
      current.reject(error);
      // What the cell still waits for would go on behind the back of the next.
      const given = new KernelInterrupted();
      setImmediate(() => gate.interrupt(given));
      return true;
    },
  };
}
