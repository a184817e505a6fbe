import * as path from "node:path";
import type { Command } from "commander";
import { ArgumentError } from "../errors";
import { loadMnist } from "../dataset/loadMnist";
import { packageRoot } from "../packageRoot";
import { loadCheckpoint, saveCheckpoint } from "../train/checkpointStore";
import { RECIPES, type Recipe } from "../train/recipe";
import { saveTrained } from "../train/saveTrained";
import { loadTensorflow } from "../train/tensorflow";
import { startTraining, trainNetwork } from "../train/trainNetwork";
import { formatProgress } from "../present/progress";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { createProgressLine } from "./progressLine";

interface TrainFlags {
  readonly epochs?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly out?: string;
  readonly checkpoint?: string;
}

/** `roundlab train`: a network by its recipe, on the full MNIST, resumable after every epoch. */
export function registerTrain(program: Command): void {
  const names = RECIPES.map(({ name }) => name).join(", ");
  program
    .command("train")
    .description("train a network of the paper on MNIST; ended runs go on after their last epoch")
    .argument("<network>", names)
    .option("--epochs <count>", "instead of the recipe's")
    .option("--seed <number>", "instead of the recipe's")
    .option("--data <folder>", "the four MNIST files; see roundlab data fetch mnist")
    .option("--out <folder>", "where network and card go; the package's models/ by default")
    .option("--checkpoint <file>", "state after each epoch; .roundlab/train/ by default")
    .action((name: string, flags: TrainFlags) => runCommand(() => runTraining(name, flags)));
}

async function runTraining(name: string, flags: TrainFlags): Promise<number> {
  const recipe = recipeOf(name, flags);
  const training = await loadMnist({ split: "train", directory: flags.data });
  const test = await loadMnist({ split: "test", directory: flags.data });
  const file = flags.checkpoint ?? defaultCheckpoint(recipe);
  const backend = await loadTensorflow();
  for (const reason of backend.refused) process.stderr.write(`not used: ${reason}\n`);
  const resumed = loadCheckpoint(file, recipe);
  if (resumed !== undefined) {
    process.stderr.write(`going on after epoch ${resumed.epochsDone} of ${file}\n`);
  }
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  const start = performance.now();
  const skipped = resumed?.epochsDone ?? 0;
  try {
    const checkpoint = resumed ?? startTraining(recipe, training);
    const trained = await trainNetwork(backend.tf, checkpoint, training, test, {
      onBatch: ({ epoch, epochs, batch, batches, loss }) => {
        line.show(
          formatProgress({
            label: `${name}, ${backend.name}, epoch ${epoch} of ${epochs}`,
            done: (epoch - 1) * batches + batch,
            total: epochs * batches,
            skipped: skipped * batches,
            seconds: (performance.now() - start) / 1000,
            best: { label: "loss", value: loss },
          }),
        );
        return !signal.aborted;
      },
      onEpoch: (state) => {
        saveCheckpoint(file, state);
        const { epoch, meanLoss, testAccuracy } = state.history[state.history.length - 1];
        line.clear();
        process.stdout.write(
          `epoch ${epoch}: mean loss ${meanLoss.toFixed(5)}, ` +
            `test accuracy ${(100 * testAccuracy).toFixed(2)} %\n`,
        );
      },
    });
    line.clear();
    if (trained === undefined) {
      process.stderr.write(`interrupted; the same command goes on after the last whole epoch\n`);
      return EXIT.interrupted;
    }
    const folder = flags.out ?? path.join(packageRoot(), "models");
    const files = await saveTrained(folder, trained, training, test, backend);
    process.stdout.write(`wrote ${files.network} and ${files.card}\n`);
    return EXIT.done;
  } finally {
    line.clear();
    release();
  }
}

function recipeOf(name: string, flags: TrainFlags): Recipe {
  const recipe = RECIPES.find((known) => known.name === name);
  if (recipe === undefined) {
    const names = RECIPES.map((known) => known.name).join(", ");
    throw new ArgumentError(`there is no recipe for "${name}"; there are ${names}`);
  }
  return {
    ...recipe,
    epochs: flags.epochs === undefined ? recipe.epochs : parseCount(flags.epochs, "--epochs"),
    seed: flags.seed === undefined ? recipe.seed : parseCount(flags.seed, "--seed"),
  };
}

function defaultCheckpoint(recipe: Recipe): string {
  return path.join(process.cwd(), ".roundlab", "train", `${recipe.name}.safetensors`);
}
