import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ArgumentError } from "../../src/errors";
import { networkOptionsOf } from "../../src/cli/networkOptions";
import { createProgram } from "../../src/cli/main";
import { idxBytes } from "../dataset/format/idxBytes";
import { smallDataset } from "../experiment/smallRun";
import { tensorsBytes } from "../network/format/safetensorsBytes";
import { runBuilt, type Ended } from "./runBuilt";

const roundlab = (...words: readonly string[]): Promise<Ended> => runBuilt(words);

let folder: string;
const place = (name: string): string => path.join(folder, name);

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "roundlab-options-"));
  const values = (count: number): number[] =>
    Array.from({ length: count }, (_, index) => ((index * 7) % 11) / 8 - 0.5);
  fs.writeFileSync(
    place("dense.safetensors"),
    tensorsBytes({
      "module.fc1.weight": { shape: [5, 16], values: values(80) },
      "module.fc2.weight": { shape: [3, 5], values: values(15) },
    }),
  );
  fs.writeFileSync(
    place("conv.safetensors"),
    tensorsBytes({
      "0.weight": { shape: [2, 1, 2, 2], values: values(8) },
      "3.weight": { shape: [3, 8], values: values(24) },
    }),
  );
  const layers = [
    { kind: "conv2d", tensor: "0", stride: 2, padding: 0 },
    { kind: "relu" },
    { kind: "flatten" },
    { kind: "dense", tensor: "3" },
  ];
  fs.writeFileSync(place("conv.json"), JSON.stringify({ version: 1, layers }));
  const { count, pixels, labels } = smallDataset(20);
  fs.writeFileSync(place("train-images-idx3-ubyte"), idxBytes([count, 4, 4], pixels));
  fs.writeFileSync(place("train-labels-idx1-ubyte"), idxBytes([count], labels));
});

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const commands = [
  ["appmax", "--points", "0:2", "--workers", "1"],
  ["accuracy", "--approximation", "half", "--workers", "1"],
  ["bench", "lp", "--points", "1"],
  ["bounds"],
];

describe.each(commands)("roundlab %s", (...words) => {
  const run = (network: string, ...more: string[]): Promise<Ended> =>
    roundlab(...words, "--data", folder, "--network", place(network), ...more);

  test("says what it assumed of a network that does not describe itself", async () => {
    const assumed = "dense: ReLU between the dense layers, nothing after the last";
    const { code, stdout } = await run("dense.safetensors", "--normalisation", "none");
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, " ")).toContain(`assumed of ${assumed}`);
    const json = await run("dense.safetensors", "--normalisation", "0.5,0.25", "--json");
    const last = json.stdout.trim().split("\n").pop() ?? "";
    expect((JSON.parse(last) as { assumptions: string[] }).assumptions).toEqual([
      expect.stringContaining(assumed),
    ]);
  });

  test("takes an architecture, the image size and the normalisation, and assumes nothing", async () => {
    const options = ["--architecture", place("conv.json"), "--image", "4x4"];
    const { code, stdout, stderr } = await run(
      "conv.safetensors",
      ...options,
      ...["--normalization", "none", "--json"],
    );
    expect(stderr).not.toContain("roundlab:");
    expect(code).toBe(0);
    const last = stdout.trim().split("\n").pop() ?? "";
    expect(JSON.parse(last)).toMatchObject({ network: "conv", assumptions: [] });
  });

  test("asks for what is missing in one line, with the flag that gives it", async () => {
    const missing = [
      await run("conv.safetensors", "--normalisation", "none"),
      await run("dense.safetensors"),
      await run(
        "conv.safetensors",
        ...["--normalisation", "none", "--architecture", place("conv.json")],
      ),
    ];
    expect(missing.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(missing[0].stderr).toMatch(/give the architecture \(--architecture FILE/);
    expect(missing[1].stderr).toMatch(/\(--normalisation 0\.1307,0\.3081\)/);
    expect(missing[2].stderr).toMatch(/or --image HxW/);
    for (const { stderr } of missing) expect(stderr).not.toMatch(/ {4}at /);
  });
});

describe("the options of a network", () => {
  test("belong to every command that takes one", () => {
    const taking = createProgram()
      .commands.flatMap((command) => [command, ...command.commands])
      .filter(({ options }) => options.some(({ long }) => long === "--network"));
    expect(taking.map((command) => command.name()).sort()).toEqual(
      expect.arrayContaining(["accuracy", "appmax", "lp"]),
    );
    for (const { options } of taking) {
      expect(options.map(({ long }) => long)).toEqual(
        expect.arrayContaining(["--normalisation", "--image", "--architecture"]),
      );
    }
  });

  test("are read from the flags", () => {
    const architecture = "a.json";
    expect(networkOptionsOf({ normalisation: "none", image: "28x32", architecture })).toEqual({
      normalisation: "none",
      imageSize: { height: 28, width: 32 },
      architecture,
    });
    expect(networkOptionsOf({ normalization: "0.5, 0.25" })).toEqual({
      normalisation: { mean: 0.5, deviation: 0.25 },
    });
    expect(networkOptionsOf({})).toEqual({});
  });

  test.each([
    [{ normalisation: "some" }, /cannot read "some" as a normalisation; use none, or MEAN,DEV/],
    [{ normalisation: "0.5" }, /cannot read "0.5"/],
    [{ normalisation: "0.5,0" }, /cannot read "0.5,0"/],
    [{ normalisation: "1,2,3" }, /cannot read "1,2,3"/],
    [{ image: "28" }, /--image takes HEIGHTxWIDTH, such as 32x32, found "28"/],
    [{ image: "0x5" }, /found "0x5"/],
  ])("are refused by name where they cannot be read: %j", (flags, message) => {
    expect(() => networkOptionsOf(flags)).toThrow(ArgumentError);
    expect(() => networkOptionsOf(flags)).toThrow(message);
  });
});
