import { Worker } from "node:worker_threads";
import { cellSignal } from "../../cellSignal";
import { ArgumentError } from "../../errors";
import { compiledEntry } from "../../packageRoot";
import type { DrawReply, DrawRequest } from "./drawing";

/** What loading Plotly may take. */
const OPENING_LIMIT = 120_000;

/**
 * The one thread that draws, made at the first figure: opening its window costs most of a second.
 */
let thread: DrawingThread | undefined;
/**
 * Requests are answered one after another, for Plotly measures texts in shared elements of its
 * page.
 */
let queue: Promise<unknown> = Promise.resolve();

/**
 * The answer of the thread that draws; a thread that fails to answer within the limit is ended, and
 * the next request gets a new one.
 *
 * @throws ArgumentError if it cannot do what is asked, with the reason
 */
export function askDrawingThread(
  request: DrawRequest,
  limitMilliseconds: number,
): Promise<DrawReply> {
  const answered = queue.then(() => {
    thread ??= openThread();
    return thread.ask(request, limitMilliseconds);
  });
  queue = answered.catch(() => undefined);
  return answered;
}

interface DrawingThread {
  ask(request: DrawRequest, limitMilliseconds: number): Promise<DrawReply>;
}

function openThread(): DrawingThread {
  const worker = new Worker(compiledEntry(__dirname, "present/svg", "drawWorker"));
  let settle: (reply: DrawReply | Error) => void = () => undefined;
  /** The thread's next answer; within the limit, or the thread is ended. */
  const nextReply = (limit: number, late: string): Promise<DrawReply> => {
    const signal = cellSignal();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(new ArgumentError(late)), limit);
      const onAbort = (): void => settle(signal?.reason);
      signal?.addEventListener("abort", onAbort);
      worker.ref();
      settle = (reply) => {
        settle = () => undefined;
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        // A thread that waits for figures keeps no program from ending.
        worker.unref();
        if ("kind" in reply) return resolve(reply);
        end();
        reject(reply);
      };
    });
  };
  const end = (): void => {
    if (thread === drawing) thread = undefined;
    void worker.terminate();
  };
  worker.on("message", (reply: DrawReply) => settle(reply));
  worker.on("error", (error) => settle(failure(`its drawing ended with ${error.message}`)));
  worker.on("exit", () => {
    end();
    settle(failure("its drawing ended early"));
  });
  let isReady = false;
  const drawing: DrawingThread = {
    async ask(request, limitMilliseconds) {
      if (!isReady) await nextReply(OPENING_LIMIT, "Plotly could not be loaded in two minutes");
      isReady = true;
      const reply = nextReply(limitMilliseconds, tooSlow(limitMilliseconds));
      worker.postMessage(request);
      const answer = await reply;
      if (answer.kind === "failed") throw failure(answer.message);
      return answer;
    },
  };
  return drawing;
}

function failure(reason: string): ArgumentError {
  return new ArgumentError(`this figure has no static picture: ${reason}`);
}

function tooSlow(limit: number): string {
  return `this figure has no static picture: drawing it took more than ${limit / 1000} seconds`;
}
