import { findMnist, type MnistDirectory, type MnistPlaces } from "./mnist/findMnist";
import { hasPart } from "./mnist/loadFiles";
import { MNIST_FILES } from "./mnist/mnistFiles";
import { KNOWN_DATASETS } from "./openDataset";

/** A known data set and whether it can be opened on this machine. */
export interface DatasetStatus {
  readonly name: string;
  readonly description: string;
  readonly images: number;
  readonly available: "yes" | "no";
  /**
   * Why it is there: part of the package, or the place where its files were found or looked for.
   */
  readonly place?: "embedded" | MnistDirectory["reason"];
  readonly directory?: string;
}

/** Every known data set, with the place that `openDataset` would take it from. */
export async function listDatasets(places: MnistPlaces = {}): Promise<readonly DatasetStatus[]> {
  const found = await findMnist(places);
  const has = async (part: keyof typeof MNIST_FILES): Promise<boolean> =>
    found !== undefined && (await hasPart(found.directory, MNIST_FILES[part]));
  const [train, test] = [await has("train"), await has("test")];
  const parts: Readonly<Record<string, boolean>> = {
    "mnist-train": train,
    "mnist-test": test,
    mnist: train && test,
  };
  return KNOWN_DATASETS.map((known): DatasetStatus => {
    const isThere = parts[known.name];
    if (isThere === undefined) return { ...known, available: "yes", place: "embedded" };
    const where = found && { place: found.reason, directory: found.directory };
    return { ...known, available: isThere ? "yes" : "no", ...where };
  });
}
