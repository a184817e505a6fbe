import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEmbeddedMnist } from "../../../src/dataset/mnist/loadEmbedded";
import { openDataset } from "../../../src/dataset/openDataset";
import { pointOf } from "../../../src/dataset/dataset";
import { packageRoot } from "../../../src/packageRoot";

const original = join(packageRoot(), "..", "shared", "mnist");

describe("loadEmbeddedMnist", () => {
  test("holds 10,000 images of 28 × 28 with labels 0 to 9", async () => {
    const dataset = await loadEmbeddedMnist();
    expect([dataset.count, dataset.rows, dataset.columns, dataset.classCount]).toEqual([
      10000, 28, 28, 10,
    ]);
    expect(Array.from(dataset.labels.subarray(0, 10))).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect(Math.max(...pointOf(dataset, 0))).toBe(1);
  });

  test("is bit for bit the start of the original training files, by SHA-256", async () => {
    // Taken from the original IDX files: 7,840,000 pixels from offset 16, then 10,000 labels from
    // offset 8.
    expect((await loadEmbeddedMnist()).checksum).toBe(
      "2e49afdffc567fd5f9f306a04e2bafced2432146ae04f4b9a58b25505ba05b2e",
    );
  });

  (existsSync(original) ? test : test.skip)("equals the original files byte by byte", async () => {
    const embedded = await loadEmbeddedMnist();
    const training = await openDataset("mnist-train", { directory: original });
    const start = training.pixels.subarray(0, embedded.pixels.length);
    expect(Buffer.compare(embedded.pixels, start)).toBe(0);
    expect(Buffer.compare(embedded.labels, training.labels.subarray(0, 10000))).toBe(0);
  });
});
