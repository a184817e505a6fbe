import * as os from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";
import { cellSignal } from "../../cellSignal";
import { compiledEntry } from "../../packageRoot";
import { SolverError } from "../../errors";

/** What a worker thread is told and what it answers; `id` pairs them. */
export type WorkerRequest<Task> = { readonly id: number; readonly task: Task };
export type WorkerReply<Answer, Progress = never> =
  | { readonly kind: "ready" }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "answer"; readonly id: number; readonly answer: Answer }
  | { readonly kind: "failure"; readonly id: number; readonly message: string };

export interface WorkOptions<Answer, Progress = never> {
  /** Threads to use; all cores by default. */
  readonly workers?: number;
  /** Called as answers arrive, in any order. */
  readonly onAnswer: (index: number, answer: Answer) => void;
  /** Called with what threads tell of tasks that they are at. */
  readonly onProgress?: (index: number, progress: Progress) => void;
  /**
   * Ends the work and its threads, whatever they are at; their answers are dropped. Without one, an
   * interrupt of the notebook cell ends it (see cellSignal.ts).
   */
  readonly signal?: AbortSignal;
}

/** How often one task may see its thread die before the work is given up. */
const LARGEST_DEATHS = 2;

/** The number of threads when none is asked for. */
export function defaultWorkerCount(): number {
  return os.availableParallelism();
}

/**
 * Has worker threads answer all tasks, each thread one at a time, in the order of the tasks. A task
 * is made when a thread is free for it, so that few of them take up memory.
 *
 * Threads run `entry`, a compiled file of `dist/src/experiment/backend` or an absolute path, with
 * `data` and a shared flag `stop` (an Int32Array whose first value turns 1 when the work is to
 * end). A thread that dies is replaced and its task is done again.
 *
 * @returns "finished", or "interrupted" if the signal ended it first
 * @throws SolverError if a task fails, or if its thread dies twice; the interrupt of a notebook
 *         cell, so that what the cell would do next with these answers is not done
 */
export async function shareWork<Task, Answer, Progress = never>(
  entry: string,
  data: object,
  tasks: readonly (() => Task)[],
  options: WorkOptions<Answer, Progress>,
): Promise<"finished" | "interrupted"> {
  if (tasks.length === 0) return "finished";
  const ofCell = options.signal === undefined ? cellSignal() : undefined;
  ofCell?.throwIfAborted();
  const signal = options.signal ?? ofCell;
  if (signal?.aborted === true) return "interrupted";
  const count = Math.min(options.workers ?? defaultWorkerCount(), tasks.length);
  const file = path.isAbsolute(entry)
    ? entry
    : compiledEntry(__dirname, "experiment/backend", entry);
  const pool = new WorkerPool<Task, Answer, Progress>(file, data, tasks, { ...options, signal });
  try {
    const outcome = await pool.run(count);
    if (outcome === "interrupted") ofCell?.throwIfAborted();
    return outcome;
  } finally {
    await pool.close();
  }
}

/** The threads of one call of `shareWork` and what each is doing. */
class WorkerPool<Task, Answer, Progress> {
  private readonly stop = new Int32Array(new SharedArrayBuffer(4));
  private readonly threads = new Map<Worker, number | undefined>();
  private readonly deaths = new Map<number, number>();
  private readonly waiting: number[];
  private unanswered: number;
  private settle: (outcome: "finished" | "interrupted" | Error) => void = () => undefined;

  constructor(
    private readonly file: string,
    private readonly data: object,
    private readonly tasks: readonly (() => Task)[],
    private readonly options: WorkOptions<Answer, Progress>,
  ) {
    this.waiting = tasks.map((_, index) => tasks.length - 1 - index);
    this.unanswered = tasks.length;
  }

  run(count: number): Promise<"finished" | "interrupted"> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => this.settle("interrupted");
      this.settle = (outcome) => {
        this.settle = () => undefined;
        this.options.signal?.removeEventListener("abort", onAbort);
        if (typeof outcome === "string") resolve(outcome);
        else reject(outcome);
      };
      this.options.signal?.addEventListener("abort", onAbort);
      for (let thread = 0; thread < count; thread++) this.start();
    });
  }

  async close(): Promise<void> {
    Atomics.store(this.stop, 0, 1);
    const ending = [...this.threads.keys()].map((thread) => thread.terminate());
    this.threads.clear();
    await Promise.all(ending);
  }

  private start(): void {
    const thread = new Worker(this.file, { workerData: { ...this.data, stop: this.stop } });
    this.threads.set(thread, undefined);
    thread.on("message", (reply: WorkerReply<Answer, Progress>) => this.receive(thread, reply));
    thread.on("error", (error) => this.bury(thread, error));
    thread.on("exit", (code) => this.bury(thread, new Error(`exit code ${code}`)));
  }

  private receive(thread: Worker, reply: WorkerReply<Answer, Progress>): void {
    if (!this.threads.has(thread)) return;
    if (reply.kind === "failure") {
      this.settle(new SolverError(reply.message));
      return;
    }
    try {
      if (reply.kind === "progress") {
        this.options.onProgress?.(reply.id, reply.progress);
        return;
      }
      if (reply.kind === "answer") {
        this.threads.set(thread, undefined);
        this.unanswered--;
        this.options.onAnswer(reply.id, reply.answer);
      }
      if (this.unanswered === 0) this.settle("finished");
      else this.give(thread);
    } catch (error) {
      this.settle(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private give(thread: Worker): void {
    const id = this.waiting.pop();
    if (id === undefined) return;
    this.threads.set(thread, id);
    const request: WorkerRequest<Task> = { id, task: this.tasks[id]() };
    thread.postMessage(request);
  }

  /** A thread ended: its task waits again, and another thread takes its place. */
  private bury(thread: Worker, reason: Error): void {
    if (!this.threads.has(thread)) return;
    const id = this.threads.get(thread);
    this.threads.delete(thread);
    if (id === undefined) {
      this.settle(new SolverError(`a worker thread could not start: ${reason.message}`));
      return;
    }
    const deaths = (this.deaths.get(id) ?? 0) + 1;
    this.deaths.set(id, deaths);
    if (deaths >= LARGEST_DEATHS) {
      this.settle(
        new SolverError(
          `task ${id} ended its worker thread ${deaths} times (${reason.message}); ` +
            `try fewer workers if memory is short`,
          { cause: reason },
        ),
      );
      return;
    }
    this.waiting.push(id);
    this.start();
  }
}
