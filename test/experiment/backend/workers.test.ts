import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";
import { SolverError } from "../../../src/errors";
import { shareWork } from "../../../src/experiment/backend/workers";

/**
 * A worker that squares numbers; it ends its process on tasks listed in `deadly` while a marker is
 * missing.
 */
const WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const fs = require("node:fs");
if (workerData.broken) throw new Error("no such luck");
parentPort.on("message", ({ id, task }) => {
  const marker = workerData.folder + "/" + task;
  if (workerData.deadly.includes(task) && (workerData.always || !fs.existsSync(marker))) {
    fs.writeFileSync(marker, "");
    process.exit(3);
  }
  parentPort.postMessage({ kind: "answer", id, answer: task * task });
});
parentPort.postMessage({ kind: "ready" });
`;

/**
 * A worker that never looks up from its task: a loop without end, in JavaScript or in WebAssembly.
 */
const BUSY_WORKER = `
const { parentPort, workerData } = require("node:worker_threads");
const { Module, Instance } = WebAssembly;
const spin = new Instance(new Module(new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 115, 112, 105, 110, 0, 0,
  10, 9, 1, 7, 0, 3, 64, 12, 0, 11, 11,
]))).exports.spin;
parentPort.on("message", ({ task }) => {
  workerData.started[task] = 1;
  if (task === 0) spin();
  for (;;);
});
parentPort.postMessage({ kind: "ready" });
`;

let folder: string;
let entry: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-workers-"));
  entry = path.join(folder, "worker.js");
  fs.writeFileSync(entry, WORKER);
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Tasks as `shareWork` takes them. */
function made(tasks: readonly number[]): (() => number)[] {
  return tasks.map((task) => () => task);
}

async function squares(tasks: number[], data: object): Promise<number[]> {
  const answers: number[] = [];
  const onAnswer = (index: number, answer: number): void => void (answers[index] = answer);
  await shareWork(entry, { folder, ...data }, made(tasks), { workers: 2, onAnswer });
  return answers;
}

describe("shareWork", () => {
  test("answers every task once, paired with its index", async () => {
    expect(await squares([1, 2, 3, 4, 5], { deadly: [] })).toEqual([1, 4, 9, 16, 25]);
  });

  test("makes a task only when a thread is free for it, and ends if it cannot be made", async () => {
    let answered = 0;
    const tasks = [1, 2, 3, 4, 5].map((task) => (): number => {
      expect(task - answered).toBeLessThanOrEqual(2);
      return task;
    });
    const options = { workers: 2, onAnswer: (): void => void answered++ };
    expect(await shareWork(entry, { folder, deadly: [] }, tasks, options)).toBe("finished");
    const refuse = (): number => {
      throw new RangeError("there is no such task");
    };
    const work = shareWork(entry, { folder, deadly: [] }, [refuse], options);
    await expect(work).rejects.toThrow(/no such task/);
  });

  test("replaces a thread that dies and does its task again", async () => {
    expect(await squares([1, 2, 3, 4, 5], { deadly: [2, 4] })).toEqual([1, 4, 9, 16, 25]);
  });

  test("gives up on a task that ends its thread every time, naming it", async () => {
    const work = squares([1, 2, 3], { deadly: [2], always: true });
    await expect(work).rejects.toThrow(SolverError);
    await expect(squares([1, 2, 3], { deadly: [2], always: true })).rejects.toThrow(
      /task 1 ended its worker thread 2 times \(exit code 3\)/,
    );
  });

  test("says why a worker thread cannot start", async () => {
    await expect(squares([1], { broken: true })).rejects.toThrow(/could not start: no such luck/);
  });

  test("ends threads on an abort though they never ask, in JavaScript and in WebAssembly", async () => {
    fs.writeFileSync(entry, BUSY_WORKER);
    const terminate = jest.spyOn(Worker.prototype, "terminate");
    const started = new Uint8Array(new SharedArrayBuffer(2));
    const controller = new AbortController();
    const onAnswer = jest.fn();
    const { signal } = controller;
    const work = shareWork(entry, { started }, made([0, 1]), { workers: 2, onAnswer, signal });
    while (!started.every((value) => value === 1)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    controller.abort();
    expect(await work).toBe("interrupted");
    const threads = terminate.mock.contexts as Worker[];
    terminate.mockRestore();
    // Node calls a thread −1 once it has ended.
    expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1]);
    expect(onAnswer).not.toHaveBeenCalled();
  });

  test("does nothing for no tasks, and nothing after an abort", async () => {
    const onAnswer = jest.fn();
    expect(await shareWork(entry, {}, [], { onAnswer })).toBe("finished");
    const signal = AbortSignal.abort();
    expect(await shareWork(entry, {}, made([1]), { onAnswer, signal })).toBe("interrupted");
    expect(onAnswer).not.toHaveBeenCalled();
  });
});
