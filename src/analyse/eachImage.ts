import { cellSignal } from "../cellSignal";
import { inputAt, type PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";

/** Images between two chances for timers and signals. */
const IMAGES_PER_TURN = 50;

/**
 * Visits images of a data set one after another, as inputs; timers and signals get their turn now
 * and then. What is wrong with an image is said of the image.
 *
 * @param onProgress  called at every turn with the number of images done
 * @throws the interrupt of the notebook cell, if there is one
 */
export async function eachImage(
  dataset: PointSource,
  images: readonly number[],
  visit: (x: Float64Array, image: number) => void,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const signal = cellSignal();
  for (const [index, image] of images.entries()) {
    try {
      visit(inputAt(dataset, image), image);
    } catch (cause) {
      if (!(cause instanceof ArgumentError)) throw cause;
      throw new ArgumentError(`image ${image} of ${dataset.name}: ${cause.message}`, { cause });
    }
    if (index % IMAGES_PER_TURN < IMAGES_PER_TURN - 1) continue;
    onProgress(index + 1);
    await new Promise((resolve) => setImmediate(resolve));
    signal?.throwIfAborted();
  }
}
