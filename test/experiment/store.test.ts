import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { StoreError } from "../../src/errors";
import { experimentKey } from "../../src/experiment/appMaxExperiment";
import { openRunStore, readRows } from "../../src/experiment/store";

interface Row {
  readonly point: number;
}

const EXPERIMENT = { kind: "test", seed: 1 };
let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-store-"));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const rowsFile = (): string => path.join(root, experimentKey(EXPERIMENT), "rows.jsonl");

function writeRows(...points: number[]): void {
  const store = openRunStore<Row>(root, EXPERIMENT);
  for (const point of points) store.append({ point });
  store.close();
}

describe("openRunStore", () => {
  test("gives back the rows of an earlier run, in their order", () => {
    writeRows(3, 1);
    writeRows(2);
    const store = openRunStore<Row>(root, EXPERIMENT);
    expect(store.rows).toEqual([{ point: 3 }, { point: 1 }, { point: 2 }]);
    expect(store.isRepaired).toBe(false);
    store.close();
  });

  test("removes a line that a kill cut short, and goes on after the whole ones", () => {
    writeRows(1, 2);
    fs.appendFileSync(rowsFile(), '{"point":3,"ma');
    const store = openRunStore<Row>(root, EXPERIMENT);
    expect(store.isRepaired).toBe(true);
    expect(store.rows).toEqual([{ point: 1 }, { point: 2 }]);
    store.append({ point: 3 });
    store.close();
    expect(readRows<Row>(path.dirname(rowsFile()))).toEqual([
      { point: 1 },
      { point: 2 },
      { point: 3 },
    ]);
  });

  test("refuses a damaged line in the middle, naming its number", () => {
    writeRows(1, 2, 3);
    const lines = fs.readFileSync(rowsFile(), "utf8").split("\n");
    lines[1] = "{broken";
    fs.writeFileSync(rowsFile(), lines.join("\n"));
    expect(() => openRunStore(root, EXPERIMENT)).toThrow(StoreError);
    expect(() => openRunStore(root, EXPERIMENT)).toThrow(/line 2/);
  });

  test("refuses a second run on the same store, and lets it in after the first has closed", () => {
    const first = openRunStore<Row>(root, EXPERIMENT);
    expect(() => openRunStore(root, EXPERIMENT)).toThrow(/being written by process/);
    first.close();
    openRunStore<Row>(root, EXPERIMENT).close();
  });

  test("takes over the lock of a process that is gone", () => {
    writeRows(1);
    // Larger than any process number of Linux.
    fs.writeFileSync(path.join(path.dirname(rowsFile()), "lock"), "99999999");
    const store = openRunStore<Row>(root, EXPERIMENT);
    expect(store.rows).toHaveLength(1);
    store.close();
  });

  test("notes a session once, just before its first row, and not at all without rows", () => {
    const facts = { commit: "abc" };
    openRunStore<Row>(root, EXPERIMENT, facts).close();
    const file = path.join(path.dirname(rowsFile()), "sessions.jsonl");
    expect(fs.existsSync(file)).toBe(false);
    for (const points of [[1, 2], [3]]) {
      const store = openRunStore<Row>(root, EXPERIMENT, facts);
      for (const point of points) store.append({ point });
      store.close();
    }
    const lines = fs.readFileSync(file, "utf8").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { commit: "abc", rowsBefore: 0 },
      { commit: "abc", rowsBefore: 2 },
    ]);
  });

  test("keeps experiments apart: another input is another folder", () => {
    writeRows(1);
    const other = openRunStore<Row>(root, { ...EXPERIMENT, seed: 2 });
    expect(other.rows).toEqual([]);
    other.close();
  });

  test("refuses a folder whose experiment was changed", () => {
    writeRows(1);
    const file = path.join(path.dirname(rowsFile()), "experiment.json");
    fs.writeFileSync(file, JSON.stringify({ kind: "test", seed: 2 }));
    expect(() => openRunStore(root, EXPERIMENT)).toThrow(/another experiment/);
  });
});

describe("experimentKey", () => {
  test("does not depend on the order of fields, and changes with any value", () => {
    expect(experimentKey({ a: 1, b: [1, { c: 2 }] })).toBe(
      experimentKey({ b: [1, { c: 2 }], a: 1 }),
    );
    expect(experimentKey({ a: 1 })).not.toBe(experimentKey({ a: 2 }));
    expect(experimentKey({ a: 1 })).toMatch(/^[0-9a-f]{16}$/);
  });
});
