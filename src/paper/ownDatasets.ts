import type { Dataset } from "../dataset/dataset";
import { findMnist, type MnistPlaces } from "../dataset/mnist/findMnist";
import { KNOWN_DATASETS, openDataset } from "../dataset/openDataset";

/** By name and the folder that MNIST was found in. */
const opened = new Map<string, Promise<Dataset>>();

/**
 * As `openDataset`, each of the data sets that it knows by name once in a process; like the
 * networks of ownNetworks.ts they never leave `src/paper`.
 */
export async function ownDataset(name: string, places: MnistPlaces = {}): Promise<Dataset> {
  if (!KNOWN_DATASETS.some((known) => known.name === name)) return openDataset(name, places);
  const key = `${name} ${(await findMnist(places))?.directory}`;
  const known = opened.get(key);
  if (known !== undefined) return known;
  const dataset = openDataset(name, places);
  opened.set(key, dataset);
  // What cannot be read now may be there later.
  dataset.catch(() => opened.delete(key));
  return dataset;
}
