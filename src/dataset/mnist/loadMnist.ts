import { ArgumentError } from "../../errors";
import { datasetOfBytes } from "../createDataset";
import type { Dataset } from "../dataset";
import { findMnist, type MnistPlaces } from "./findMnist";
import { loadEmbeddedMnist } from "./loadEmbedded";
import { loadPart, type LabelledImages } from "./loadFiles";
import { MNIST_FILES } from "./mnistFiles";

/** Which part of MNIST: 60,000 training images, 10,000 test images, or both in this order. */
export type MnistSplit = "train" | "test" | "all";

export interface MnistOptions extends MnistPlaces {
  readonly split: MnistSplit;
  /**
   * `files` (default): the original files, or a refusal. `embedded`: the 10,000 embedded training
   * digits. `auto`: the files if there are any, else the embedded digits; the name of the result
   * says which.
   */
  readonly source?: "files" | "embedded" | "auto";
}

const NAMES: Readonly<Record<MnistSplit, string>> = {
  train: "mnist-train",
  test: "mnist-test",
  all: "mnist",
};

const ORIGINS: Readonly<Record<MnistSplit, string>> = {
  train: "MNIST training set, 60,000 images, original IDX files",
  test: "MNIST test set, 10,000 images, original IDX files",
  all: "MNIST, 60,000 training then 10,000 test images, original IDX files",
};

/**
 * MNIST, from the first place that has it (see `findMnist`), each file checked against its
 * published SHA-256.
 *
 * @throws ArgumentError if no place has the files, FormatError if a file is not MNIST's
 */
export async function loadMnist(options: MnistOptions): Promise<Dataset> {
  const { split, source = "files" } = options;
  if (source === "embedded") return loadEmbeddedMnist();
  const found = await findMnist(options);
  if (found === undefined) {
    if (source === "auto") return loadEmbeddedMnist();
    throw new ArgumentError(
      `data set ${NAMES[split]}: the MNIST files are not on this machine; run \`roundlab data fetch mnist\`, ` +
        "or name their directory by --data or ROUNDLAB_MNIST, or use mnist-embedded",
    );
  }
  const parts = split === "all" ? [MNIST_FILES.train, MNIST_FILES.test] : [MNIST_FILES[split]];
  const loaded = await Promise.all(
    parts.map((part) => loadPart(found.directory, part, { exact: true })),
  );
  return joinParts(NAMES[split], ORIGINS[split], loaded, 10);
}

/** One data set from parts of equal image size, in the given order. */
export function joinParts(
  name: string,
  origin: string,
  parts: readonly LabelledImages[],
  classCount?: number,
): Dataset {
  const [first] = parts;
  if (first === undefined) throw new ArgumentError(`data set ${name}: no parts to join`);
  const { rows, columns } = first;
  for (const part of parts) {
    if (part.rows !== rows || part.columns !== columns) {
      throw new ArgumentError(
        `data set ${name}: images of ${rows} × ${columns} and of ${part.rows} × ${part.columns}; ` +
          "all images of a data set need one size",
      );
    }
  }
  const pixels = concatenate(parts.map((part) => part.pixels));
  const labels = concatenate(parts.map((part) => part.labels));
  return datasetOfBytes({ name, rows, columns, pixels, labels, classCount, origin });
}

function concatenate(arrays: readonly Uint8Array[]): Uint8Array {
  const [only] = arrays;
  if (arrays.length === 1 && only !== undefined) return only;
  const result = new Uint8Array(arrays.reduce((size, array) => size + array.length, 0));
  let start = 0;
  for (const array of arrays) {
    result.set(array, start);
    start += array.length;
  }
  return result;
}
