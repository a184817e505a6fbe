import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { StoreError } from "../../../src/errors";
import { experimentKey } from "../../../src/experiment/appMaxExperiment";
import type { AppMaxRow } from "../../../src/experiment/variant/runAppMax";
import { openRunStore, readRows } from "../../../src/experiment/store/store";
import { renameStores } from "../../../src/experiment/store/renameStores";
import { readableName } from "../../../src/experiment/store/storeName";
import {
  findStore,
  listStores,
  readExperiment,
  storeFolder,
  storePath,
} from "../../../src/experiment/store/storePlace";
import { appMaxRow } from "../rows";

const EXPERIMENT = {
  ...{ kind: "appmax", method: 1, network: "net1", approximation: "half", dataset: "mnist" },
  solver: "auto",
};
const KEY = experimentKey(EXPERIMENT);
let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-place-"));
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function writeRow(point: number, experiment: object = EXPERIMENT): string {
  const store = openRunStore<AppMaxRow>(root, experiment);
  store.append(appMaxRow(point));
  store.close();
  return store.folder;
}

/** The store of a row as versions before named it: by its key alone. */
function writeRowOfBefore(point: number): string {
  const folder = writeRow(point);
  const before = path.join(root, KEY);
  fs.renameSync(folder, before);
  fs.rmdirSync(path.dirname(folder));
  return before;
}

describe("storePath", () => {
  test("is the name of the run, then kind, method and the hash of the experiment", () => {
    expect(storePath(EXPERIMENT)).toBe(path.join("net1-half-mnist", `appmax-1-${KEY}`));
    expect(path.relative(root, writeRow(1))).toBe(storePath(EXPERIMENT));
  });

  test.each([
    [
      { kind: "classification", network: "net1", approximation: "paper-4", dataset: "mnist-test" },
      "net1-classify-paper-4",
    ],
    [
      { kind: "classification", network: "net1", approximation: "half", dataset: "faces" },
      "net1-classify-half-faces",
    ],
    [
      { kind: "appmax", network: "../up/../../etc", approximation: "half", dataset: "a b" },
      "up_.._.._etc-half-a_b",
    ],
    [
      { kind: "appmax", network: "réseau", approximation: "prune 0.5", dataset: "Müll/1" },
      "re_seau-prune_0.5-Mu_ll_1",
    ],
    [{ kind: "appmax", network: "ネット", approximation: "…", dataset: "" }, "unnamed"],
    [
      { kind: "appmax", network: "n".repeat(300), approximation: "half", dataset: "d" },
      `${"n".repeat(60)}-half-d`,
    ],
  ])("of %j is readable, and a name on every file system", (experiment, name) => {
    expect(readableName(experiment)).toBe(name);
  });

  test("keeps apart experiments whose names are the same", () => {
    const folders = ["a/b", "a_b"].map((network) => writeRow(1, { ...EXPERIMENT, network }));
    expect(path.dirname(folders[0])).toBe(path.dirname(folders[1]));
    expect(folders[0]).not.toBe(folders[1]);
  });
});

describe("a store", () => {
  test("whose folder does not end in the hash of its experiment is refused", () => {
    const folder = writeRow(1);
    const other = path.join(path.dirname(folder), `appmax-1-${"0".repeat(16)}`);
    fs.renameSync(folder, other);
    for (const use of [
      () => readExperiment(other),
      () => readRows(other),
      () => listStores(root),
    ]) {
      expect(use).toThrow(StoreError);
      expect(use).toThrow(/describes another experiment .* was the folder renamed/);
    }
  });

  test("under another name is refused where stores are listed, with where it belongs", () => {
    const folder = writeRow(1);
    fs.renameSync(path.dirname(folder), path.join(root, "my-run"));
    expect(() => listStores(root)).toThrow(
      /my-run.* is not where its experiment is looked for, .*net1-half-mnist/,
    );
  });

  test("of an earlier version, named by its key alone, is found, listed and gone on with", () => {
    const before = writeRowOfBefore(1);
    expect(storeFolder(root, EXPERIMENT)).toBe(before);
    expect(findStore(root, EXPERIMENT)).toBe(before);
    expect(listStores(root)).toEqual([{ folder: before, experiment: EXPERIMENT }]);
    expect(writeRow(2)).toBe(before);
    expect(readRows(before)).toEqual([appMaxRow(1), appMaxRow(2)]);
  });

  test("that stands under both names is refused, since rows would be passed over", () => {
    const before = writeRowOfBefore(1);
    fs.cpSync(before, path.join(root, storePath(EXPERIMENT)), { recursive: true });
    for (const use of [
      () => findStore(root, EXPERIMENT),
      () => openRunStore(root, EXPERIMENT),
      () => renameStores(root),
    ]) {
      expect(use).toThrow(/hold rows of the same experiment; move one of them away/);
    }
  });
});

describe("renameStores", () => {
  test("moves stores of earlier versions to their names of today, with all that is in them", () => {
    const before = writeRowOfBefore(1);
    const today = path.join(root, storePath(EXPERIMENT));
    expect(renameStores(root)).toEqual([{ from: before, to: today }]);
    expect(readRows(today)).toEqual([appMaxRow(1)]);
    expect(fs.readdirSync(today).sort()).toEqual(["experiment.json", "rows.jsonl"]);
    expect(renameStores(root)).toEqual([]);
    expect(writeRow(2)).toBe(today);
  });

  test("leaves a store that is being written where it is", () => {
    const before = writeRowOfBefore(1);
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(() => renameStores(root)).toThrow(/is being written by this process already/);
    store.append(appMaxRow(2));
    store.close();
    expect(readRows(before)).toHaveLength(2);
  });
});
