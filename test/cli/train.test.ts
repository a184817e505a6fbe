import { Command } from "commander";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { registerTrain } from "../../src/cli/train";
import { loadNetwork } from "../../src/network/load";
import { formatNpy } from "../../src/numeric/npy";
import { createRandom } from "../../src/numeric/random";
import { npyOfLabels } from "../dataset/npyFile";
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

  test("refuses rates, batches and normalisations that are none, and trials of them over its own", async () => {
    await expectRefusal(["net1", "--rate", "0"], 2, ["--rate", `found "0"`]);
    await expectRefusal(["net1", "--batch", "1.5"], 2, ["--batch", `found "1.5"`]);
    for (const odd of ["0.5", "0,0", "a,1", ",1", "1,2,3"]) {
      await expectRefusal(["net1", "--normalisation", odd], 2, [
        "MEAN,DEVIATION",
        `found "${odd}"`,
      ]);
    }
    await expectRefusal(["net1", "--rate", "0.01", "--batch", "64"], 2, [
      "with --batch and --rate this is another network than models/net1.safetensors",
    ]);
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

describe("roundlab train on points of one's own", () => {
  const random = createRandom(3);
  const labels = Array.from({ length: 40 }, (_, point) => point % 2);
  const rows = labels.map((label) =>
    Float64Array.from({ length: 3 }, () => 2 * label - 1 + random.normal() / 3),
  );
  const FILES = {
    "p.npy": formatNpy(rows, 3),
    "l.npy": npyOfLabels(labels),
    "few.npy": npyOfLabels(labels.slice(1)),
  };
  const words = (folder: string, ...more: readonly string[]): readonly string[] => [
    "mine",
    ...["--layers", "6", "--data", join(folder, "p.npy"), "--backend", "wasm", "--epochs", "3"],
    ...["--checkpoint", join(folder, "state.safetensors"), "--out", join(folder, "out")],
    ...more,
  ];

  test("trains, says what it has no test points for, and its card has the command", async () => {
    await inDirectory(FILES, async (folder) => {
      const line = words(folder, "--labels", join(folder, "l.npy"), "--seed", "5");
      const { stdout, exitCode } = await run(...line);
      expect(exitCode ?? 0).toBe(0);
      expect(stdout).toMatch(/^epoch 1: mean loss [\d.]+, no test points \(--test-data\)$/m);
      const losses = [...stdout.matchAll(/mean loss ([\d.]+)/g)].map(([, loss]) => Number(loss));
      expect(losses).toHaveLength(3);
      expect(losses[2]).toBeLessThan(losses[0]);
      const network = await loadNetwork(join(folder, "out", "mine.safetensors"));
      expect([network.inputSize, network.outputSize]).toEqual([3, 2]);
      const card: unknown = JSON.parse(readFileSync(join(folder, "out", "mine.card.json"), "utf8"));
      expect(card).toMatchObject({
        command:
          "roundlab train mine --layers 6 --data p.npy --labels LABELS.npy --epochs 3 --seed 5 --backend wasm",
        testAccuracy: null,
        data: { training: { name: "p.npy", count: 40 }, test: null },
      });
    });
  });

  test("takes batch, rate and normalisation, which the file and the card's command keep", async () => {
    await inDirectory(FILES, async (folder) => {
      const own = ["--batch", "8", "--rate", "0.02", "--normalisation", "-0.5,2"];
      const { exitCode } = await run(...words(folder, "--labels", join(folder, "l.npy"), ...own));
      expect(exitCode ?? 0).toBe(0);
      const file = readFileSync(join(folder, "out", "mine.safetensors")).toString("latin1");
      for (const part of ["batchSize", "learningRate", "mean", "deviation"])
        expect(file).toContain(part);
      const network = await loadNetwork(join(folder, "out", "mine.safetensors"));
      expect(network.layers[0]).toMatchObject({ kind: "normalise" });
      const card: unknown = JSON.parse(readFileSync(join(folder, "out", "mine.card.json"), "utf8"));
      expect(card).toMatchObject({
        command: expect.stringContaining(own.join(" ")) as unknown,
        recipe: { batchSize: 8, learningRate: 0.02, mean: -0.5, deviation: 2 },
      });
    });
  });

  test("tries the network on test points where they are named", async () => {
    await inDirectory(FILES, async (folder) => {
      const [points, classes] = [join(folder, "p.npy"), join(folder, "l.npy")];
      const tried = ["--test-data", points, "--test-labels", classes];
      const { stdout } = await run(...words(folder, "--labels", classes, ...tried));
      expect(stdout).toMatch(/^epoch 3: mean loss [\d.]+, test accuracy \d+\.\d\d %$/m);
    });
  });

  test("refuses what does not go together, saying what is missing, before any work", async () => {
    await inDirectory(FILES, async (folder) => {
      const own = words(folder);
      await expectRefusal(own, 2, ["points p.npy have no labels", "--labels FILE.npy"]);
      const few = ["--labels", join(folder, "few.npy")];
      await expectRefusal([...own, ...few], 1, ["40 points but 39 labels"]);
      await expectRefusal(["mine", "--layers", "6"], 2, ["--layers needs --data"]);
      await expectRefusal(["mine", "--layers", "6", "--data", "p.npy"], 2, ["mine", "--out"]);
      await expectRefusal(["net1", "--layers", "6", "--out", folder], 2, [
        "net1 has layers of its",
      ]);
      await expectRefusal(["net1", "--data", join(folder, "p.npy")], 2, ["net1", "--out"]);
      await expectRefusal(["../x", "--layers", "6", "--data", "p.npy", "--out", folder], 2, [
        "names its files",
      ]);
      await expectRefusal([...own, "--layers", "6,x"], 2, ["--layers", `found "x"`]);
      await expectRefusal([...own, "--test-labels", "l.npy"], 2, ["--test-data, which is missing"]);
      await expectRefusal(["net1", "--labels", "l.npy", "--out", folder], 2, ["MNIST has its own"]);
    });
  });
});
