import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { StoreError } from "../../../src/errors";
import { packStore } from "../../../src/experiment/store/packStore";
import { packRows, unpackRows } from "../../../src/experiment/store/rowPack";
import { openRunStore, readRows } from "../../../src/experiment/store/store";
import { findStore } from "../../../src/experiment/store/storePlace";
import type { AppMaxRow } from "../../../src/experiment/variant/runAppMax";
import { appMaxRow } from "../rows";

const EXPERIMENT = { kind: "appmax", network: "small", seed: 1 };
let root: string;
let folder: string;

/** Enough rows for columns to be lighter than lines, some with a reason. */
const ROWS = Array.from({ length: 60 }, (_, point) =>
  appMaxRow(point, {
    maximum: 2 + Math.sqrt(point),
    upperBound: 2 + Math.sqrt(point),
    ...(point % 7 === 0 ? { reason: "Ξ: näher" } : {}),
  }),
);

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-pack-"));
  folder = addRows(ROWS);
});

afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

function addRows(rows: readonly AppMaxRow[]): string {
  const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
  for (const row of rows) store.append(row);
  store.close();
  return store.folder;
}

const file = (name: string): string => path.join(folder, name);

describe("packStore", () => {
  test("keeps every row to the last bit, in fewer bytes, and removes the lines", () => {
    const before = fs.statSync(file("rows.jsonl")).size;
    const packed = packStore(folder);
    expect(packed).toMatchObject({ before, after: fs.statSync(file("rows.columns.gz")).size });
    expect(packed?.after).toBeLessThan(before);
    expect(fs.readdirSync(folder).sort()).toEqual(["experiment.json", "rows.columns.gz"]);
    expect(findStore(root, EXPERIMENT)).toBe(folder);
    expect(readRows(folder).map((row) => JSON.stringify(row))).toEqual(
      ROWS.map((row) => JSON.stringify(row)),
    );
    expect(packStore(folder)).toBeUndefined();
  });

  test("lets a run be read and finished again without a change, and extended", () => {
    const lines = fs.readFileSync(file("rows.jsonl"), "utf8");
    packStore(folder);
    const bytes = fs.readFileSync(file("rows.columns.gz"));
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(store.rows).toEqual(ROWS);
    store.check();
    store.close();
    expect(fs.readFileSync(file("rows.columns.gz"))).toEqual(bytes);
    addRows([appMaxRow(100)]);
    expect(fs.readFileSync(file("rows.jsonl"), "utf8")).toBe(
      `${lines}${JSON.stringify(appMaxRow(100))}\n`,
    );
    expect(fs.existsSync(file("rows.columns.gz"))).toBe(false);
  });

  test("leaves a run that is being written, and a torn line, as they are", () => {
    const store = openRunStore<AppMaxRow>(root, EXPERIMENT);
    expect(() => packStore(folder)).toThrow(/is being written by this process already/);
    store.close();
    fs.appendFileSync(file("rows.jsonl"), '{"point":');
    expect(packStore(folder)).toBeUndefined();
    expect(fs.existsSync(file("rows.columns.gz"))).toBe(false);
  });

  test("leaves lines that it could not give back byte for byte", () => {
    const lines = fs
      .readFileSync(file("rows.jsonl"), "utf8")
      .replace('"maximum":2,', '"maximum": 2.0,');
    fs.writeFileSync(file("rows.jsonl"), lines);
    expect(packStore(folder)).toBeUndefined();
    expect(fs.readFileSync(file("rows.jsonl"), "utf8")).toBe(lines);
    expect(fs.existsSync(file("rows.columns.gz"))).toBe(false);
  });

  test("trusts the lines where a kill has left both files", () => {
    const lines = fs.readFileSync(file("rows.jsonl"));
    packStore(folder);
    fs.writeFileSync(file("rows.jsonl"), lines);
    addRows([appMaxRow(100)]);
    expect(readRows(folder)).toEqual([...ROWS, appMaxRow(100)]);
  });
});

describe("a packed file", () => {
  test.each([
    ["cut", (bytes: Buffer) => bytes.subarray(0, bytes.length - 20)],
    [
      "with another bit",
      (bytes: Buffer) => bytes.map((byte, at) => (at === 200 ? byte ^ 1 : byte)),
    ],
    ["empty", () => Buffer.alloc(0)],
  ])("that is %s is refused, with what to do", (_, spoil) => {
    packStore(folder);
    const packed = file("rows.columns.gz");
    fs.writeFileSync(packed, spoil(fs.readFileSync(packed)));
    for (const use of [() => readRows(folder), () => openRunStore(root, EXPERIMENT)]) {
      expect(use).toThrow(StoreError);
      expect(use).toThrow(/rows.columns.gz is damaged: .*; restore it, or move it away/);
    }
  });

  test("with a row that is none is refused, naming the row", () => {
    packStore(folder);
    const bad = { ...appMaxRow(1), maximum: -1 };
    fs.writeFileSync(file("rows.columns.gz"), packRows([appMaxRow(0), bad]));
    expect(() => readRows(folder)).toThrow(
      /row 2 of .*rows.columns.gz is no row of this run: maximum is -1/,
    );
  });

  test("holds numbers that are hard to write", () => {
    const values = [0, -0, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, -1e-300, 2 ** 53];
    const rows = unpackRows(packRows(values.map((value) => ({ value, none: null }))), "file");
    expect(rows).toEqual(values.map((value) => ({ value, none: null })));
  });
});
