import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { approximate } from "../../src/approximate/approximate";
import { parseApproximation } from "../../src/approximate/parseApproximation";
import { openDataset } from "../../src/dataset/openDataset";
import { PINNED_DATA } from "../../src/dataset/pinnedData";
import { networkChecksum } from "../../src/experiment/appMaxExperiment";
import { ALL_RUNS } from "../../src/experiment/namedRuns";
import { PINNED_TWINS, twinChecksum } from "../../src/experiment/twinChecksum";
import { packageRoot } from "../../src/packageRoot";
import { createRandom } from "../../src/numeric/random";
import { randomDenseNetwork } from "../network/randomNetwork";

const run = promisify(execFile);
const MNIST = join(packageRoot(), "..", "shared", "mnist");
const withMnist = existsSync(MNIST) ? test : test.skip;

describe("PINNED_TWINS", () => {
  test("are what approximate makes of Net1 and Net2 today", async () => {
    const { stdout } = await run(process.execPath, [join(__dirname, "pinnedTwins.js")]);
    expect(JSON.parse(stdout)).toEqual(PINNED_TWINS);
  }, 300_000);

  test("are all that named runs ask for", () => {
    const pinned = Object.values(PINNED_TWINS);
    const asked = ["net1", "net2"].map((name) =>
      ALL_RUNS.filter(({ network }) => network === name).map((one) => one.approximation),
    );
    asked.forEach((names, index) =>
      expect(Object.keys(pinned[index])).toEqual(expect.arrayContaining(names)),
    );
  });
});

describe("twinChecksum", () => {
  test("computes what is not pinned", () => {
    const network = randomDenseNetwork([4, 5, 3], createRandom(1));
    const twin = approximate(network, parseApproximation("half"));
    expect(twinChecksum(network, "half")).toBe(networkChecksum(twin));
  });
});

describe("PINNED_DATA", () => {
  withMnist("are what the original files have (skipped without them)", async () => {
    for (const { name, count, checksum } of Object.values(PINNED_DATA)) {
      const dataset = await openDataset(name);
      expect([name, dataset.count, dataset.checksum]).toEqual([name, count, checksum]);
    }
  });
});
