import { Worker } from "node:worker_threads";
import { cellSignal } from "../cellSignal";
import { ArgumentError } from "../errors";
import { compiledEntry } from "../packageRoot";
import type { DrawReply, DrawRequest } from "./drawing";
import type { FigureData } from "./figureData";
import { figureName } from "./figureName";
import { plainFigure } from "./plainFigure";

/** How figures are drawn. */
export interface DrawOptions {
  /** Milliseconds that the drawing of a figure may take. */
  readonly limitMilliseconds?: number;
}

/**
 * A figure takes half a second, on a busy machine a few; a window without a screen can also hang
 * for ever.
 */
const DRAWING_LIMIT = 20_000;
/** What loading Plotly may take. */
const OPENING_LIMIT = 120_000;

/**
 * The one thread that draws, made at the first figure: opening its window costs most of a second.
 */
let thread: DrawingThread | undefined;
/**
 * Figures are drawn one after another, for Plotly measures texts in shared elements of its page.
 */
let queue: Promise<unknown> = Promise.resolve();

/**
 * A figure as a picture of its own: SVG without scripts, random names or references, in the colours
 * of the theme on white. Equal figures give equal bytes.
 *
 * It is drawn in a thread of its own, so that a figure that Plotly cannot draw without a browser
 * costs neither the program nor the figures after it.
 *
 * @throws ArgumentError if the figure has no static picture, or none within the limit; with the
 * reason
 */
export function renderSvg(figure: FigureData, options: DrawOptions = {}): Promise<string> {
  const { limitMilliseconds = DRAWING_LIMIT } = options;
  const drawn = queue.then(async () => {
    const plain = plainFigure(figure);
    thread ??= openThread();
    const request = { figure: JSON.stringify(plain), name: figureName(plain) };
    return thread.draw(request, limitMilliseconds);
  });
  queue = drawn.catch(() => undefined);
  return drawn;
}

interface DrawingThread {
  draw(request: DrawRequest, limitMilliseconds: number): Promise<string>;
}

/** A thread with Plotly; when it fails or hangs it is ended, and the next figure gets a new one. */
function openThread(): DrawingThread {
  const worker = new Worker(compiledEntry(__dirname, "present", "drawWorker"));
  let settle: (reply: DrawReply | Error) => void = () => undefined;
  /** The thread's next answer; within the limit, or the thread is ended. */
  const nextReply = (limit: number, late: string): Promise<DrawReply> => {
    const signal = cellSignal();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => settle(new ArgumentError(late)), limit);
      const onAbort = (): void => settle(signal?.reason as Error);
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
    async draw(request, limitMilliseconds) {
      if (!isReady) await nextReply(OPENING_LIMIT, "Plotly could not be loaded in two minutes");
      isReady = true;
      const reply = nextReply(limitMilliseconds, tooSlow(limitMilliseconds));
      worker.postMessage(request);
      const answer = await reply;
      if (answer.kind === "drawn") return answer.svg;
      throw failure(answer.kind === "failed" ? answer.message : "its thread answered nothing");
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
