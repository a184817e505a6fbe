import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { sha256 } from "../dataset/checksum";
import { isPointSet, type PointSource } from "../dataset/pointSet";
import { saveNetwork } from "../network/save";
import { writeWhole } from "../wholeFile";
import { OWN_RECIPE } from "./ownRecipe";
import { RECIPES, type Recipe } from "./recipe";
import type { Backend } from "./tensorflow/tensorflow";
import { toNetwork } from "./toNetwork";
import { inputShapeOf } from "./trainingSet";
import type { Checkpoint } from "./trainNetwork";

/** Where a trained network and its card stand. */
export interface TrainedFiles {
  readonly network: string;
  readonly card: string;
  /** Null where no points were kept to try it on. */
  readonly testAccuracy: number | null;
}

/**
 * Saves a finished training run: `<name>.safetensors` and `<name>.card.json`, which says how it was
 * made and what came out, so that it can be made again.
 */
export async function saveTrained(
  folder: string,
  checkpoint: Checkpoint,
  training: PointSource,
  test: PointSource | undefined,
  backend: Backend,
): Promise<TrainedFiles> {
  const { recipe, parameters, history } = checkpoint;
  const network = toNetwork(recipe, parameters, inputShapeOf(training));
  const file = path.join(folder, `${recipe.name}.safetensors`);
  const last = history[history.length - 1];
  await saveNetwork(network, file, {
    metadata: {
      recipe: JSON.stringify(recipe),
      ...(last.testAccuracy === null ? {} : { testAccuracy: String(last.testAccuracy) }),
    },
  });
  const card = path.join(folder, `${recipe.name}.card.json`);
  const content = {
    name: recipe.name,
    command: commandFor(recipe, backend, training, test),
    testAccuracy: last.testAccuracy,
    sha256: sha256(fs.readFileSync(file)),
    parameters: parameters.reduce((sum, { values }) => sum + values.length, 0),
    recipe,
    data: {
      training: describe(training),
      test: test === undefined ? null : describe(test),
    },
    software: {
      tensorflow: `tfjs ${backend.version} (${backend.name})`,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      processor: os.cpus()[0]?.model ?? "unknown",
    },
    epochs: history,
  };
  writeWhole(card, `${JSON.stringify(content, null, 2)}\n`);
  return { network: file, card, testAccuracy: last.testAccuracy };
}

function describe({ name, count, checksum }: PointSource) {
  return { name, count, sha256: checksum };
}

/**
 * The command that makes the same network again, bit for bit on a like machine. Files of one's own
 * have their names, without a folder; those of labels have the name of what they are.
 */
function commandFor(
  recipe: Recipe,
  backend: Backend,
  training: PointSource,
  test: PointSource | undefined,
): string {
  const standard = RECIPES.find(({ name }) => name === recipe.name);
  const usual = standard ?? OWN_RECIPE;
  const widths = recipe.layers.flatMap((layer) => (layer.kind === "dense" ? [layer.outputs] : []));
  const words = [
    "roundlab train",
    recipe.name,
    ...(standard === undefined && isDense(recipe)
      ? [`--layers ${widths.slice(0, -1).join(",")}`]
      : []),
    ...(isPointSet(training) ? [`--data ${training.name} --labels LABELS.npy`] : []),
    ...(isPointSet(training) && test !== undefined
      ? [`--test-data ${test.name} --test-labels LABELS.npy`]
      : []),
    ...(standard?.epochs === recipe.epochs ? [] : [`--epochs ${recipe.epochs}`]),
    ...(standard?.seed === recipe.seed ? [] : [`--seed ${recipe.seed}`]),
    ...(usual.batchSize === recipe.batchSize ? [] : [`--batch ${recipe.batchSize}`]),
    ...(usual.learningRate === recipe.learningRate ? [] : [`--rate ${recipe.learningRate}`]),
    ...(usual.mean === recipe.mean && usual.deviation === recipe.deviation
      ? []
      : [`--normalisation ${recipe.mean},${recipe.deviation}`]),
    `--backend ${backend.name}`,
  ];
  return words.join(" ");
}

function isDense({ layers }: Recipe): boolean {
  return layers.length > 1 && layers.every(({ kind }) => kind === "dense");
}
