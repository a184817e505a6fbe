import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "../../src/dataset/checksum";
import { loadNetwork } from "../../src/network/load";
import { saveTrained } from "../../src/train/saveTrained";
import { loadTensorflow } from "../../src/train/tensorflow/tensorflow";
import { toNetwork } from "../../src/train/toNetwork";
import { inputShapeOf } from "../../src/train/trainingSet";
import { trainNetwork, startTraining } from "../../src/train/trainNetwork";
import { inDirectory } from "../dataset/temporary";
import { CONVOLUTIONAL_RECIPE, IMAGES, TEST_IMAGES } from "./tinyTraining";

describe("saveTrained", () => {
  test("writes the network and a card that says how it was made", async () => {
    const backend = await loadTensorflow("wasm");
    const recipe = { ...CONVOLUTIONAL_RECIPE, epochs: 2 };
    const start = startTraining(recipe, IMAGES);
    const trained = await trainNetwork(backend.tf, start, IMAGES, TEST_IMAGES);
    if (trained === undefined) throw new Error("training stopped");
    await inDirectory({}, async (directory) => {
      const files = await saveTrained(directory, trained, IMAGES, TEST_IMAGES, backend);
      const loaded = await loadNetwork(files.network);
      const made = toNetwork(recipe, trained.parameters, inputShapeOf(IMAGES));
      expect(loaded.layers).toEqual(made.layers);
      const text = readFileSync(files.card, "utf8");
      const card = JSON.parse(text) as Record<string, unknown>;
      expect(files.network).toBe(join(directory, "tiny-convolutional.safetensors"));
      expect(card["command"]).toBe(
        "roundlab train tiny-convolutional --epochs 2 --seed 7 --batch 10 --rate 0.01 " +
          "--normalisation 0.25,0.5 --backend wasm",
      );
      expect(card["sha256"]).toBe(sha256(readFileSync(files.network)));
      expect(card["recipe"]).toEqual(recipe);
      expect(card["epochs"]).toEqual(trained.history);
      expect(card["testAccuracy"]).toBe(trained.history[1].testAccuracy);
      expect(card["data"]).toEqual({
        training: { name: "synthetic-5", count: 48, sha256: IMAGES.checksum },
        test: { name: "synthetic-6", count: 20, sha256: TEST_IMAGES.checksum },
      });
      // A card travels with the package: no folder of the machine it was made on.
      expect(text).not.toContain(directory);
      expect(text).not.toContain(process.cwd());
    });
  });
});
