import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { ArgumentError } from "../errors";
import { nearestFirst } from "../nearestNames";
import { plainText } from "../quoteName";
import type { Dataset } from "./dataset";
import type { MnistPlaces } from "./mnist/findMnist";
import { loadEmbeddedMnist } from "./mnist/loadEmbedded";
import { hasPart, loadPart } from "./mnist/loadFiles";
import { joinParts, loadMnist } from "./mnist/loadMnist";
import { MNIST_FILES } from "./mnist/mnistFiles";

/** A data set that can be opened by name. */
export interface KnownDataset {
  readonly name: string;
  readonly description: string;
  readonly images: number;
}

/** The data sets that `openDataset` knows by name; any directory with IDX files will do as well. */
export const KNOWN_DATASETS: readonly KnownDataset[] = [
  {
    name: "mnist-embedded",
    description: "the first 10,000 training images of MNIST, always there",
    images: 10000,
  },
  { name: "mnist-train", description: "the training set of MNIST", images: 60000 },
  { name: "mnist-test", description: "the test set of MNIST", images: 10000 },
  { name: "mnist", description: "all of MNIST, training images then test images", images: 70000 },
];

/**
 * The data set of a name in `KNOWN_DATASETS`, or the IDX files of a directory: `train-…` then
 * `t10k-…`, whichever pairs it has.
 *
 * @throws ArgumentError listing what there is if the name is unknown
 * @example
 * const digits = await rl.openDataset("mnist-embedded");
 */
export async function openDataset(name: string, places: MnistPlaces = {}): Promise<Dataset> {
  switch (name) {
    case "mnist-embedded":
      return loadEmbeddedMnist();
    case "mnist-train":
      return loadMnist({ ...places, split: "train" });
    case "mnist-test":
      return loadMnist({ ...places, split: "test" });
    case "mnist":
      return loadMnist({ ...places, split: "all" });
    default:
      return openDirectory(name);
  }
}

async function openDirectory(directory: string): Promise<Dataset> {
  const isDirectory = await stat(directory).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
  if (!isDirectory) {
    const known = KNOWN_DATASETS.map(({ name }) => name);
    throw new ArgumentError(
      `there is no data set and no directory "${plainText(directory, 200)}"; known data sets: ${nearestFirst(directory, known).join(", ")}; ` +
        "or give a directory with IDX files",
    );
  }
  // The roles of MNIST's files would mislead here: any images in this form are welcome.
  const roles = { train: "training", test: "test" } as const;
  const found = [];
  for (const key of ["train", "test"] as const) {
    const { images, labels } = MNIST_FILES[key];
    const part = {
      images: { ...images, role: `${roles[key]} images` },
      labels: { ...labels, role: `${roles[key]} labels` },
    };
    if (await hasPart(directory, part)) found.push(part);
  }
  if (found.length === 0) {
    throw new ArgumentError(
      `directory ${directory} has no pair of IDX files (train-images-idx3-ubyte with ` +
        "train-labels-idx1-ubyte, or t10k-…, plain or .gz)",
    );
  }
  const parts = await Promise.all(found.map((part) => loadPart(directory, part, { exact: false })));
  const name = plainText(basename(resolve(directory)));
  return joinParts(name, `IDX files of the directory ${name}`, parts);
}
