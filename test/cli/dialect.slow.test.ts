import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { approximationName } from "../../src/approximate/parseApproximation";
import { approximationsOf } from "../../src/cli/approximationOptions";
import { leafCommands } from "../../src/cli/examples";
import { createProgram } from "../../src/cli/main";
import { networksOf } from "../../src/cli/networkOptions";
import { ArgumentError } from "../../src/errors";
import { POINTS_GRAMMAR } from "../../src/experiment/points";
import { saveNetwork } from "../../src/network/save";
import { createRandom } from "../../src/numeric/random";
import { idxBytes } from "../dataset/format/idxBytes";
import { smallDataset } from "../experiment/smallRun";
import { randomDenseNetwork } from "../network/randomNetwork";
import { runBuilt } from "./runBuilt";

type Json = Readonly<Record<string, unknown>>;

let folder: string;
const place = (name: string): string => path.join(folder, `${name}.safetensors`);

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-dialect-"));
  for (const [seed, name] of ["one", "two", "a,b"].entries()) {
    await saveNetwork(randomDenseNetwork([16, 8, 3], createRandom(seed + 1)), place(name));
  }
  const { count, pixels, labels } = smallDataset(250);
  fs.writeFileSync(path.join(folder, "train-images-idx3-ubyte"), idxBytes([count, 4, 4], pixels));
  fs.writeFileSync(path.join(folder, "train-labels-idx1-ubyte"), idxBytes([count], labels));
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Runs the built command on the small data set. */
const roundlab = (...words: readonly string[]) =>
  runBuilt([...words, ...(words[0] === "run" ? [] : ["--data", folder])]);

async function jsonOf(...words: readonly string[]): Promise<Json[]> {
  const { code, stdout, stderr } = await roundlab(...words, "--workers", "1", "--json");
  expect([code, stderr.includes("roundlab:")]).toEqual([0, false]);
  const lines = stdout.trim().split("\n");
  return lines.map((line) => JSON.parse(line) as Json);
}

/** A row without what differs from run to run. */
const lasting = ({ milliseconds: _, seconds: __, ...rest }: Json): Json => rest;

describe("roundlab appmax with several networks and approximations", () => {
  test("has one set of results for each pair, equal to that pair's own", async () => {
    const networks = `${place("one")},${place("two")}`;
    const points = ["--points", "4,2"];
    const all = await jsonOf("appmax", ...points, "--network", networks, "--bits", "8,4");
    const named = all.map(({ network, approximation, summary }) => [
      network,
      approximation,
      summary === true,
    ]);
    const expected = ["one", "two"].flatMap((network) =>
      ["paper-8", "paper-4"].flatMap((approximation) =>
        [false, false, true].map((isSummary) => [network, approximation, isSummary]),
      ),
    );
    expect(named).toEqual(expected);
    const own = ["--network", place("two"), "--approximation", "paper-8"];
    const single = await jsonOf("appmax", ...points, ...own);
    expect(single).toHaveLength(3);
    // Rows of a single pair say no names, as ever.
    expect(single[0]).not.toHaveProperty("network");
    expect(all.slice(6, 9).map(lasting)).toEqual(
      single.map(lasting).map((row) => ({ network: "two", approximation: "paper-8", ...row })),
    );
  });

  test("names each table, sums all up in one, and says of which a condition does not hold", async () => {
    const words = ["--network", place("one"), "--approximation", "none,4", "--workers", "1"];
    const conditions = ["--points", "0", "--fail-above", "1e-6"];
    const { code, stdout, stderr } = await roundlab("appmax", ...words, ...conditions);
    expect(stdout).toMatch(/^one, none\n[^]*^one, paper-4\n[^]*^one, none .*\n^one, paper-4 /m);
    expect(stderr).toMatch(/^roundlab: one, paper-4: --fail-above 0\.000001: the bound of 1/);
    expect(stderr).not.toContain("one, none: ");
    expect(code).toBe(3);
  });
});

describe("roundlab accuracy --points", () => {
  test("classifies the points that the grammar of appmax names, and no others", async () => {
    const words = ["accuracy", "--network", place("one"), "--approximation", "none"];
    const [all] = await jsonOf(...words);
    const parts = [
      ...(await jsonOf(...words, "--points", "0:120")),
      ...(await jsonOf(...words, "--points", "200:250,120:200")),
    ];
    expect(parts.map(({ images }) => images)).toEqual([120, 130]);
    expect(parts.reduce((sum, { correct }) => sum + Number(correct), 0)).toBe(all["correct"]);
    expect(all["images"]).toBe(250);
    expect(all["kinds"]).toEqual({ accuracy: "sample" });
  });
});

