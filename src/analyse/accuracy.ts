import {
  checkPoints,
  checkPointSource,
  knownLabel,
  requireLabels,
  type PointSource,
} from "../dataset/pointSet";
import { createEvaluator } from "../network/evaluateMany";
import type { Kernels } from "../numeric/kernels";
import { loadKernels } from "../numeric/loadKernels";
import type { Network } from "../network/network";
import { eachImage } from "./eachImage";

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

/**
 * The accuracy of a network on some points of a data set.
 *
 * @param onProgress  called with the number of points done, now and then
 * @param kernels     what networks of convolutions are run in, many times faster than without
 * @throws ArgumentError if there is no point, one is named twice, points have no labels, or an
 *   image makes a sum overflow; the interrupt of the notebook cell, if there is one
 */
export async function measureAccuracy(
  network: Network,
  dataset: PointSource,
  points: readonly number[],
  onProgress: (done: number) => void = () => undefined,
  kernels: Kernels = loadKernels(),
): Promise<Accuracy> {
  checkPoints(checkPointSource(dataset), points);
  requireLabels(dataset);
  const logits = createEvaluator(network, kernels);
  let correct = 0;
  const grade = (x: Float64Array, image: number): void => {
    if (largestIndex(logits(x)) === knownLabel(dataset, image)) correct++;
  };
  await eachImage(dataset, points, grade, onProgress);
  return { correct, points: points.length, fraction: correct / points.length };
}
