import { join } from "node:path";
import { ArgumentError } from "../../src/errors";
import { loadCheckpoint, saveCheckpoint } from "../../src/train/checkpointStore";
import type { Recipe } from "../../src/train/recipe";
import type { TensorFlow } from "../../src/train/tensorflow/tensorflowApi";
import {
  startTraining,
  trainNetwork,
  type Checkpoint,
  type TrainingHooks,
} from "../../src/train/trainNetwork";
import { inDirectory } from "../dataset/temporary";
import { CONVOLUTIONAL_RECIPE, DENSE_RECIPE, IMAGES, TEST_IMAGES, wasm } from "./tinyTraining";

let tf: TensorFlow;
beforeAll(async () => {
  tf = await wasm();
});

function train(
  recipe: Recipe,
  hooks: TrainingHooks = {},
  start: Checkpoint = startTraining(recipe, IMAGES),
): Promise<Checkpoint | undefined> {
  return trainNetwork(tf, start, IMAGES, TEST_IMAGES, hooks);
}

describe.each([DENSE_RECIPE, CONVOLUTIONAL_RECIPE])("trainNetwork on $name", (recipe) => {
  test("gives the same bits twice", async () => {
    const once = await train(recipe);
    expect(once?.epochsDone).toBe(3);
    expect(await train(recipe)).toEqual(once);
  });

  test("gives other bits from another seed", async () => {
    const once = await train(recipe);
    const other = await train({ ...recipe, seed: recipe.seed + 1 });
    expect(other?.parameters[0].values).not.toEqual(once?.parameters[0].values);
  });

  test("interrupted at any batch goes on from its file to the same bits", async () => {
    const unbroken = await train(recipe);
    await inDirectory({}, async (directory) => {
      const file = join(directory, "state", "tiny.safetensors");
      // Five batches an epoch: the eighth is in the middle of the second.
      let batches = 0;
      const stopped = await train(recipe, {
        onBatch: () => ++batches < 8,
        onEpoch: (state) => saveCheckpoint(file, state),
      });
      expect(stopped).toBeUndefined();
      expect(batches).toBe(8);
      const kept = loadCheckpoint(file, recipe, IMAGES);
      expect(kept?.epochsDone).toBe(1);
      expect(await train(recipe, {}, kept)).toEqual(unbroken);
    });
  });

  test("brings the loss down and beats chance", async () => {
    const trained = await train({ ...recipe, epochs: 15 });
    const history = trained?.history ?? [];
    expect(history).toHaveLength(15);
    expect(history[14].meanLoss).toBeLessThan(0.5 * history[0].meanLoss);
    // Synthetic test images of another seed have other patterns; the training images show learning.
    const onTraining = await trainNetwork(
      tf,
      { ...startTraining({ ...recipe, epochs: 15 }, IMAGES) },
      IMAGES,
      IMAGES,
    );
    expect(onTraining?.history[14].testAccuracy).toBeGreaterThan(0.8);
  });

  test("frees all tensors and tells of every batch and epoch", async () => {
    const before = tf.memory().numTensors;
    const batches: string[] = [];
    const epochs: number[] = [];
    await train(recipe, {
      onBatch: ({ epoch, batch }) => void batches.push(`${epoch}:${batch}`),
      onEpoch: ({ epochsDone }) => void epochs.push(epochsDone),
    });
    expect(tf.memory().numTensors).toBe(before);
    // 48 images in batches of 10: the last one is smaller.
    expect(batches.slice(0, 6)).toEqual(["1:1", "1:2", "1:3", "1:4", "1:5", "2:1"]);
    expect(epochs).toEqual([1, 2, 3]);
  });
});

describe("trainNetwork", () => {
  test("ends with a message when the loss is no number", async () => {
    const diverging = { ...DENSE_RECIPE, learningRate: 1e30 };
    await expect(train(diverging)).rejects.toThrow(ArgumentError);
    await expect(train(diverging)).rejects.toThrow(
      /training tiny-dense: the loss is \S+ in epoch 1, batch \d of 5; try a smaller/,
    );
  });
});
