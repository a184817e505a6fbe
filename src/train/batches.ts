import type { Dataset } from "../dataset/dataset";
import type { RandomSource } from "../numeric/random";

/**
 * Writes the normalised pixels of some images, one after another: (byte / 255 − mean) / deviation.
 */
export function normalisedPixels(
  dataset: Dataset,
  indices: ArrayLike<number>,
  mean: number,
  deviation: number,
): Float32Array {
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

/** One-hot rows of the labels of some images. */
export function oneHotLabels(dataset: Dataset, indices: ArrayLike<number>): Float32Array {
  const values = new Float32Array(indices.length * dataset.classCount);
  for (let item = 0; item < indices.length; item++) {
    values[item * dataset.classCount + dataset.labels[indices[item]]] = 1;
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
