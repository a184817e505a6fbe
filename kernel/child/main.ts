import { openChannel, sendEvent, startRequests } from "./run/channel";
import type { CellRequest } from "../protocol/cellProtocol";
import type { JsonObject } from "../protocol/message";
import { createConverter, type Converter } from "./compile/conversion";
import { createDisplayApi } from "./show/displayApi";
import { defineGlobals, GLOBALS_MODULE } from "./compile/globalNames";
import { isWorkLeft } from "./run/isWorkLeft";
import { rememberGlobals } from "./run/rememberGlobals";
import { installGlobals, loadLibrary, loadTslabDisplay } from "./run/installGlobals";
import { describeCompleteness } from "./compile/completeness";
import { completeCode } from "./compile/completion";
import { createImportOnlyModules } from "./modules/importOnly";
import { inspectCode } from "./compile/inspection";
import { createExecutor } from "./run/execute";
import { createInterruption } from "./run/interruption";
import { createModuleLoader } from "./modules/modules";
import { LIBRARY_MODULE } from "./modules/moduleResolution";
import { captureStreams, createCellSession } from "./run/session";
import { installSourceModules } from "./modules/sourceModules";
import { installStackTraces } from "./run/stackTrace";
import { keepHeapTight } from "./run/tightHeap";
import { installProcessGuards } from "./run/processGuards";

/** The answer to a question about code; empty where the compiler breaks down over it. */
function answer(
  request: Exclude<CellRequest, { kind: "execute" | "interrupt" | "forget" }>,
  converter: Converter,
  declarations: string,
): JsonObject {
  try {
    switch (request.kind) {
      case "complete":
        return completeCode(converter, declarations, request);
      case "inspect":
        return inspectCode(converter, declarations, request);
      case "isComplete":
        return describeCompleteness(converter.compiler, request.code);
    }
  } catch {
    return {};
  }
}

/** The cell process: it checks and runs the cells that the server sends, and nothing else. */
function main(): void {
  openChannel();
  keepHeapTight();
  const state = new Int32Array(new SharedArrayBuffer(4));
  const listen = startRequests(state);
  // The signal comes from the thread of the requests and breaks only code that runs at this moment
  // (see scope.ts). All else is done by the request that it comes after.
  process.on("SIGINT", () => undefined);
  const session = createCellSession();
  // A cell may go to another folder; its imports go on from the notebook's.
  const folder = process.cwd();
  const converter = createConverter(folder, () => Object.keys(loadLibrary()));
  const traces = installStackTraces();
  const importOnly = createImportOnlyModules((file) => sources.load(file));
  const sources = installSourceModules(converter.compiler.ts, traces, importOnly);
  const special = {
    [LIBRARY_MODULE]: loadLibrary,
    tslab: () => loadTslabDisplay(session),
    [GLOBALS_MODULE]: () => {
      converter.declareGlobals();
      defineGlobals(loadLibrary());
      return {};
    },
  };
  const loader = createModuleLoader(folder, importOnly, special, (sentence) =>
    session.send({ kind: "stream", name: "stderr", text: `${sentence}\n` }),
  );
  const executor = createExecutor({
    ...{ converter, loader, session, traces, folder },
    interruption: createInterruption(state),
  });
  installGlobals(createDisplayApi(session), loader, executor.signal);
  const globals = rememberGlobals();
  captureStreams(session);
  installProcessGuards(executor, traces);

  // Cells run one after another; a question may come while one waits.
  let last: Promise<void> = Promise.resolve();
  listen((request) => {
    if (request.kind === "execute") {
      last = last.then(() => {
        sources.forgetChanged();
        return executor.execute(request);
      });
      return;
    }
    if (request.kind === "forget") {
      last = last.then(async () => {
        executor.forget();
        converter.forgetGlobals();
        globals.restore();
        const content = { status: (await isWorkLeft()) ? "error" : "ok" };
        sendEvent({ kind: "answered", id: request.id, content });
      });
      return;
    }
    if (request.kind === "interrupt") {
      if (session.id === request.id) executor.interrupt();
      return;
    }
    const content = answer(request, converter, executor.declarations());
    sendEvent({ kind: "answered", id: request.id, content });
  });
  sendEvent({ kind: "ready" });
}

main();
