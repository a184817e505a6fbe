import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { AccuracyRow } from "../../src/experiment/variant/runAccuracy";
import { runItems, type Backend, type ItemRun } from "../../src/experiment/runItems";

type Row = AccuracyRow;

/** Squares of items as a run: rows that a store takes, each with the square as its one class. */
const squares = (items: readonly number[]): ItemRun<number, number, Row> => ({
  experiment: { kind: "accuracy", network: "squares" },
  items,
  noun: "squares",
  itemOf: ({ block }) => block,
  worker: "none",
  dataOf: () => ({}),
  taskOf: (item) => item,
  rowOf: (item, square) => ({ block: item, classes: [square], correct: 0, milliseconds: 0 }),
});

const squaresOf = (rows: readonly Row[]): number[] => rows.flatMap(({ classes }) => classes);

/** Answers in this process, in the order that `arrange` makes of the tasks; at most `most`. */
const answering =
  (arrange: (indices: number[]) => number[], most = Infinity): Backend =>
  (_worker, _data, tasks, options) => {
    const indices = arrange(tasks.map((_, index) => index));
    for (const index of indices.slice(0, most)) {
      const task = tasks[index]();
      // The tasks of this file are numbers, and so are their answers.
      options.onAnswer(index, ((task as number) ** 2) as never);
    }
    return Promise.resolve(indices.length > most ? "interrupted" : "finished");
  };

const inOrder = answering((indices) => indices);

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-items-"))));
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("runItems", () => {
  test("has the same rows, in the order of the items, whatever order they are answered in", async () => {
    const backend = answering((indices) => [...indices].reverse());
    const items = [4, 1, 3];
    const one = await runItems(squares(items), { backend: inOrder });
    const other = await runItems(squares(items), { backend });
    expect(squaresOf(one.rows)).toEqual([16, 1, 9]);
    expect(other).toEqual(one);
  });

  test("goes on from what another backend left in the store, and does nothing twice", async () => {
    const first = await runItems(squares([1, 2, 3, 4]), {
      store: folder,
      backend: answering((indices) => indices, 2),
    });
    expect([first.kind, first.rows.length]).toEqual(["interrupted", 2]);
    const asked: number[] = [];
    const done: [number, number][] = [];
    const second = await runItems(squares([1, 2, 3, 4]), {
      store: folder,
      backend: inOrder,
      onAnswer: (item) => asked.push(item),
      onRow: (_, { done: count, resumed }) => done.push([count, resumed]),
    });
    expect(second.kind).toBe("finished");
    expect(squaresOf(second.rows)).toEqual([1, 4, 9, 16]);
    expect(asked).toEqual([3, 4]);
    expect(done).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
      [4, 2],
    ]);
  });

  test("does all items again where rows are to be checked, and stores none a second time", async () => {
    const options = { store: folder, backend: inOrder };
    const { folder: place = "" } = await runItems(squares([1, 2]), options);
    const sizeOf = (): number => fs.statSync(path.join(place, "rows.jsonl")).size;
    const before = sizeOf();
    const checked: number[] = [];
    const checkAgain = (now: Row, stored: Row): void => {
      expect(now).toEqual(stored);
      checked.push(now.block);
    };
    await runItems(squares([1, 2]), { ...options, checkAgain });
    expect(checked).toEqual([1, 2]);
    expect(sizeOf()).toBe(before);
  });

  test("makes nothing ready for workers where all items are stored", async () => {
    const options = { store: folder, backend: inOrder };
    await runItems(squares([1, 2]), options);
    const dataOf = jest.fn(() => ({}));
    const { kind } = await runItems({ ...squares([2, 1]), dataOf }, options);
    expect(kind).toBe("finished");
    expect(dataOf).not.toHaveBeenCalled();
  });

  test("leaves the store to others when a backend fails", async () => {
    const backend: Backend = () => Promise.reject(new Error("no workers"));
    const run = squares([1]);
    await expect(runItems(run, { store: folder, backend })).rejects.toThrow("no workers");
    const { kind } = await runItems(run, { store: folder, backend: inOrder });
    expect(kind).toBe("finished");
  });
});
