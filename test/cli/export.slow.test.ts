import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import { columnsFor, documentColumns } from "../../src/claim/column";
import { AGREEMENT_COLUMNS } from "../../src/experiment/variant/agreementColumns";
import { APPMAX_COLUMNS } from "../../src/experiment/variant/appMaxColumns";
import { loadRun } from "../../src/experiment/loadRuns";
import { ORIGIN_COLUMNS } from "../../src/experiment/sessions";
import { loadNetwork } from "../../src/network/load";
import { packageRoot } from "../../src/packageRoot";

const MAIN = path.join(packageRoot(), "dist", "src", "cli", "main.js");
const RUN = "net2-paper-4-mnist-test";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-export-"));
});

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/**
 * The command in a process of its own: the writer of Parquet is an ES module, which jest cannot
 * load.
 */
async function roundlab(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [MAIN, ...args]);
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

/** A Parquet file as rows, read by the reader that its writer is tested against. */
async function readParquet(file: string): Promise<Record<string, unknown>[]> {
  const script = `
    const bytes = require("node:fs").readFileSync(process.argv[1]);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    require("hyparquet").parquetReadObjects({ file })
      .then((rows) => process.stdout.write(JSON.stringify(rows)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script, file], {
    cwd: packageRoot(),
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout) as Record<string, unknown>[];
}

describe("roundlab export", () => {
  test("writes rows as Parquet and as CSV with every digit, the same in both", async () => {
    const { rows } = loadRun(RUN, await loadNetwork("net2"));
    const parquet = path.join(folder, "rows.parquet");
    const csv = path.join(folder, "rows.csv");
    expect(await roundlab("export", RUN, "--parquet", "--out", parquet)).toMatchObject({
      code: 0,
      out: `${rows.length} rows of ${RUN} (method 1) in ${parquet}\n`,
    });
    expect((await roundlab("export", RUN, "--csv", "--out", csv)).code).toBe(0);

    const read = await readParquet(parquet);
    expect(read).toHaveLength(rows.length);
    const columns = columnsFor(APPMAX_COLUMNS, rows);
    const names = [...columns, ...ORIGIN_COLUMNS].map(({ name }) => name);
    expect(Object.keys(read[0])).toEqual(names);
    read.forEach((row, index) => {
      for (const { name, read } of columns) expect(row[name]).toBe(read(rows[index]));
    });
    const lines = fs.readFileSync(csv, "utf8").trimEnd().split("\r\n");
    expect(lines[0]).toBe(names.join(","));
    expect(lines).toHaveLength(rows.length + 1);
    expect(Number(lines[1].split(",")[names.indexOf("maximum")])).toBe(rows[0].maximum);
    expect(fs.readdirSync(folder).sort()).toEqual(["rows.csv", "rows.parquet"]);
  }, 60_000);

  test("says what is wrong with a name, a format, an empty run and a place", async () => {
    const unknown = await roundlab("export", "net9", "--csv");
    expect([unknown.code, unknown.err]).toEqual([2, expect.stringMatching(/no run "net9"; there/)]);
    const both = await roundlab("export", RUN, "--csv", "--parquet");
    expect([both.code, both.err]).toEqual([2, expect.stringMatching(/one of --csv and --parquet/)]);
    const empty = await roundlab("export", RUN, "--csv", "--results", folder);
    expect(empty.code).toBe(1);
    expect(empty.err).toMatch(/has no rows of .* yet; `roundlab run .*` computes them/);
    const place = path.join(folder, "missing", "rows.csv");
    const nowhere = await roundlab("export", RUN, "--csv", "--out", place);
    expect(nowhere.code).toBe(1);
    expect(nowhere.err).toMatch(/^roundlab: --out: .*missing.* cannot be used: .*there is no such/);
    // A folder stands where the file should: nothing is left beside it.
    fs.mkdirSync(path.join(folder, "taken"));
    const taken = await roundlab("export", RUN, "--csv", "--out", path.join(folder, "taken"));
    expect(taken.code).toBe(1);
    expect(fs.readdirSync(folder)).toEqual(["taken"]);
  }, 60_000);
});

describe("docs/results.md", () => {
  test.each([
    ["AppMax rows", APPMAX_COLUMNS],
    ["agreement rows", AGREEMENT_COLUMNS],
    ["every exported row", ORIGIN_COLUMNS],
  ])("has the table of the columns of %s as they are declared", (_, columns) => {
    const page = fs.readFileSync(path.join(packageRoot(), "docs", "results.md"), "utf8");
    expect(page).toContain(documentColumns(columns));
  });
});
