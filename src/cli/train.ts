import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import { loadMnist } from "../dataset/mnist/loadMnist";
import { ArgumentError } from "../errors";
import { packageRoot } from "../packageRoot";
import { formatProgress } from "../present/progress/progress";
import { loadCheckpoint, saveCheckpoint } from "../train/checkpointStore";
import { RECIPES, type Recipe } from "../train/recipe";
import { saveTrained } from "../train/saveTrained";
import { BACKEND_NAMES, loadTensorflow, type BackendName } from "../train/tensorflow/tensorflow";
import {
  startTraining,
  trainNetwork,
  type Checkpoint,
  type TrainingHooks,
} from "../train/trainNetwork";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { requireFileToWrite, requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";

interface TrainFlags {
  readonly epochs?: string;
  readonly seed?: string;
  readonly data?: string;
  readonly out?: string;
  readonly checkpoint?: string;
  readonly backend?: string;
}

/** `roundlab train`: a network by its recipe, on the full MNIST, resumable after every epoch. */
export function registerTrain(program: Command): void {
  const names = RECIPES.map(({ name }) => name).join(", ");
  program
    .command("train")
    .description("train a network of the paper on MNIST; ended runs go on after their last epoch")
    .argument("<network>", names)
    .option("--epochs <count>", "instead of the recipe's; needs --out")
    .option("--seed <number>", "instead of the recipe's; needs --out")
    .option("--data <folder>", "the four MNIST files; see roundlab data fetch mnist")
    .option("--out <folder>", "where network and card go; the package's models/ by default")
    .option("--checkpoint <file>", "state after each epoch; .roundlab/train/ by default")
    .option("--backend <name>", `${BACKEND_NAMES.join(", ")}; the fastest that works by default`)
    .action((name: string, flags: TrainFlags) => runCommand(() => runTraining(name, flags)));
}

async function runTraining(name: string, flags: TrainFlags): Promise<number> {
  // Everything that can be refused is refused before hours of work.
  const recipe = recipeOf(name, flags);
  const folder = outputFolder(recipe, flags);
  const file = flags.checkpoint ?? path.join(".roundlab", "train", `${recipe.name}.safetensors`);
  const wanted = parseBackend(flags.backend);
  requireFolderToWrite(folder, "--out");
  requireFolderToWrite(path.dirname(file), "--checkpoint");
  if (fs.existsSync(file)) requireFileToWrite(file, "--checkpoint");
  const training = await loadMnist({ split: "train", directory: flags.data });
  const test = await loadMnist({ split: "test", directory: flags.data });
  const resumed = loadCheckpoint(file, recipe, training);
  if (resumed !== undefined) {
    process.stderr.write(`going on after epoch ${resumed.epochsDone}, kept in ${file}\n`);
  }
  const backend = await loadTensorflow(wanted);
  for (const reason of backend.refused) process.stderr.write(`not used: ${reason}\n`);
  const line = createProgressLine();
  const { signal, release } = abortOnInterrupt();
  try {
    const checkpoint = resumed ?? startTraining(recipe, training);
    const show = progressHook(`${name}, ${backend.name}`, checkpoint.epochsDone, line.show);
    const trained = await trainNetwork(backend.tf, checkpoint, training, test, {
      onBatch: (progress) => {
        show(progress);
        return !signal.aborted;
      },
      onEpoch: (state) => {
        saveCheckpoint(file, state);
        line.clear();
        process.stdout.write(`${describeEpoch(state)}\n`);
      },
    });
    line.clear();
    if (trained === undefined) {
      process.stderr.write(`interrupted; the same command goes on after the last whole epoch\n`);
      return EXIT.interrupted;
    }
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

/** The package's models/ are for its own recipes only: a trial must not replace them. */
function outputFolder(recipe: Recipe, { out, epochs, seed }: TrainFlags): string {
  if (out !== undefined) return out;
  if (epochs !== undefined || seed !== undefined) {
    throw new ArgumentError(
      `with --epochs or --seed this is another network than models/${recipe.name}.safetensors; ` +
        "say with --out where it goes",
    );
  }
  return path.join(packageRoot(), "models");
}

function parseBackend(text: string | undefined): BackendName | undefined {
  if (text === undefined) return undefined;
  const name = BACKEND_NAMES.find((known) => known === text);
  if (name === undefined) {
    throw new ArgumentError(`--backend takes ${BACKEND_NAMES.join(", ")}; found "${text}"`);
  }
  return name;
}

/** Shows the rate and what is left, counted from where this process began. */
function progressHook(
  label: string,
  epochsSkipped: number,
  show: (text: string) => void,
): NonNullable<TrainingHooks["onBatch"]> {
  const start = performance.now();
  return ({ epoch, epochs, batch, batches, loss }) => {
    show(
      formatProgress({
        label: `${label}, epoch ${epoch} of ${epochs}`,
        done: (epoch - 1) * batches + batch,
        total: epochs * batches,
        skipped: epochsSkipped * batches,
        seconds: (performance.now() - start) / 1000,
        best: { label: "loss", value: loss },
      }),
    );
  };
}

function describeEpoch({ history }: Checkpoint): string {
  const { epoch, meanLoss, testAccuracy } = history[history.length - 1];
  const percent = (100 * testAccuracy).toFixed(2);
  return `epoch ${epoch}: mean loss ${meanLoss.toFixed(5)}, test accuracy ${percent} %`;
}
