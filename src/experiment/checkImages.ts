import { ArgumentError } from "../errors";
import { checkDataset, type Dataset } from "../dataset/dataset";
import type { Network } from "../network/network";
import { quoteName } from "../quoteName";

/**
 * Checks a data set, and that its images are inputs of a network.
 *
 * @throws ArgumentError if images have another number of pixels; what `checkDataset` throws
 */
export function checkImages(network: Network, dataset: Dataset): void {
  checkDataset(dataset);
  const pixels = dataset.rows * dataset.columns;
  if (pixels === network.inputSize) return;
  throw new ArgumentError(
    `network ${quoteName(network.name)} takes ${network.inputSize} inputs, but images of ` +
      `${quoteName(dataset.name)} have ${pixels} pixels`,
  );
}
