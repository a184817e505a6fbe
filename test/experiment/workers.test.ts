import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { SolverError } from "../../src/errors";
import { shareWork } from "../../src/experiment/workers";

/** A worker that squares numbers; it ends its process on tasks listed in `deadly` while a marker is missing. */
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

let folder: string;
let entry: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-workers-"));
  entry = path.join(folder, "worker.js");
  fs.writeFileSync(entry, WORKER);
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

async function squares(tasks: number[], data: object): Promise<number[]> {
  const answers: number[] = [];
  const onAnswer = (index: number, answer: number): void => void (answers[index] = answer);
  await shareWork(entry, { folder, ...data }, tasks, { workers: 2, onAnswer });
  return answers;
}

describe("shareWork", () => {
  test("answers every task once, paired with its index", async () => {
    expect(await squares([1, 2, 3, 4, 5], { deadly: [] })).toEqual([1, 4, 9, 16, 25]);
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

  test("does nothing for no tasks, and nothing after an abort", async () => {
    const onAnswer = jest.fn();
    expect(await shareWork(entry, {}, [], { onAnswer })).toBe("finished");
    const signal = AbortSignal.abort();
    expect(await shareWork(entry, {}, [1], { onAnswer, signal })).toBe("interrupted");
    expect(onAnswer).not.toHaveBeenCalled();
  });
});
