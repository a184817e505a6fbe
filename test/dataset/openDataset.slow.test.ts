import { existsSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openDataset } from "../../src/dataset/openDataset";
import { loadMnist } from "../../src/dataset/mnist/loadMnist";
import { ArgumentError, FormatError } from "../../src/errors";
import { packageRoot } from "../../src/packageRoot";
import { idxBytes } from "./format/idxBytes";
import { inDirectory } from "./temporary";

const original = join(packageRoot(), "..", "shared", "mnist");
const withOriginal = existsSync(original) ? test : test.skip;
/** Places where no MNIST file is. */
const nowhere = { environment: {}, shared: "/nonexistent/a", cache: "/nonexistent/b" };

const images = idxBytes([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
const labels = idxBytes([2], [0, 3]);
const testImages = idxBytes([1, 2, 2], [9, 9, 9, 9]);
const testLabels = idxBytes([1], [1]);
const small = {
  "train-images-idx3-ubyte": images,
  "train-labels.idx1-ubyte.gz": gzipSync(labels),
  "t10k-images-idx3-ubyte.gz": gzipSync(testImages),
  "t10k-labels-idx1-ubyte": testLabels,
};

describe("openDataset", () => {
  test("opens the embedded digits by name", async () => {
    const dataset = await openDataset("mnist-embedded", nowhere);
    expect(dataset.name).toBe("mnist-embedded");
    expect(dataset.count).toBe(10000);
  });

  test("opens a directory, plain and gzip, training images first", async () => {
    await inDirectory(small, async (directory) => {
      const dataset = await openDataset(directory);
      expect(dataset.count).toBe(3);
      expect(Array.from(dataset.labels)).toEqual([0, 3, 1]);
      expect(Array.from(dataset.pixels)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 9]);
      expect(dataset.classCount).toBe(4);
      expect(dataset.origin).not.toContain("/");
    });
  });

  test("opens a directory that has the test pair alone", async () => {
    const files = {
      "t10k-images-idx3-ubyte": testImages,
      "t10k-labels-idx1-ubyte": testLabels,
    };
    await inDirectory(files, async (directory) => {
      expect((await openDataset(directory)).count).toBe(1);
    });
  });

  test("refuses an unknown name with those that there are, the nearest first", async () => {
    const refused = openDataset("mnits", nowhere);
    await expect(refused).rejects.toBeInstanceOf(ArgumentError);
    await expect(openDataset("mnits", nowhere)).rejects.toThrow(
      /no data set and no directory "mnits"; known data sets: mnist, mnist-test, mnist-train, mnist-embedded;/,
    );
  });

  test("refuses a directory without a pair of files", async () => {
    await inDirectory({ "train-images-idx3-ubyte": images }, async (directory) => {
      await expect(openDataset(directory)).rejects.toThrow(/no pair of IDX files/);
    });
  });

  test("refuses as many labels as do not belong to the images", async () => {
    const files = { ...small, "t10k-labels-idx1-ubyte": idxBytes([2], [1, 2]) };
    await inDirectory(files, async (directory) => {
      await expect(openDataset(directory)).rejects.toThrow(/1 images, but 2 test labels/);
    });
  });

  test("refuses labels in the place of images, naming the role", async () => {
    const files = { ...small, "t10k-images-idx3-ubyte.gz": testLabels };
    await inDirectory(files, async (directory) => {
      const message = /IDX file of test images, at byte 3: expected 3 dimensions \(images\)/;
      await expect(openDataset(directory)).rejects.toThrow(message);
    });
  });

  test("refuses images of two sizes in one directory", async () => {
    const files = { ...small, "t10k-images-idx3-ubyte.gz": idxBytes([1, 1, 1], [0]) };
    await inDirectory(files, async (directory) => {
      await expect(openDataset(directory)).rejects.toThrow(/images of 2 × 2 and of 1 × 1/);
    });
  });

  test("says what to do when MNIST is not on the machine", async () => {
    await expect(openDataset("mnist-test", nowhere)).rejects.toThrow(
      /mnist-test: the MNIST files are not on this machine; run `roundlab data fetch mnist`/,
    );
  });
});

describe("loadMnist", () => {
  test("falls back to the embedded digits on `auto` alone, and says so in the name", async () => {
    const dataset = await loadMnist({ ...nowhere, split: "test", source: "auto" });
    expect(dataset.name).toBe("mnist-embedded");
  });

  test("refuses a directory that the environment names but that has no files", async () => {
    const places = { ...nowhere, environment: { ROUNDLAB_MNIST: "/nonexistent/c" } };
    const refused = loadMnist({ ...places, split: "test", source: "auto" });
    await expect(refused).rejects.toThrow(/MNIST test images: no file t10k-images-idx3-ubyte/);
  });

  test("refuses well-formed files of the wrong size under MNIST's names", async () => {
    await inDirectory(small, async (directory) => {
      const refused = loadMnist({ directory, split: "test" });
      await expect(refused).rejects.toBeInstanceOf(FormatError);
      await expect(loadMnist({ directory, split: "test" })).rejects.toThrow(
        /expected sizes 10000 × 28 × 28, found 1 × 2 × 2/,
      );
    });
  });

  test("refuses files of the right size with other content", async () => {
    const files = {
      "t10k-images-idx3-ubyte": idxBytes([10000, 28, 28], new Uint8Array(7840000)),
      "t10k-labels-idx1-ubyte": idxBytes([10000], new Uint8Array(10000)),
    };
    await inDirectory(files, async (directory) => {
      await expect(loadMnist({ directory, split: "test" })).rejects.toThrow(
        /MNIST test images: expected SHA-256 0fa7898d.* well-formed, but not MNIST/,
      );
    });
  });

  withOriginal("loads the test set from a directory that was named", async () => {
    const dataset = await loadMnist({ ...nowhere, directory: original, split: "test" });
    expect([dataset.name, dataset.count, dataset.classCount]).toEqual(["mnist-test", 10000, 10]);
    expect(Array.from(dataset.labels.subarray(0, 5))).toEqual([7, 2, 1, 0, 4]);
  });

  withOriginal(
    "loads all images, training before test, from the environment's directory",
    async () => {
      const places = { ...nowhere, environment: { ROUNDLAB_MNIST: original } };
      const dataset = await loadMnist({ ...places, split: "all" });
      expect(dataset.count).toBe(70000);
      expect(dataset.labels[0]).toBe(5);
      expect(dataset.labels[60000]).toBe(7);
    },
  );
});
