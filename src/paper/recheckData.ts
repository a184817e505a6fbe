import type { Dataset } from "../dataset/dataset";
import { findMnist, type MnistPlaces } from "../dataset/mnist/findMnist";
import type { NamedRun } from "../experiment/namedRuns";
import { ownDataset } from "./ownDatasets";

/** Images at hand of the data set that a run is on. */
export interface ImagesAtHand {
  readonly dataset: Dataset;
  /** Its points from 0 to here are those of the run's data set with the same numbers. */
  readonly count: number;
}

/**
 * The images of a run that are here: all where the full MNIST is found. Else the embedded digits,
 * which are the first 10,000 training images in their order and so the first points of `mnist`; of
 * the test images none.
 */
export async function imagesAtHand(
  data: NamedRun["data"],
  places: MnistPlaces = {},
): Promise<ImagesAtHand | undefined> {
  if ((await findMnist(places)) === undefined) {
    if (data !== "mnist") return undefined;
    const embedded = await ownDataset("mnist-embedded");
    return { dataset: embedded, count: embedded.count };
  }
  const dataset = await ownDataset(data, places);
  return { dataset, count: dataset.count };
}
