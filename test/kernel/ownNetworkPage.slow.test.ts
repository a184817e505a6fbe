import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArchitecture } from "../../src/network/format/architecture";
import { networkFromTensors } from "../../src/network/format/tensors";
import { packageRoot } from "../../src/packageRoot";
import { openSession, type TestSession } from "./session";

const text = readFileSync(join(packageRoot(), "docs", "own-network.md"), "utf8");
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map(([, code]) => code);

/** The shapes of the weights that each architecture of the page is for, and the inputs it takes. */
const WEIGHTS: readonly (readonly [number, Readonly<Record<string, readonly number[]>>])[] = [
  [784, { conv1: [32, 1, 3, 3], conv2: [64, 32, 3, 3], fc1: [128, 9216], fc2: [10, 128] }],
  [
    784,
    { conv1: [6, 1, 5, 5], conv2: [16, 6, 5, 5], fc1: [120, 400], fc2: [84, 120], fc3: [10, 84] },
  ],
  [3072, { 0: [8, 3, 4, 4], 2: [8, 8, 4, 4], 5: [100, 512], 7: [10, 100] }],
  [
    3072,
    {
      ...{ conv1: [16, 3, 3, 3], "layer1.conv1": [16, 16, 3, 3], "layer1.conv2": [16, 16, 3, 3] },
      ...{ ...batchNorm("bn1"), ...batchNorm("layer1.bn1"), ...batchNorm("layer1.bn2") },
      fc: [10, 16],
    },
  ],
  [4, { 0: [5, 4], 1: [6, 5], 2: [2, 6] }],
];

/** The tensors of a batch norm of 16 channels; what is no `weight` has its whole name. */
function batchNorm(stem: string): Record<string, readonly number[]> {
  return { [stem]: [16], [`${stem}.running_mean`]: [16], [`${stem}.running_var`]: [16] };
}

describe("docs/own-network.md", () => {
  let session: TestSession;
  beforeAll(async () => {
    session = await openSession();
  });
  afterAll(() => session.close());

  test("shows code that runs, from the first block to the last", async () => {
    const code = blocks("ts");
    expect(code.length).toBeGreaterThan(3);
    for (const block of code) await session.evaluate(block);
    expect(await session.evaluate("skip.outputSize")).toBe("2");
    expect(await session.evaluate("dense.assumptions?.length")).toBe("1");
    expect(await session.evaluate("String(strided.assumptions)")).toContain("undefined");
  });

  test("shows an architecture for every common kind of network, each of which fits its weights", () => {
    const architectures = blocks("json");
    expect(architectures).toHaveLength(WEIGHTS.length);
    architectures.forEach((json, index) => {
      const [inputSize, shapes] = WEIGHTS[index];
      const tensors = Object.entries(shapes).map(([stem, shape]) => ({
        name: stem.includes(".running_") ? stem : `${stem}.weight`,
        shape,
        values: new Float64Array(shape.reduce((count, size) => count * size, 1)),
      }));
      const architecture = parseArchitecture(JSON.parse(json), "docs/own-network.md");
      const network = networkFromTensors({ tensors, metadata: {} }, { name: "n", architecture });
      expect(network.inputSize).toBe(inputSize);
    });
  });
});
