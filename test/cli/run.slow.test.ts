import { existsSync } from "node:fs";
import * as path from "node:path";
import { EXIT } from "../../src/cli/command";
import { packageRoot } from "../../src/packageRoot";
import { runBuilt } from "./runBuilt";

/** The stored runs are of the full data set; where it is not, their tests are skipped. */
const withMnist = existsSync(path.join(packageRoot(), "..", "shared", "mnist")) ? test : test.skip;

describe("roundlab run with conditions", () => {
  const stored = ["run", "net1-half-mnist-test", "--count", "5"];

  withMnist("ends with 3 and one sentence where a bound lies above --fail-above", async () => {
    const { code, stdout, stderr } = await runBuilt([...stored, "--fail-above", "1e-9"]);
    expect([code, stderr]).toEqual([
      EXIT.unmet,
      expect.stringMatching(
        /^roundlab: net1-half-mnist-test: --fail-above 1e-9: the bound of 5 of 5 .*\n$/,
      ),
    ]);
    expect(stdout).toMatch(/5 of 5 points .* 5 certified/);
  });

  withMnist("ends with 0 where they hold", async () => {
    const asked = ["--fail-above", "1", "--require", "certified"];
    const { code, stderr } = await runBuilt([...stored, ...asked]);
    expect([code, stderr]).toEqual([EXIT.done, ""]);
  });

  test("refuses them for a run that is not about errors", async () => {
    const { code, stderr } = await runBuilt([
      "run",
      "net1-classify-half",
      "--require",
      "certified",
    ]);
    expect([code, stderr]).toEqual([
      EXIT.usage,
      expect.stringMatching(/errors of AppMax; net1-classify-half says where classes agree/),
    ]);
  });
});
