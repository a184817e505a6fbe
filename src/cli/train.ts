import * as fs from "node:fs";
import * as path from "node:path";
import type { Command } from "commander";
import type { PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import { quoteName } from "../quoteName";
import { packageRoot } from "../packageRoot";
import { formatProgress } from "../present/progress/progress";
import { loadCheckpoint, saveCheckpoint } from "../train/checkpointStore";
import { denseRecipe, OWN_RECIPE } from "../train/ownRecipe";
import { RECIPES, type Recipe } from "../train/recipe";
import { saveTrained } from "../train/saveTrained";
import { BACKEND_NAMES, type BackendName } from "../train/backendName";
import { loadTensorflow } from "../train/tensorflow/tensorflow";
import {
  startTraining,
  trainNetwork,
  type Checkpoint,
  type TrainingHooks,
} from "../train/trainNetwork";
import { checkTraining, classesOf } from "../train/trainingSet";
import { abortOnInterrupt, EXIT, parseCount, runCommand } from "./command";
import { requireFileToWrite, requireFolderToWrite } from "./places";
import { createProgressLine } from "./progressLine";
import { changesOf, RECIPE_CHANGES, type RecipeFlags } from "./recipeOptions";
import { isOwnData, openTraining, type TrainingDataFlags } from "./trainingData";

interface TrainFlags extends TrainingDataFlags, RecipeFlags {
  readonly layers?: string;
  readonly out?: string;
  readonly checkpoint?: string;
  readonly backend?: string;
}

/**
 * `roundlab train`: a network by its recipe, on the full MNIST, or one of given widths on points of
 * one's own; resumable after every epoch.
 */
export function registerTrain(program: Command): void {
  const names = RECIPES.map(({ name }) => name).join(", ");
  program
    .command("train")
    .description(
      "train a network of the paper on MNIST, or one of your own on your points; ended runs go on after their last epoch",
    )
    .argument("<network>", `${names}, or with --layers the name of your own`)
    .option("--layers <widths>", "hidden layers of a dense network, such as 32,16; needs --data")
    .option(
      "--epochs <count>",
      `instead of the recipe's; ${OWN_RECIPE.epochs} with --layers; needs --out`,
    )
    .option(
      "--seed <number>",
      `instead of the recipe's; ${OWN_RECIPE.seed} with --layers; needs --out`,
    )
    .option(
      "--batch <count>",
      `points of one step, instead of the recipe's; ${OWN_RECIPE.batchSize} with --layers; needs --out`,
    )
    .option(
      "--rate <number>",
      `Adam's first rate, instead of the recipe's; ${OWN_RECIPE.learningRate} with --layers; needs --out`,
    )
    .option(
      "--normalisation <mean,deviation>",
      `of inputs, instead of the recipe's; ${OWN_RECIPE.mean},${OWN_RECIPE.deviation} with --layers; needs --out`,
    )
    .option(
      "--data <what>",
      "a folder with the four MNIST files (see roundlab data fetch mnist), a data set by name, or points.npy; " +
        "all but the first need --out",
    )
    .option("--labels <file>", "labels.npy, the classes of the points in points.npy")
    .option("--test-data <what>", "what the network is tried on, as --data; nothing unless given")
    .option("--test-labels <file>", "the classes of its points")
    .option("--out <folder>", "where network and card go; the package's models/ by default")
    .option("--checkpoint <file>", "state after each epoch; .roundlab/train/ by default")
    .option("--backend <name>", `${BACKEND_NAMES.join(", ")}; the fastest that works by default`)
    .action((name: string, flags: TrainFlags) => runCommand(() => runTraining(name, flags)));
}

async function runTraining(name: string, flags: TrainFlags): Promise<number> {
  // Everything that can be refused is refused before hours of work.
  const wanted = parseBackend(flags.backend);
  const named = recipeOf(name, flags);
  const folder = outputFolder(name, flags);
  const file = flags.checkpoint ?? path.join(".roundlab", "train", `${name}.safetensors`);
  requireFolderToWrite(folder, "--out");
  requireFolderToWrite(path.dirname(file), "--checkpoint");
  if (fs.existsSync(file)) requireFileToWrite(file, "--checkpoint");
  const { training, test } = await openTraining(flags);
  const recipe = named(training);
  checkTraining(recipe, training, test);
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

/** What a recipe's network is may hang on the classes of the points. */
function recipeOf(name: string, flags: TrainFlags): (training: PointSource) => Recipe {
  const changed = changesOf(flags);
  const recipe = RECIPES.find((known) => known.name === name);
  if (flags.layers !== undefined) {
    if (recipe !== undefined) {
      throw new ArgumentError(
        `${name} has layers of its own; give a network of --layers another name`,
      );
    }
    requireFileName(name);
    const hidden = flags.layers.split(",").map((width) => parseCount(width, "--layers"));
    if (flags.data === undefined) {
      throw new ArgumentError("--layers needs --data: points.npy with --labels, or a data set");
    }
    return (training) => denseRecipe(hidden, classesOf(training), { ...changed, name });
  }
  if (recipe === undefined) {
    const names = RECIPES.map((known) => known.name).join(", ");
    throw new ArgumentError(
      `there is no recipe for "${name}"; there are ${names}, and with --layers WIDTHS your own`,
    );
  }
  return () => ({ ...recipe, ...changed });
}

/** The name of a network is that of its files. */
function requireFileName(name: string): void {
  if (/^[\w][\w.-]*$/.test(name)) return;
  throw new ArgumentError(
    `the network's name ${quoteName(name)} names its files: letters, digits, ".", "_" and "-" only`,
  );
}

/** The package's models/ are for its own recipes only: a trial must not replace them. */
function outputFolder(name: string, flags: TrainFlags): string {
  const { out, layers, data } = flags;
  if (out !== undefined) return out;
  if (layers !== undefined || (data !== undefined && isOwnData(data))) {
    throw new ArgumentError(
      `${quoteName(name)} on points or layers of your own is no network of the package; say with --out where it goes`,
    );
  }
  const changed = RECIPE_CHANGES.filter((option) => flags[option] !== undefined);
  if (changed.length > 0) {
    throw new ArgumentError(
      `with ${changed.map((option) => `--${option}`).join(" and ")} this is another network than models/${name}.safetensors; ` +
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
  const tried =
    testAccuracy === null
      ? "no test points (--test-data)"
      : `test accuracy ${(100 * testAccuracy).toFixed(2)} %`;
  return `epoch ${epoch}: mean loss ${meanLoss.toFixed(5)}, ${tried}`;
}
