import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProgram } from "../../src/cli/main";
import { bound } from "../../src/lab/bound";
import { twins } from "../../src/lab/twins";
import { saveNetwork } from "../../src/network/save";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";
import { runHere } from "./runHere";

const folder = mkdtempSync(join(tmpdir(), "roundlab-bounds-"));
const network = join(folder, "small.safetensors");
beforeAll(() => saveNetwork(randomDenseNetwork([6, 8, 3], createRandom(3)), network));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bounds = (...words: string[]) =>
  runHere(createProgram(), ["bounds", "--network", network, ...words]);

describe("roundlab bounds", () => {
  test("prints what rl.bound finds, as JSON with the kinds of its numbers", async () => {
    const words = [
      "--approximation",
      "half,int8",
      "--domain",
      "-1:1",
      "--method",
      "both",
      "--json",
    ];
    const { stdout, stderr, exitCode } = await bounds(...words);
    expect([stderr, exitCode]).toEqual(["", 0]);
    const lines = stdout.trim().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      const found = JSON.parse(line) as { approximation: string };
      const { total, differences } = bound(await twins(network, found.approximation), "-1:1", {
        method: "both",
      });
      const { lower, upper } = differences[differences.length - 1];
      expect(found).toEqual({
        network: "small",
        approximation: found.approximation,
        method: "differential ∩ interval",
        attained: total.lower,
        bound: total.upper,
        outputs: { lower: Array.from(lower), upper: Array.from(upper) },
        proof: "real",
        domain: "-1:1",
        box: { lower: -1, upper: 1 },
        assumptions: [],
        kinds: { attained: "attained", bound: "bound", outputs: "bound" },
      });
    }
  });

  test("prints tables that name the box and what their numbers claim", async () => {
    const { stdout, exitCode } = await bounds("--bits", "8", "--domain", "0:2");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/at each output \(tightest\), for every input in \[0, 2\]; E ≤ /);
    expect(stdout).toMatch(/bound: proved for every input in \[0, 2\]/);
    expect(stdout).toMatch(/^0 +small +paper-8 +tightest +\d/m);
  });

  test("takes a box with ends for each input from a file, equal ones too", async () => {
    const file = join(folder, "box.json");
    writeFileSync(
      file,
      JSON.stringify({ lower: [0, 0, 0, 0, 0.5, 0.5], upper: [1, 1, 1, 1, 0.5, 1] }),
    );
    const { stdout } = await bounds("--domain", file, "--json");
    expect(JSON.parse(stdout)).toMatchObject({ box: { lower: [0, 0, 0, 0, 0.5, 0.5] } });
  });

  test("ends with 3 and says so where a bound lies above --fail-above, else with 0", async () => {
    const above = await bounds("--approximation", "int8", "--fail-above", "1e-9");
    expect(above.exitCode).toBe(3);
    expect(above.stderr).toMatch(
      /^roundlab: small, int8: --fail-above 1e-9: the bound is \d\S+ \(\d\S+ attained at the centre/,
    );
    expect((await bounds("--approximation", "none", "--fail-above", "1e-9")).exitCode).toBe(0);
    expect((await bounds("--fail-above", "1000")).exitCode).toBe(0);
  });

  test.each([
    [
      ["--method", "magic"],
      /unknown method "magic" of bounds; there are tightest, symbolic, norm, differential, interval, both/,
    ],
    [["--domain", "1:0"], /the lower one first/],
    [["--approximation", "haff"], /no approximation "haff"/],
    [["--fail-above", "much"], /--fail-above takes a number from 0/],
  ])("refuses %j with code 2, before anything is printed", async (words, message) => {
    const { stdout, stderr, exitCode } = await bounds(...words);
    expect([stdout, exitCode]).toEqual(["", 2]);
    expect(stderr).toMatch(message);
  });
});
