import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { sha256 } from "../dataset/checksum";
import type { Dataset } from "../dataset/dataset";
import { saveNetwork } from "../network/save";
import { writeWhole } from "../wholeFile";
import { RECIPES, type Recipe } from "./recipe";
import type { Backend } from "./tensorflow/tensorflow";
import { toNetwork } from "./toNetwork";
import type { Checkpoint } from "./trainNetwork";

/** Where a trained network and its card stand. */
export interface TrainedFiles {
  readonly network: string;
  readonly card: string;
  readonly testAccuracy: number;
}

/**
 * Saves a finished training run: `<name>.safetensors` and `<name>.card.json`, which says how it was
 * made and what came out, so that it can be made again.
 */
export async function saveTrained(
  folder: string,
  checkpoint: Checkpoint,
  training: Dataset,
  test: Dataset,
  backend: Backend,
): Promise<TrainedFiles> {
  const { recipe, parameters, history } = checkpoint;
  const network = toNetwork(recipe, parameters, training.rows, training.columns);
  const file = path.join(folder, `${recipe.name}.safetensors`);
  const last = history[history.length - 1];
  await saveNetwork(network, file, {
    metadata: { recipe: JSON.stringify(recipe), testAccuracy: String(last.testAccuracy) },
  });
  const card = path.join(folder, `${recipe.name}.card.json`);
  const content = {
    name: recipe.name,
    command: commandFor(recipe, backend),
    testAccuracy: last.testAccuracy,
    sha256: sha256(fs.readFileSync(file)),
    parameters: parameters.reduce((sum, { values }) => sum + values.length, 0),
    recipe,
    data: {
      training: { name: training.name, count: training.count, sha256: training.checksum },
      test: { name: test.name, count: test.count, sha256: test.checksum },
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

/** The command that makes the same network again, bit for bit on a like machine. */
function commandFor(recipe: Recipe, backend: Backend): string {
  const standard = RECIPES.find(({ name }) => name === recipe.name);
  const epochs = standard?.epochs === recipe.epochs ? "" : ` --epochs ${recipe.epochs}`;
  const seed = standard?.seed === recipe.seed ? "" : ` --seed ${recipe.seed}`;
  return `roundlab train ${recipe.name}${epochs}${seed} --backend ${backend.name}`;
}
