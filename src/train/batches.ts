import { isPointSet, knownLabel, type PointSet, type PointSource } from "../dataset/pointSet";
import type { RandomSource } from "../numeric/random";

/**
 * Writes the normalised inputs of some points, one after another: (byte / 255 − mean) / deviation
 * of images, (value − mean) / deviation of points that are numbers.
 */
export function normalisedInputs(
  dataset: PointSource,
  indices: ArrayLike<number>,
  mean: number,
  deviation: number,
): Float32Array {
  if (isPointSet(dataset)) return normalisedNumbers(dataset, indices, mean, deviation);
  const size = dataset.rows * dataset.columns;
  const table = Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - mean) / deviation);
  const values = new Float32Array(indices.length * size);
  for (let item = 0; item < indices.length; item++) {
    const start = indices[item] * size;
    for (let pixel = 0; pixel < size; pixel++) {
      values[item * size + pixel] = table[dataset.pixels[start + pixel]];
    }
  }
  return values;
}

function normalisedNumbers(
  { inputs, values: given }: PointSet,
  indices: ArrayLike<number>,
  mean: number,
  deviation: number,
): Float32Array {
  const values = new Float32Array(indices.length * inputs);
  for (let item = 0; item < indices.length; item++) {
    const start = indices[item] * inputs;
    for (let input = 0; input < inputs; input++) {
      values[item * inputs + input] = (given[start + input] - mean) / deviation;
    }
  }
  return values;
}

/**
 * One-hot rows of the labels of some points, which all have one.
 *
 * @param classCount  more than every label: the outputs of the network
 */
export function oneHotLabels(
  dataset: PointSource,
  indices: ArrayLike<number>,
  classCount: number,
): Float32Array {
  const values = new Float32Array(indices.length * classCount);
  for (let item = 0; item < indices.length; item++) {
    const label = knownLabel(dataset, indices[item]);
    if (label !== null) values[item * classCount + label] = 1;
  }
  return values;
}

/**
 * A dropout mask: 0 with probability `dropRate`, else 1 / (1 − dropRate), so that means are kept.
 * Drawn anew for every batch; a layer's own seeded dropout would reuse one mask for ever.
 */
export function dropoutMask(count: number, dropRate: number, random: RandomSource): Float32Array {
  const kept = 1 / (1 - dropRate);
  const mask = new Float32Array(count);
  for (let index = 0; index < count; index++) mask[index] = random.next() < dropRate ? 0 : kept;
  return mask;
}
