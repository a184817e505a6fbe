import { spawn, type ChildProcess } from "node:child_process";
import { delimiter, dirname, join } from "node:path";
import type { Duplex } from "node:stream";
import { packageRoot } from "../../src/packageRoot";
import { createEventReader, createMark, MARK_VARIABLE } from "../protocol/cellFrames";
import { descendantsOf, signalAll } from "../protocol/descendants";
import { DESCRIPTORS, type CellEvent, type CellRequest } from "../protocol/cellProtocol";

/** How a cell process ended, with the last of what it wrote to stderr past the kernel. */
export interface CellProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly lastWords: string;
}

export interface CellProcessListener {
  event(event: CellEvent): void;
  /** Text that native code or a child of the cell wrote to descriptor 1 or 2. */
  rawOutput(name: "stdout" | "stderr", text: string): void;
  ended(end: CellProcessEnd): void;
}

/** A running cell process. */
export interface CellProcess {
  send(request: CellRequest): void;
  answer(text: string | undefined): void;
  kill(): void;
}

/** What of a dying process's stderr is kept for the error message, in characters. */
const LAST_WORDS_SIZE = 8192;
/** How long after the process's end its last events are waited for. */
const DRAIN_MILLISECONDS = 300;

/** How V8 begins to say why it ends the process. */
export const FATAL_DUMP = /\n?<--- Last few GCs|FATAL ERROR: |# Fatal error in/;

function listenToOutput(child: ChildProcess, listener: CellProcessListener): () => string {
  let lastWords = "";
  let isDying = false;
  for (const name of ["stdout", "stderr"] as const) {
    const stream = child[name];
    stream?.setEncoding("utf8");
    stream?.on("data", (text: string) => {
      if (name === "stdout") return listener.rawOutput(name, text);
      lastWords = (lastWords + text).slice(-LAST_WORDS_SIZE);
      // What V8 says as it dies stands behind the sentence that explains it: see describeEnd.ts.
      const dump = isDying ? 0 : text.search(FATAL_DUMP);
      isDying ||= dump >= 0;
      if (dump !== 0) listener.rawOutput(name, dump < 0 ? text : text.slice(0, dump));
    });
  }
  return () => lastWords;
}

/**
 * Where cells find packages that the notebook's own folders do not hold: RoundLab's own folder of
 * modules, be it the package's or the one in which the package is installed.
 */
function modulePath(): string {
  const root = packageRoot();
  const folders = [process.env.NODE_PATH, join(root, "node_modules"), dirname(root)];
  return folders.filter((folder) => folder !== undefined && folder !== "").join(delimiter);
}

/** Ends the process and whatever it started. */
function endAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  signalAll([...descendantsOf(child.pid), child.pid], "SIGKILL");
}

/**
 * Starts the process in which user code runs, in the notebook's directory.
 *
 * It is made leader of its own process group, so that an interrupt from a terminal reaches the
 * server alone, and ends by itself when the server is gone.
 */
export function startCellProcess(listener: CellProcessListener): CellProcess {
  const script = join(__dirname, "..", "child", "main.js");
  const mark = createMark();
  const child = spawn(process.execPath, [...process.execArgv, script], {
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe", "pipe"],
    detached: true,
    env: { ...process.env, NODE_PATH: modulePath(), [MARK_VARIABLE]: mark },
  });
  const lastWords = listenToOutput(child, listener);
  // Its type knows five descriptors; there are as many as `stdio` above has entries, all pipes that
  // go both ways but for the first.
  const pipes = child.stdio as unknown as readonly Duplex[];
  const requests = pipes[DESCRIPTORS.requests];
  const answers = pipes[DESCRIPTORS.answers];
  const events = pipes[DESCRIPTORS.events];
  for (const pipe of [requests, answers]) {
    // A pipe whose reader died raises EPIPE; the process's end is reported by "close" below.
    pipe.on("error", () => undefined);
    // What a cell writes to these descriptors comes up here, and nobody wants it.
    pipe.resume();
  }
  events.on("error", () => undefined);
  events.on(
    "data",
    createEventReader(mark, {
      event: (event) => listener.event(event),
      unusable: (reason) => listener.rawOutput("stderr", `${reason}\n`),
    }),
  );
  const eventsEnded = new Promise<void>((resolve) => events.once("close", resolve));
  child.once("exit", (code, signal) => {
    // What it had started is still of its group, wherever it belongs to now.
    if (child.pid !== undefined) signalAll(descendantsOf(child.pid), "SIGKILL");
    // A process that the cell started may hold the pipe open for ever, hence the limit.
    const limit = new Promise<void>((resolve) => setTimeout(resolve, DRAIN_MILLISECONDS));
    void Promise.race([eventsEnded, limit]).then(() =>
      listener.ended({ code, signal, lastWords: lastWords() }),
    );
  });
  child.once("error", (error) =>
    listener.ended({ code: null, signal: null, lastWords: error.message }),
  );

  return {
    send: (request) => void requests.write(JSON.stringify(request) + "\n"),
    answer: (text) =>
      void answers.write(
        JSON.stringify(text === undefined ? { kind: "cancelled" } : { kind: "typed", text }) + "\n",
      ),
    kill: () => endAll(child),
  };
}
