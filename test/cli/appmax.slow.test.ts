import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createTwins } from "../../src/analyse/twin";
import { absoluteError } from "../../src/analyse/roundingError";
import { approximate } from "../../src/approximate/approximate";
import { loadNetwork } from "../../src/network/load";
import { saveNetwork } from "../../src/network/save";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";
import { idxBytes } from "../dataset/format/idxBytes";
import { smallDataset } from "../experiment/smallRun";
import { BUILT, runBuilt as roundlab, type Ended } from "./runBuilt";

/** What the JSON of a run says of its box. */
interface Summary {
  readonly domain: string;
  readonly box: { readonly lower: number[]; readonly upper: number[] };
}

let folder: string;
let network: string;
let images: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-cli-"));
  network = path.join(folder, "small.safetensors");
  await saveNetwork(randomDenseNetwork([16, 60, 40, 3], createRandom(3)), network);
  images = path.join(folder, "images");
  fs.mkdirSync(images);
  const { count, pixels, labels } = smallDataset(400);
  const files = { images: idxBytes([count, 4, 4], pixels), labels: idxBytes([count], labels) };
  fs.writeFileSync(path.join(images, "train-images-idx3-ubyte"), files.images);
  fs.writeFileSync(path.join(images, "train-labels-idx1-ubyte"), files.labels);
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const appmax = (...more: string[]): string[] => [
  "appmax",
  ...["--network", network, "--data", images, "--workers", "2"],
  ...more,
];

