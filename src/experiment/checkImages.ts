import { ArgumentError } from "../errors";
import { checkPointSource, inputsOf, isPointSet, type PointSource } from "../dataset/pointSet";
import type { Network } from "../network/network";
import { quoteName } from "../quoteName";

/**
 * Checks a data set, and that its images or points are inputs of a network.
 *
 * @throws ArgumentError if images have another number of pixels; what `checkPointSource` throws
 */
export function checkImages(network: Network, dataset: PointSource): void {
  checkPointSource(dataset);
  const pixels = inputsOf(dataset);
  if (pixels === network.inputSize) return;
  const [images, values] = isPointSet(dataset) ? ["points", "values"] : ["images", "pixels"];
  throw new ArgumentError(
    `network ${quoteName(network.name)} takes ${network.inputSize} inputs, but ${images} of ` +
      `${quoteName(dataset.name)} have ${pixels} ${values}`,
  );
}
