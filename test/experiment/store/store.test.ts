import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { InvariantError, StoreError } from "../../../src/errors";
import { experimentKey } from "../../../src/experiment/appMaxExperiment";
import type { AppMaxRow } from "../../../src/experiment/variant/runAppMax";
import { openRunStore, readRows } from "../../../src/experiment/store/store";
import { findStore, listStores, storeFolder } from "../../../src/experiment/store/storePlace";
import type { WriteBytes } from "../../../src/experiment/store/storeFile";
import { appMaxRow } from "../rows";

const EXPERIMENT = { kind: "appmax", network: "small", seed: 1 };
let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-store-"));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

const rowsFile = (): string => path.join(storeFolder(root, EXPERIMENT), "rows.jsonl");

function writeRows(...points: number[]): void {
  const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
  for (const point of points) store.append(appMaxRow(point));
  store.close();
}

/** What tools do that write a file anew and move it into its place. */
function replaceByCopy(file: string): void {
  fs.copyFileSync(file, `${file}.copy`);
  fs.renameSync(`${file}.copy`, file);
}

describe("openRunStore", () => {
  test("gives back the rows of an earlier run, in their order", () => {
    writeRows(3, 1);
    writeRows(2);
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(store.rows).toEqual([3, 1, 2].map((point) => appMaxRow(point)));
    expect(store.isRepaired).toBe(false);
    store.close();
  });

  test("removes a line that a kill cut short, and goes on after the whole ones", () => {
    writeRows(1, 2);
    fs.appendFileSync(rowsFile(), '{"point":3,"ma');
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(store.isRepaired).toBe(true);
    expect(store.rows).toEqual([1, 2].map((point) => appMaxRow(point)));
    store.append(appMaxRow(3));
    store.close();
    expect(readRows<AppMaxRow>(path.dirname(rowsFile()))).toEqual(
      [1, 2, 3].map((point) => appMaxRow(point)),
    );
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
    const first = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(() => openRunStore(root, EXPERIMENT)).toThrow(/being written by this process already/);
    first.close();
    openRunStore<AppMaxRow>(root, EXPERIMENT).close();
  });

  test("takes over the lock that an earlier version left, a file with a process's number", () => {
    writeRows(1);
    // Larger than any process number of Linux.
    fs.writeFileSync(path.join(path.dirname(rowsFile()), "lock"), "99999999");
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(store.rows).toHaveLength(1);
    store.close();
  });

  test("notes a session once, just before its first row, and not at all without rows", () => {
    const facts = { commit: "abc" };
    openRunStore<AppMaxRow>(root, EXPERIMENT, { sessionFacts: facts }).close();
    const file = path.join(path.dirname(rowsFile()), "sessions.jsonl");
    expect(fs.existsSync(file)).toBe(false);
    for (const points of [[1, 2], [3]]) {
      const store = openRunStore<AppMaxRow>(root, EXPERIMENT, { sessionFacts: facts });
      for (const point of points) store.append(appMaxRow(point));
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
    const other = openRunStore<AppMaxRow>(root, { ...EXPERIMENT, seed: 2 });
    expect(other.rows).toEqual([]);
    other.close();
  });

  test("refuses a folder whose experiment was changed", () => {
    writeRows(1);
    const file = path.join(path.dirname(rowsFile()), "experiment.json");
    fs.writeFileSync(file, JSON.stringify({ kind: "appmax", seed: 2 }));
    expect(() => openRunStore(root, EXPERIMENT)).toThrow(/another experiment/);
    expect(() => findStore(root, EXPERIMENT)).toThrow(/another experiment/);
    expect(() => listStores(root)).toThrow(/another experiment/);
  });

  test("refuses a row that is no row before it reaches the disk", () => {
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(() => store.append({ ...appMaxRow(1), maximum: NaN })).toThrow(InvariantError);
    store.close();
    expect(readRows(path.dirname(rowsFile()))).toEqual([]);
  });

  test("goes on after a disk was full in the middle of a row, with no trace of the row", () => {
    let room = Infinity;
    const write: WriteBytes = (handle, bytes, from) => {
      // As a file system does: first what fits, then the error.
      const count = Math.min(bytes.length - from, room);
      if (count === 0) throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
      room -= count;
      return fs.writeSync(handle, bytes, from, count);
    };
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT, { write });
    store.append(appMaxRow(1));
    room = 20;
    expect(() => store.append(appMaxRow(2))).toThrow(StoreError);
    room = 0;
    expect(() => store.append(appMaxRow(2))).toThrow(/disk is full: make room/);
    room = Infinity;
    store.append(appMaxRow(3));
    store.close();
    const again = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(again.isRepaired).toBe(false);
    expect(again.rows).toEqual([1, 3].map((point) => appMaxRow(point)));
    again.close();
  });

  test.each([
    ["cut", () => fs.truncateSync(rowsFile(), 100), /was cut while this run/],
    ["emptied", () => fs.truncateSync(rowsFile(), 0), /was cut while this run/],
    ["removed", () => fs.rmSync(rowsFile()), /was removed while this run/],
    ["added to", () => fs.appendFileSync(rowsFile(), "{}\n"), /added to by something else/],
    ["replaced", () => replaceByCopy(rowsFile()), /was replaced while this run/],
  ])("fails when its rows are %s in the middle of a run", (_, spoil, message) => {
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    store.append(appMaxRow(1));
    store.append(appMaxRow(2));
    spoil();
    expect(() => store.append(appMaxRow(3))).toThrow(message);
    expect(() => store.check()).toThrow(StoreError);
    store.close();
  });

  test("fails when its lock is gone, before another row is written", () => {
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    store.append(appMaxRow(1));
    fs.rmSync(path.join(store.folder, "lock"), { recursive: true });
    expect(() => store.append(appMaxRow(2))).toThrow(/no longer this run's/);
    store.close();
    expect(readRows(store.folder)).toEqual([appMaxRow(1)]);
  });

  test("goes on after a note of a session that a kill cut short", () => {
    writeRows(1);
    const file = path.join(path.dirname(rowsFile()), "sessions.jsonl");
    fs.writeFileSync(file, '{"commit":"abc","rowsBefore":0}\n{"comm');
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT, { sessionFacts: { commit: "def" } });
    store.append(appMaxRow(2));
    store.close();
    const lines = fs.readFileSync(file, "utf8").trim().split("\n");
    expect(lines).toEqual(['{"commit":"abc","rowsBefore":0}', '{"commit":"def","rowsBefore":1}']);
  });

  test.each([
    ["", /experiment.json is damaged: it is no JSON; restore it/],
    ["{", /is damaged: it is no JSON/],
    ["[1]", /another experiment|no experiment/],
    ["null", /describes no experiment/],
  ])("says of an experiment.json that holds %j what to do", (text, message) => {
    writeRows(1);
    fs.writeFileSync(path.join(path.dirname(rowsFile()), "experiment.json"), text);
    for (const use of [
      () => openRunStore(root, EXPERIMENT),
      () => findStore(root, EXPERIMENT),
      () => listStores(root),
      () => readRows(path.dirname(rowsFile())),
    ]) {
      expect(use).toThrow(StoreError);
      expect(use).toThrow(message);
    }
  });

  test("says in one sentence that a folder cannot be made where a file is", () => {
    const file = path.join(root, "file");
    fs.writeFileSync(file, "");
    const opening = (): unknown => openRunStore(path.join(file, "below"), EXPERIMENT);
    expect(opening).toThrow(StoreError);
    expect(opening).toThrow(/cannot create .*a part of the path is a file, not a folder/);
  });

  (fs.existsSync("/proc/self") ? test : test.skip)(
    "says in one sentence that a folder cannot be made below one that makes nothing",
    () => {
      expect(() => openRunStore("/proc/nowhere", EXPERIMENT)).toThrow(StoreError);
      expect(() => openRunStore("/proc/nowhere", EXPERIMENT)).toThrow(/cannot create/);
    },
  );

  test("says in one sentence that a folder stands where the rows should", () => {
    writeRows(1);
    fs.rmSync(rowsFile());
    fs.mkdirSync(rowsFile());
    expect(() => openRunStore(root, EXPERIMENT)).toThrow(/a folder stands where a file should/);
    expect(() => readRows(path.dirname(rowsFile()))).toThrow(StoreError);
  });

  // The superuser may write everywhere.
  (process.getuid?.() === 0 ? test.skip : test)(
    "says in one sentence that a folder is read-only",
    () => {
      fs.chmodSync(root, 0o500);
      expect(() => openRunStore(root, EXPERIMENT)).toThrow(/permission is denied: name another/);
      fs.chmodSync(root, 0o700);
    },
  );
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