describe("roundlab appmax", () => {
  test("prints one JSON object per point, in order, then a summary of them", async () => {
    const { code, stdout } = await roundlab(appmax("--points", "0:6", "--json"));
    const lines = stdout.trim().split("\n");
    expect(code).toBe(0);
    expect(lines).toHaveLength(7);
    const rows = lines.slice(0, 6).map((line) => JSON.parse(line) as Record<string, number>);
    rows.forEach((row, index) => {
      expect(Object.keys(row)).toEqual(
        expect.arrayContaining(
          "point label error maximum upperBound gap iterations milliseconds solver status".split(
            " ",
          ),
        ),
      );
      expect(row["point"]).toBe(index);
      expect(row["status"]).toBe("certified");
      expect(row["error"]).toBeLessThanOrEqual(row["maximum"]);
      expect(row["maximum"]).toBeLessThanOrEqual(row["upperBound"]);
      expect(row["gap"]).toBeLessThanOrEqual(1e-9);
    });
    const summary = JSON.parse(lines[6]) as Record<string, number>;
    expect(summary).toMatchObject({ summary: true, points: 6, certified: 6, uncertified: 0 });
    expect(summary).toMatchObject({ domain: "pixels", box: { lower: 0, upper: 1 } });
    expect(rows.every((row) => String(row["domain"]) === "pixels")).toBe(true);
    expect(summary["E_T"]).toBe(Math.max(...rows.map((row) => row["error"])));
    expect(summary["E_Xi"]).toBe(Math.max(...rows.map((row) => row["maximum"])));
  });

  test("keeps the worst inputs as a NumPy file, which attain what the rows say", async () => {
    const file = path.join(folder, "witnesses.npy");
    const words = ["--points", "4,2", "--json", "--witnesses", file];
    const { code, stdout, stderr } = await roundlab(appmax(...words));
    expect([code, stderr]).toEqual([
      0,
      `2 worst inputs, row by row as the points above, in ${file}\n`,
    ]);
    const bytes = fs.readFileSync(file);
    const start = 10 + bytes.readUInt16LE(8);
    expect(bytes.subarray(10, start).toString("ascii")).toContain("'shape': (2, 16)");
    const exact = await loadNetwork(network);
    const twins = createTwins(exact, approximate(exact, { kind: "half" }));
    stdout
      .split("\n")
      .slice(0, 2)
      .forEach((line, row) => {
        const witness = Float64Array.from({ length: 16 }, (_, input) =>
          bytes.readDoubleLE(start + 8 * (16 * row + input)),
        );
        const { maximum } = JSON.parse(line) as { maximum: number };
        expect(absoluteError(twins, witness)).toBe(maximum);
      });
  });

  test("finds that witnesses cannot be written before it computes", async () => {
    const nowhere = path.join(folder, "nowhere", "w.npy");
    const lost = await roundlab(appmax("--points", "0:6", "--witnesses", nowhere));
    expect(lost).toMatchObject({ code: 1, stdout: "" });
    expect(lost.stderr).toMatch(/--witnesses: .*nowhere.*: there is no such file or folder/);
    const unnamed = await roundlab(appmax("--points", "0:6", "--witnesses", "w.txt"));
    expect(unnamed).toMatchObject({ code: 2, stdout: "" });
    expect(unnamed.stderr).toMatch(/expected a name ending in \.npy/);
  });

  test("prints a table without --json, its columns saying what they claim", async () => {
    const { code, stdout } = await roundlab(appmax("--points", "3,1"));
    expect(code).toBe(0);
    expect(stdout).toMatch(/attained, logits, L1 +bound, logits, L1/);
    expect(stdout).toMatch(/E_T/);
    expect(stdout).toContain("bound: proved for every input of the point's polytope in [0, 1]");
  });

  test("takes another box and names it wherever a bound is claimed", async () => {
    const { code, stdout } = await roundlab(appmax("--points", "3", "--domain", "-1:2"));
    expect(code).toBe(0);
    expect(stdout).toContain("on the polytope of each point in [-1, 2]");
    expect(stdout).toContain("bound: proved for every input of the point's polytope in [-1, 2]");
  });

  test("takes a box with ends for each input, from a file or from the data, and prints it", async () => {
    const file = path.join(folder, "box.json");
    const { inputSize } = await loadNetwork(network);
    const upper = Array.from({ length: inputSize }, (_, input) => 1 + input / 100);
    fs.writeFileSync(file, JSON.stringify({ lower: -1, upper }));
    const domains = [file, "data"].map((domain) => appmax("--points", "3", "--domain", domain));
    const [ofFile, ofData] = await Promise.all(
      domains.map(async (words) => {
        const { code, stdout, stderr } = await roundlab([...words, "--json"]);
        expect([code, stderr]).toEqual([0, ""]);
        return stdout
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as Summary);
      }),
    );
    expect(ofFile[1].box).toEqual({ lower: upper.map(() => -1), upper });
    expect(ofFile[0].domain).toBe(ofFile[1].domain);
    expect(ofData[1].box.lower).toHaveLength(inputSize);
    const { stdout } = await roundlab(domains[0]);
    expect(stdout).toContain(
      `polytope in the box ${ofFile[1].domain} (ends for each input, within`,
    );
  });

  test("with --proof real proves its bounds in real arithmetic, and says so in table and JSON", async () => {
    const real = appmax("--points", "0:3", "--proof", "real");
    const [plain, table, json] = await Promise.all([
      roundlab(appmax("--points", "0:3", "--json")),
      roundlab(real),
      roundlab([...real, "--json"]),
    ]);
    expect(table.stdout).toMatch(/bound: proved for every input of .*, in real arithmetic/);
    expect(table.stdout).not.toContain("up to binary64 rounding");
    const parse = ({ stdout }: Ended): Record<string, number>[] =>
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as Record<string, number>);
    const [rows, rowsWithout] = [parse(json), parse(plain)].map((lines) => lines.slice(0, -1));
    const sums = rows.map(({ upperBound, roundingAllowance }) => upperBound + roundingAllowance);
    expect(rows.map(({ upperBound }) => upperBound)).toEqual(
      rowsWithout.map(({ upperBound }) => upperBound),
    );
    expect(rows.every(({ roundingAllowance }) => roundingAllowance >= 0)).toBe(true);
    expect(parse(json).at(-1)).toMatchObject({ proof: "real", upperBound: Math.max(...sums) });
    expect(plain.stdout).not.toMatch(/proof|roundingAllowance/);
  });

  test("ends in order on Ctrl-C, keeps what is done, and goes on from there", async () => {
    const store = path.join(folder, "store");
    const words = appmax("--points", "all", "--json", "--store", store);
    let isKilled = false;
    const broken = await roundlab(words, (text, kill) => {
      if (isKilled || text.split("\n").length <= 3) return;
      isKilled = true;
      kill("SIGINT");
    });
    expect(broken.code).toBe(130);
    expect(broken.stderr).toMatch(/interrupted: \d+ points are done; they are kept in/);
    const done = Number(/interrupted: (\d+)/.exec(broken.stderr)?.[1]);
    expect(done).toBeLessThan(400);
    const lines = broken.stdout.trim().split("\n");
    expect(lines.map((line) => typeof JSON.parse(line))).toEqual(lines.map(() => "object"));
    const [name] = fs.readdirSync(store);
    const key = path.join(name, fs.readdirSync(path.join(store, name))[0]);
    const rows = fs
      .readFileSync(path.join(store, key, "rows.jsonl"), "utf8")
      .trim()
      .split("\n");
    expect(rows).toHaveLength(done);
    expect(fs.existsSync(path.join(store, key, "lock"))).toBe(false);

    const again = await roundlab(appmax("--points", "0:2", "--json", "--store", store));
    expect(again.code).toBe(0);
    expect(fs.readdirSync(store)).toEqual([name]);
    expect(fs.readdirSync(path.join(store, name))).toEqual([path.basename(key)]);
  });

  test.each([
    [["--fail-above", "1e-9"], 3, /--fail-above 1e-9: the bound of 2 of 2 points lies above it/],
    [["--fail-above", "1000", "--require", "certified"], 0, /^$/],
    [["--fail-above", "1e-9", "--require", "certified"], 3, /--fail-above/],
  ])("with %j ends with %i, after the results", async (words, code, message) => {
    const ended = await roundlab([...appmax("--points", "0:2", "--json"), ...words]);
    expect(ended.code).toBe(code);
    expect(ended.stdout.trim().split("\n")).toHaveLength(3);
    expect(ended.stderr).toMatch(message);
  });

  test("whose reader goes away ends with 0, and with 1 where a condition was not yet checked", async () => {
    const codes = [[], ["--require", "certified"]].map(
      (words) =>
        new Promise((resolve) => {
          const all = [...appmax("--points", "all", "--json"), ...words];
          const child = spawn(process.execPath, [BUILT, ...all], {
            stdio: ["ignore", "pipe", "ignore"],
          });
          child.stdout.once("data", () => child.stdout.destroy());
          child.on("exit", resolve);
        }),
    );
    expect(await Promise.all(codes)).toEqual([0, 1]);
  });

  test.each([
    [["--network", "nowhere"], /no network and no file "nowhere"/, 2],
    [["--data", "nowhere"], /no data set and no directory "nowhere"/, 2],
    [["--approximation", "quarter"], /no approximation "quarter"/, 2],
    [["--points", "399:401"], /go beyond the data set, whose points are 0 to 399/, 2],
    [["--proof", "rounded"], /unknown proof "rounded"; there are rounding/, 2],
    [["--solver", "magic"], /unknown solver "magic"/, 2],
    [["--domain", "sphere"], /unknown domain "sphere"/, 2],
    [["--domain", "nowhere.json"], /--domain nowhere.json cannot be read: there is no such/, 2],
    [["--workers", "none"], /--workers takes a whole number from 1, found "none"/, 2],
  ])("refuses %j with one line that says what and what to do", async (words, message, code) => {
    const ended = await roundlab([...appmax("--points", "0:2"), ...words]);
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr).not.toMatch(/ {4}at /);
    expect(ended.stdout).toBe("");
    expect(ended.code).toBe(code);
  });

  test("refuses a damaged network file, naming what is wrong", async () => {
    const bytes = fs.readFileSync(network);
    const cut = path.join(folder, "cut.safetensors");
    fs.writeFileSync(cut, bytes.subarray(0, bytes.length - 100));
    const ended = await roundlab([...appmax(), "--network", cut]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/cut\.safetensors/);
    expect(ended.stderr).not.toMatch(/ {4}at /);
  });
});
