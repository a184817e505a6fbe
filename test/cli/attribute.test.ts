import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boundErrors } from "../../src/analyse/errorBounds";
import { boxOver } from "../../src/analyse/box";
import { PIXEL_DOMAIN } from "../../src/analyse/domain";
import { roundingError } from "../../src/analyse/roundingError";
import { createProgram } from "../../src/cli/main";
import { twins } from "../../src/lab/twins";
import { saveNetwork } from "../../src/network/save";
import { formatNpy } from "../../src/numeric/npy";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";
import { runHere } from "./runHere";

const folder = mkdtempSync(join(tmpdir(), "roundlab-attribute-"));
const network = join(folder, "small.safetensors");
const [center, data] = [join(folder, "center.json"), join(folder, "points.npy")];
const x = Float64Array.of(0.5, 0.1, 0.9, 0.4);
const other = Float64Array.of(0, 1, 0.3, 0.6);
beforeAll(async () => {
  await saveNetwork(randomDenseNetwork([4, 8, 3], createRandom(3)), network);
  writeFileSync(center, JSON.stringify(Array.from(x)));
  writeFileSync(data, formatNpy([x, other], 4));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const attribute = (...words: string[]) =>
  runHere(createProgram(), ["attribute", "--network", network, "--bits", "6", ...words]);

type Line = Readonly<Record<string, unknown>>;

async function linesOf(...words: string[]): Promise<{ shares: Line[]; summary: Line }> {
  const { stdout, stderr, exitCode } = await attribute(...words, "--json");
  expect([stderr, exitCode]).toEqual(["", 0]);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  return { shares: lines.slice(0, -1), summary: lines[lines.length - 1] };
}

const sumOf = (lines: readonly Line[], output: number, field: string): number =>
  lines
    .filter((line) => line["output"] === output)
    .reduce((sum, line) => sum + Number(line[field]), 0);

describe("roundlab attribute", () => {
  test.each(["layer", "neuron", "weight"])(
    "splits the difference at one input by %s: shares of an output add up to it",
    async (by) => {
      const { shares, summary } = await linesOf("--center", center, "--by", by);
      const error = roundingError(await twins(network, 6), x);
      error.forEach((one, output) => expect(sumOf(shares, output, "share")).toBeCloseTo(one, 12));
      expect(summary).toMatchObject({ summary: true, by, kinds: { share: "attained" } });
      expect(summary["input"]).toEqual(Array.from(x));
      expect(summary["shares"]).toBe(shares.length);
    },
  );

  test("over points gives means of the sample, which add up to the mean difference", async () => {
    const { shares, summary } = await linesOf("--data", data, "--points", "all");
    const pair = await twins(network, 6);
    const errors = [x, other].map((point) => roundingError(pair, point));
    for (const output of [0, 1, 2]) {
      const mean = (errors[0][output] + errors[1][output]) / 2;
      expect(sumOf(shares, output, "mean")).toBeCloseTo(mean, 12);
    }
    expect(summary).toMatchObject({ points: 2, kinds: { mean: "sample", largest: "attained" } });
  });

  test("over a box gives parts of the bound, which claim nothing alone", async () => {
    const { shares, summary } = await linesOf("--domain", "0:1");
    const { errors } = boundErrors(await twins(network, 6), boxOver(PIXEL_DOMAIN, 4));
    const { upper } = errors[errors.length - 1];
    upper.forEach((end, output) => expect(sumOf(shares, output, "upper")).toBeCloseTo(end, 12));
    expect(summary).toMatchObject({ method: "differential", kinds: {} });
    expect(summary["box"]).toEqual({ lower: 0, upper: 1 });
  });

  test("takes the outputs and layers that are named, and prints a table of them", async () => {
    const words = ["--center", center, "--outputs", "2", "--layers", "3"];
    const { shares } = await linesOf(...words);
    expect(shares.map(({ output, layer }) => [output, layer])).toEqual([[2, 3]]);
    const { stdout } = await attribute(...words);
    expect(stdout).toMatch(/small at one input, by what makes it/);
  });

  test.each([
    [["--center", center, "--outputs", "three"], /--outputs takes whole numbers from 0/],
    [["--center", center, "--outputs", "3"], /there is no output 3; they are 0 to 2/],
    [["--center", center, "--layers", "9"], /there is no layer 9; they are 0 to 3/],
    [["--radius", "0.1"], /--radius and --free are about the point of --center/],
  ])("refuses %j", async (words, message) => {
    const { stderr, exitCode } = await attribute(...words);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
  });
});
