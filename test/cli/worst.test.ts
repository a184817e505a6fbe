import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { absoluteError } from "../../src/analyse/roundingError";
import { createTwins } from "../../src/analyse/twin";
import { createProgram } from "../../src/cli/main";
import { openPoints } from "../../src/dataset/openPoints";
import { inputAt } from "../../src/dataset/pointSet";
import { twins } from "../../src/lab/twins";
import { loadNetwork } from "../../src/network/load";
import { saveNetwork } from "../../src/network/save";
import { formatNpy } from "../../src/numeric/npy";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";
import { runHere } from "./runHere";

const folder = mkdtempSync(join(tmpdir(), "roundlab-worst-"));
const network = join(folder, "small.safetensors");
const other = join(folder, "other.safetensors");
beforeAll(async () => {
  await saveNetwork(randomDenseNetwork([4, 8, 3], createRandom(3)), network);
  await saveNetwork(randomDenseNetwork([4, 5, 6, 3], createRandom(4)), other);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const worst = (...words: string[]) =>
  runHere(createProgram(), ["worst", "--network", network, "--starts", "4", ...words]);

interface Line {
  readonly approximation: string;
  readonly value: number;
  readonly witness: readonly number[];
}

const linesOf = (stdout: string): Line[] =>
  // What the command prints, of which the tests below look at each part.
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);

describe("roundlab worst", () => {
  test("prints of each pair what is attained, with its input, as JSON with the kinds", async () => {
    const { stdout, stderr, exitCode } = await worst("--approximation", "half,int8", "--json");
    expect([stderr, exitCode]).toEqual(["", 0]);
    const lines = linesOf(stdout);
    expect(lines.map(({ approximation }) => approximation)).toEqual(["half", "int8"]);
    for (const line of lines) {
      const pair = await twins(network, line.approximation);
      expect(absoluteError(pair, Float64Array.from(line.witness))).toBe(line.value);
      expect(line).toMatchObject({
        network: "small",
        goal: "E",
        domain: "pixels",
        box: { lower: 0, upper: 1 },
        ended: "done",
        kinds: { value: "attained" },
      });
    }
  });

  test("prints a table that says it is no bound", async () => {
    const { stdout } = await worst("--bits", "4", "--domain", "-1:1");
    expect(stdout).toMatch(/in \[-1, 1\]: attained at its witness, no bound for other inputs/);
  });

  test("keeps the input in a file, in the box around a point of a file where one is named", async () => {
    const [point, saved] = [join(folder, "point.npy"), join(folder, "worst.npy")];
    const x = Float64Array.of(0.5, 0.1, 0.9, 0.5);
    writeFileSync(point, formatNpy([x], 4));
    const words = ["--center", point, "--radius", "0.2", "--free", "0,1", "--save", saved];
    const { stdout, stderr } = await worst(...words, "--json");
    expect(stderr).toMatch(/^1 worst inputs, row by row as above, in .*worst.npy\n$/);
    const kept = inputAt(await openPoints(saved), 0);
    expect(Array.from(kept)).toEqual(linesOf(stdout)[0].witness);
    expect(Array.from(kept.subarray(2))).toEqual([0.9, 0.5]);
    expect(Math.abs(kept[0] - 0.5)).toBeLessThanOrEqual(0.2);
    // Around 0.1 the ball is cut at 0.
    expect(kept[1]).toBeGreaterThanOrEqual(0);
    expect(kept[1]).toBeLessThanOrEqual(0.1 + 0.2);
  });

  test("takes another network for the twin, of another architecture too", async () => {
    const { stdout } = await worst("--twin", other, "--json");
    const pair = createTwins(await loadNetwork(network), await loadNetwork(other));
    const [{ value, witness, approximation }] = linesOf(stdout);
    expect(approximation).toBe("other");
    expect(absoluteError(pair, Float64Array.from(witness))).toBe(value);
  });

  test("ends with 3 where more is attained than --fail-above, else with 0", async () => {
    const above = await worst("--bits", "4", "--fail-above", "1e-9");
    expect(above.exitCode).toBe(3);
    expect(above.stderr).toMatch(/^roundlab: small, paper-4: --fail-above 1e-9: \d\S+ is attained/);
    expect((await worst("--fail-above", "1000")).exitCode).toBe(0);
  });

  test.each([
    [["--radius", "0.1"], /--radius and --free are about the point of --center; give one/],
    [
      ["--center", "here", "--radius", "0.1"],
      /--center takes the number of a point in --data, a .json list or a .npy file/,
    ],
    [["--time", "0"], /--time takes seconds above 0, found "0"/],
    [["--seed", "x"], /--seed takes a whole number, found "x"/],
    [["--goal", "output", "--output", "7"], /no output 7; the networks have outputs 0 to 2/],
    [["--save", "worst.txt"], /--save writes a NumPy file/],
    [["--fail-above", "much"], /--fail-above takes a number from 0/],
  ])("refuses %j with code 2, before anything is printed", async (words, message) => {
    const { stdout, stderr, exitCode } = await worst(...words);
    expect([stdout, exitCode]).toEqual(["", 2]);
    expect(stderr).toMatch(message);
  });
});
