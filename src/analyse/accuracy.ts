import { cellSignal } from "../cellSignal";
import { checkDataset, pointOf, type Dataset } from "../dataset/dataset";
import { checkPoints } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import type { Evaluator } from "../network/evaluateInKernels";
import { createEvaluator } from "../network/evaluateMany";
import type { Kernels } from "../numeric/kernels";
import { loadKernels } from "../numeric/loadKernels";
import type { Network } from "../network/network";

/** How many points of a sample a network puts into the right class: a sample, in binary64. */
export interface Accuracy {
  readonly correct: number;
  readonly points: number;
  /** correct / points. */
  readonly fraction: number;
}

/** The index of the largest value, the first among equals: the class of logits. */
export function largestIndex(values: Readonly<Float64Array>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) {
    if (values[index] > values[best]) best = index;
  }
  return best;
}

/** Points between two chances for timers and signals. */
const POINTS_PER_TURN = 50;

/**
 * The accuracy of a network on some points of a data set.
 *
 * @param onProgress  called with the number of points done, now and then
 * @param kernels     what networks of convolutions are run in, many times faster than without
 * @throws ArgumentError if there is no point, one is named twice, or an image makes a sum overflow;
 *   the interrupt of the notebook cell, if there is one
 */
export async function measureAccuracy(
  network: Network,
  dataset: Dataset,
  points: readonly number[],
  onProgress: (done: number) => void = () => undefined,
  kernels: Kernels = loadKernels(),
): Promise<Accuracy> {
  checkPoints(checkDataset(dataset), points);
  const logits = createEvaluator(network, kernels);
  const signal = cellSignal();
  let correct = 0;
  for (let index = 0; index < points.length; index++) {
    const point = points[index];
    if (classOf(logits, dataset, point) === dataset.labels[point]) correct++;
    if (index % POINTS_PER_TURN === POINTS_PER_TURN - 1) {
      onProgress(index + 1);
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
  }
  return { correct, points: points.length, fraction: correct / points.length };
}

/** The class of an image; what is wrong with it is said of the image. */
function classOf(logits: Evaluator, dataset: Dataset, point: number): number {
  try {
    return largestIndex(logits(pointOf(dataset, point)));
  } catch (cause) {
    if (!(cause instanceof ArgumentError)) throw cause;
    throw new ArgumentError(`image ${point} of ${dataset.name}: ${cause.message}`, { cause });
  }
}