describe("what cannot be meant", () => {
  test.each([
    ["appmax --bits 8 --approximation half", /'--bits <numbers>' cannot be used with/],
    ["accuracy --approximation half --bits 8", /'--bits <numbers>' cannot be used with/],
    ["bench lp --approximation half --bits 8", /'--bits <numbers>' cannot be used with/],
    ["bench lp --bits 8,4", /compares solvers on one approximation, found 2/],
    ["appmax --bits 8,4 --witnesses w.npy", /one network and one approximation, found 2 pairs/],
    ["accuracy --points 0:20 --store rows", /leave --points out, or --store/],
    ["run net1-half-mnist --count 1 --points 2", /cannot be used with/],
    ["bounds --box box.json --domain 0:1", /'--box <file.json>' cannot be used with/],
    ["attribute --points 0:2 --domain 0:1", /'--points <which>' cannot be used with/],
    ["interval --box box.json --domain 0:1", /'--box <file.json>' cannot be used with/],
  ])("is a usage error: %s", async (line, message) => {
    const { code, stdout, stderr } = await roundlab(...line.split(" "));
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.replace(/\s+/g, " ")).toMatch(message);
  });

  test.each([
    [{ bits: "int8" }, /--bits takes whole numbers of bits of the paper's quantiser.*found "int8"/],
    [{ bits: "8,,4" }, /--bits takes names separated by commas, found an empty one in "8,,4"/],
    [{ bits: "99" }, /1 to 24 bits/],
    [{ bits: "8,08" }, /--bits names "paper-8" twice/],
    [{ approximation: "half,float16" }, /--approximation names "half" twice/],
    [{ approximation: "half,haff" }, /no approximation "haff"; use half/],
  ])("is refused with its name: %j", (flags, message) => {
    const read = () => approximationsOf({ approximation: "half", ...flags });
    expect(read).toThrow(ArgumentError);
    expect(read).toThrow(message);
  });

  test("two networks of one name are refused, whose results could not be told apart", async () => {
    fs.mkdirSync(path.join(folder, "other"), { recursive: true });
    fs.copyFileSync(place("two"), path.join(folder, "other", "one.safetensors"));
    const network = `${place("one")},${path.join(folder, "other", "one.safetensors")}`;
    await expect(networksOf({ network })).rejects.toThrow(/--network names "one" twice/);
  });
});

describe("one dialect", () => {
  test("--bits 16,8 is the paper's quantiser, as bare numbers are", () => {
    const names = (flags: object) =>
      approximationsOf({ approximation: "half", ...flags }).map(approximationName);
    expect(names({ bits: "16, 8" })).toEqual(["paper-16", "paper-8"]);
    expect(names({ approximation: "16,8" })).toEqual(["paper-16", "paper-8"]);
  });

  const overBoxes = ["bounds", "interval", "prove", "worst", "attribute"];

  test("every command over a box takes the same boxes and the same twins", () => {
    const words = ["--network", "--twin", "--approximation", "--data", "--domain"];
    words.push("--box", "--center", "--radius", "--free");
    const taken = leafCommands(createProgram())
      .filter(({ name }) => overBoxes.includes(name))
      .map(({ command }) =>
        words.map((word) => {
          const option = command.options.find(({ long }) => long === word);
          return [option?.flags, option?.description, option?.defaultValue];
        }),
      );
    expect(taken).toHaveLength(overBoxes.length);
    expect(taken[0].map(([flags]) => typeof flags)).toEqual(words.map(() => "string"));
    for (const options of taken) expect(options).toEqual(taken[0]);
  });

  test("every command that rounds takes --bits, and the same points and images", () => {
    const rounding = leafCommands(createProgram()).filter(({ command }) =>
      command.options.some(({ long }) => long === "--approximation"),
    );
    const names = rounding.map(({ name }) => name);
    expect(names).toEqual(["appmax", ...overBoxes, "accuracy", "bench lp"]);
    for (const { name, command } of rounding) {
      const option = (name: string) => command.options.find(({ long }) => long === name);
      expect(option("--bits")).toBeDefined();
      // Bounds are of a box, and of no points; differences are split at either.
      const isOfBox = overBoxes.includes(name) && name !== "attribute";
      const points = isOfBox ? undefined : POINTS_GRAMMAR;
      expect(option("--points")?.description).toBe(points);
      expect(option("--data")?.defaultValue).toBe("mnist-embedded");
      expect(option("--data")?.description).toContain("always there");
      expect(option("--network")?.defaultValue).toBe("net1");
    }
  });

  test("a file with a comma in its name is one network", async () => {
    const networks = await networksOf({ network: place("a,b") });
    expect(networks.map(({ name }) => name)).toEqual(["a,b"]);
  });
});
