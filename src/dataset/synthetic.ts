import { ArgumentError } from "../errors";
import { createRandom, type RandomSource } from "../numeric/random";
import { sha256 } from "./checksum";
import { checkDataset, type Dataset } from "./dataset";

export interface SyntheticOptions {
  /** Any whole number; the same seed gives the same images everywhere. */
  readonly seed?: number;
  readonly count?: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly classCount?: number;
  /** Standard deviation of the noise on each pixel, in units of the full range. */
  readonly noise?: number;
}

const DEFAULTS = { seed: 1, count: 100, rows: 8, columns: 8, classCount: 4, noise: 0.08 };
const BLOBS_PER_CLASS = 3;

/** A soft round spot; centre and radius in fractions of the image. */
interface Blob {
  readonly row: number;
  readonly column: number;
  readonly radius: number;
}

/**
 * Made-up images for lessons and tests: each class is a pattern of soft spots, each image that
 * pattern shifted by up to a tenth of the image, with noise. Classes take turns, so the labels are
 * 0, 1, 2, ….
 *
 * @throws ArgumentError if a size is not a whole number >= 1 or there are more than 256 classes
 * @example
 * const spots = rl.syntheticImages({ count: 20, classCount: 2 });
 */
export function syntheticImages(options: SyntheticOptions = {}): Dataset {
  const { seed, count, rows, columns, classCount, noise } = { ...DEFAULTS, ...options };
  for (const [name, size] of Object.entries({ count, rows, columns, classCount })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new ArgumentError(
        `synthetic images: ${name} must be a whole number >= 1, found ${size}`,
      );
    }
  }
  if (classCount > 256) {
    throw new ArgumentError(`synthetic images: classCount is at most 256, found ${classCount}`);
  }
  if (!(noise >= 0 && Number.isFinite(noise))) {
    throw new ArgumentError(`synthetic images: noise must be a number >= 0, found ${noise}`);
  }
  const random = createRandom(seed);
  const classes = Array.from({ length: classCount }, () => drawBlobs(random));
  const pixels = new Uint8Array(count * rows * columns);
  const labels = Uint8Array.from({ length: count }, (_, index) => index % classCount);
  labels.forEach((label, index) => {
    const image = pixels.subarray(index * rows * columns, (index + 1) * rows * columns);
    paintImage(image, rows, columns, classes[label], noise, random);
  });
  return checkDataset({
    name: `synthetic-${seed}`,
    count,
    rows,
    columns,
    pixels,
    labels,
    classCount,
    checksum: sha256(pixels, labels),
    origin: `synthetic images, seed ${seed}: ${classCount} patterns of spots, shifted, with noise`,
  });
}

function drawBlobs(random: RandomSource): readonly Blob[] {
  return Array.from({ length: BLOBS_PER_CLASS }, () => ({
    row: 0.15 + 0.7 * random.next(),
    column: 0.15 + 0.7 * random.next(),
    radius: 0.1 + 0.1 * random.next(),
  }));
}

function paintImage(
  image: Uint8Array,
  rows: number,
  columns: number,
  blobs: readonly Blob[],
  noise: number,
  random: RandomSource,
): void {
  const shiftRow = 0.2 * random.next() - 0.1;
  const shiftColumn = 0.2 * random.next() - 0.1;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let value = noise * random.normal();
      for (const blob of blobs) {
        const down = (row + 0.5) / rows - blob.row - shiftRow;
        const right = (column + 0.5) / columns - blob.column - shiftColumn;
        value += Math.exp(-(down * down + right * right) / (2 * blob.radius * blob.radius));
      }
      image[row * columns + column] = Math.round(255 * Math.min(1, Math.max(0, value)));
    }
  }
}
