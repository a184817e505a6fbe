import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTwins } from "../../src/analyse/twin";
import { absoluteError } from "../../src/analyse/roundingError";
import { createProgram } from "../../src/cli/main";
import { saveNetwork } from "../../src/network/save";
import { createRandom } from "../../src/numeric/random";
import { perturbed, randomDenseNetwork } from "../network/randomNetwork";
import { runHere } from "./runHere";

const folder = mkdtempSync(join(tmpdir(), "roundlab-interval-"));
const file = (name: string): string => join(folder, name);
const network = randomDenseNetwork([3, 6, 2], createRandom(3));
const twin = perturbed(network, 0.02, createRandom(4));

beforeAll(async () => {
  await saveNetwork(network, file("a.safetensors"));
  await saveNetwork(twin, file("b.safetensors"));
  writeFileSync(file("center.json"), "[0.5, 0.1, 0.9]");
  writeFileSync(file("box.json"), '{"lower": 0, "upper": [1, 1, 0.5]}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...words: string[]) =>
  runHere(createProgram(), [
    ...[command, "--network", file("a.safetensors"), "--twin", file("b.safetensors")],
    ...["--time", "0.3", ...words],
  ]);

interface Line {
  readonly output?: number;
  readonly lower: number;
  readonly upper: number;
  readonly attainedMin: number;
  readonly attainedMax: number;
}
interface Summary {
  readonly summary: true;
  readonly L1: { readonly lower: number; readonly upper: number };
  readonly Linf: { readonly lower: number; readonly upper: number };
  readonly method: string;
  readonly milliseconds: number;
  readonly witness: readonly number[];
  readonly outcome?: string;
  readonly smallest?: number;
}

// Every line is a JSON object of one of the two.
const linesOf = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line & Summary);

interface Boxed {
  readonly within?: string;
  readonly box: { readonly lower: readonly number[]; readonly upper: readonly number[] };
}
// The last line of each command names its box.
const boxesOf = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Boxed);
const rounded = (ends: readonly number[] = []) => ends.map((end) => Number(end.toFixed(9)));

describe("roundlab interval", () => {
  test("says of every output what was attained within what is proved, and sums up", async () => {
    const { stdout, stderr, exitCode } = await run(
      "interval",
      ...["--center", file("center.json"), "--radius", "0.1", "--json", "--time", "2"],
    );
    expect([stderr, exitCode]).toEqual(["", 0]);
    const lines = linesOf(stdout);
    expect(lines.map(({ output }) => output)).toEqual([0, 1, undefined]);
    for (const { lower, upper, attainedMin, attainedMax } of lines.slice(0, 2)) {
      expect([lower, attainedMin, attainedMax, upper]).toEqual(
        [lower, attainedMin, attainedMax, upper].sort((one, other) => one - other),
      );
    }
    const [{ summary, L1, Linf, method, milliseconds, witness }] = lines.slice(2);
    expect([summary, method]).toEqual([true, "tightest"]);
    expect(milliseconds).toBeGreaterThan(0);
    expect(Linf.upper).toBeLessThanOrEqual(L1.upper);
    // With three inputs the box is halved until both ends meet, nearly.
    expect(L1.upper).toBeLessThan(1.5 * L1.lower);
    const x = Float64Array.from(witness);
    expect(x.every((value, input) => Math.abs(value - [0.5, 0.1, 0.9][input]) <= 0.1 + 1e-12)).toBe(
      true,
    );
    const twins = createTwins(network, twin);
    // What a file holds are the binary32 numbers of its weights.
    expect(absoluteError(twins, x)).toBeCloseTo(L1.lower, 5);
  });

  test.each([
    [[], "pixels", [0.3, 0, 0.7], [0.7, 0.3, 1]],
    [["--domain", "-1:2"], "-1:2", [0.3, -0.1, 0.7], [0.7, 0.3, 1.1]],
  ])(
    "cuts a ball to the domain, [0, 1] unless it is said: %j",
    async (words, within, lower, upper) => {
      const ball = ["--center", file("center.json"), "--radius", "0.2", "--json"];
      for (const command of [["interval"], ["prove", "--epsilon", "9"], ["worst"], ["bounds"]]) {
        const rest = command[0] === "bounds" ? [] : ["--time", "0.1"];
        const twins = ["--network", file("a.safetensors"), "--twin", file("b.safetensors")];
        const { stdout } = await runHere(createProgram(), [
          ...command,
          ...twins,
          ...rest,
          ...ball,
          ...words,
        ]);
        const found = boxesOf(stdout).at(-1);
        expect(found?.within).toBe(within);
        expect(rounded(found?.box.lower)).toEqual(lower);
        expect(rounded(found?.box.upper)).toEqual(upper);
      }
    },
  );

  test("shows both sides as a table that names the box", async () => {
    const { stdout, exitCode } = await run("interval", "--box", file("box.json"));
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /the largest E there is at\s+least [\d.]+, attained, and at most [\d.]+/,
    );
    expect(stdout).toMatch(/attained, logits/);
  });

  test.each([
    [["--center", file("center.json")], /--center needs --radius or --free/],
    [["--center", file("center.json"), "--radius", "-1"], /--radius takes a number from 0/],
    [["--box", file("a.safetensors")], /expected a \.json file/],
    [["--center", file("box.json"), "--radius", "1"], /expected a list of numbers/],
    [["--center", file("center.json"), "--radius", "0.1", "--domain", "5:6"], /outside \[5, 6\]/],
    [["--time", "0"], /--time takes seconds above 0/],
  ])("refuses %j", async (words, message) => {
    const { stderr, exitCode } = await run("interval", ...words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("roundlab prove", () => {
  const prove = async (epsilon: string) => {
    const words = ["--domain", "0:1", "--epsilon", epsilon, "--json"];
    const { stdout, exitCode } = await run("prove", ...words);
    return { found: linesOf(stdout)[2], exitCode };
  };

  test("ends with 0 where it is proved, and says the smallest that was", async () => {
    const { found, exitCode } = await prove("10");
    expect([found.outcome, exitCode]).toEqual(["proved", 0]);
    expect(found.smallest).toBe(found.L1.upper);
    expect(found.L1.upper).toBeLessThan(10);
  });

  test("ends with 3 where an input has more, and gives it", async () => {
    const { found, exitCode } = await prove("1e-6");
    expect([found.outcome, exitCode]).toEqual(["refuted", 3]);
    expect(found.L1.lower).toBeGreaterThan(1e-6);
    expect(found.witness).toHaveLength(3);
  });

  test("refuses what is no number", async () => {
    const { stderr, exitCode } = await run("prove", "--epsilon", "much");
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--epsilon takes a number from 0/);
  });
});
