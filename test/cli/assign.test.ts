import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createProgram } from "../../src/cli/main";
import { EXIT } from "../../src/cli/command";
import { saveNetwork } from "../../src/network/save";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";
import { runHere } from "./runHere";

const folder = mkdtempSync(join(tmpdir(), "roundlab-assign-"));
const file = join(folder, "small.safetensors");
beforeAll(async () => {
  await saveNetwork(randomDenseNetwork([3, 6, 4, 2], createRandom(3)), file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...words: string[]) =>
  runHere(createProgram(), ["assign", "--network", file, "--time", "2", ...words]);

describe("roundlab assign", () => {
  test("prints the choice, the box and how sure it is", async () => {
    const { exitCode, stdout } = await run("--epsilon", "1");
    expect(exitCode ?? EXIT.done).toBe(EXIT.done);
    expect(stdout).toMatch(/with E ≤ 1: \S+, [\d\s]+ bits/);
    expect(stdout).toMatch(/proved for every input in \[0, 1\]/);
  });

  test("has one JSON object for each assignment, and one that sums up", async () => {
    const words = ["--epsilon", "1", "--candidates", "int4,int8", "--domain", "0:1", "--json"];
    const { stdout } = await run(...words);
    const lines = stdout.trim().split("\n");
    // Every line is a JSON object.
    const rows = lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    const summary = rows[rows.length - 1];
    expect(rows.slice(0, -1).map(({ assignment }) => assignment)).toContain("int8");
    expect(summary).toMatchObject({ summary: true, measure: "bound", epsilon: 1 });
    expect(summary.kinds).toMatchObject({ bits: "estimate", error: "bound", bound: "bound" });
    expect(summary.box).toEqual({ lower: 0, upper: 1 });
  });

  test.each([
    [["--epsilon", "no"], /--epsilon takes a number from 0, found no/],
    [["--epsilon", "1", "--candidates", "int4,int4"], /int4/],
    [["--epsilon", "1", "--candidates", "int4+half+half"], /one for each layer already/],
  ])("refuses %j in a sentence", async (words, message) => {
    const { exitCode, stderr } = await run(...words);
    expect(exitCode).toBe(EXIT.usage);
    expect(stderr).toMatch(message);
  });

  test("ends with 3 where nothing keeps within epsilon, and says what came nearest", async () => {
    const { exitCode, stderr } = await run("--epsilon", "0", "--candidates", "int2");
    expect(exitCode).toBe(EXIT.unmet);
    expect(stderr).toMatch(/no assignment of int2 was found .* the least error that was measured/);
  });
});
