import { Command } from "commander";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { registerTrain } from "../../src/cli/train";
import { inDirectory } from "../dataset/temporary";
import { runHere, type Outcome } from "./runHere";

/** Runs `roundlab train …` in this process and gives back what it wrote. */
function run(...args: readonly string[]): Promise<Outcome> {
  const program = new Command("roundlab");
  registerTrain(program);
  return runHere(program, ["train", ...args]);
}

async function expectRefusal(
  args: readonly string[],
  exitCode: number,
  words: readonly string[],
): Promise<void> {
  const outcome = await run(...args);
  expect(outcome.exitCode).toBe(exitCode);
  expect(outcome.stdout).toBe("");
  for (const word of words) expect(outcome.stderr).toContain(word);
  // A foreseen error is its message, without a stack.
  expect(outcome.stderr).not.toContain("    at ");
}

describe("roundlab train", () => {
  test("names the recipes when asked for another", async () => {
    await expectRefusal(["net3"], 2, [`no recipe for "net3"`, "net1, net2"]);
  });

  test("refuses counts that are none", async () => {
    await expectRefusal(["net1", "--epochs", "0"], 2, ["--epochs", `found "0"`]);
    await expectRefusal(["net1", "--seed", "x"], 2, ["--seed", `found "x"`]);
  });

  test("refuses to put a trial over the package's own network", async () => {
    await expectRefusal(["net1", "--epochs", "1"], 2, ["models/net1.safetensors", "--out"]);
    await expectRefusal(["net2", "--seed", "3"], 2, ["models/net2.safetensors", "--out"]);
  });

  test("names the backends when asked for another", async () => {
    await expectRefusal(["net1", "--backend", "gpu"], 2, ["native, wasm, cpu", `found "gpu"`]);
  });

  test("refuses an output folder that is a file, before any work", async () => {
    await inDirectory({ taken: Buffer.from("a file") }, async (directory) => {
      const taken = join(directory, "taken");
      await expectRefusal(["net1", "--out", taken], 1, [
        taken,
        "a file stands where a folder is needed",
        "--out",
      ]);
      const checkpoint = join(taken, "state.safetensors");
      await expectRefusal(["net1", "--out", directory, "--checkpoint", checkpoint], 1, [
        "a file stands where a folder is needed",
        "--checkpoint",
      ]);
    });
  });

  test("says how to get MNIST where a folder has no such files", async () => {
    await inDirectory({}, async (directory) => {
      const out = join(directory, "out");
      const checkpoint = join(directory, "state", "net1.safetensors");
      const empty = join(directory, "none");
      await expectRefusal(["net1", "--data", empty, "--out", out, "--checkpoint", checkpoint], 2, [
        empty,
      ]);
      expect(existsSync(checkpoint)).toBe(false);
    });
  });
});
