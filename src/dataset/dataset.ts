import { ArgumentError, ShapeError } from "../errors";

/** Labelled grey images. Pixels are bytes as in the original files, so nothing is lost before analysis. */
export interface Dataset {
  /** Short name that provenance and results carry, such as `mnist-embedded` or `mnist-test`. */
  readonly name: string;
  readonly count: number;
  /** Pixel rows and columns of one image; `rows * columns` pixels a point. */
  readonly rows: number;
  readonly columns: number;
  /** `count * rows * columns` bytes, image after image, row-major. */
  readonly pixels: Uint8Array;
  /** One class per image, 0 .. classCount − 1. */
  readonly labels: Uint8Array;
  readonly classCount: number;
  /** SHA-256 over pixels then labels, hexadecimal: what provenance names. */
  readonly checksum: string;
  /** Where the images came from, in words for a reader; never a path of a machine. */
  readonly origin: string;
}

/**
 * The point `index` of a data set, as network input in [0, 1]: byte / 255.
 *
 * @throws ArgumentError if there is no such point
 */
export function pointOf(dataset: Dataset, index: number): Float64Array {
  if (!Number.isInteger(index) || index < 0 || index >= dataset.count) {
    throw new ArgumentError(
      `data set ${dataset.name} has points 0 to ${dataset.count - 1}, asked for ${index}`,
    );
  }
  const size = dataset.rows * dataset.columns;
  const point = new Float64Array(size);
  for (let pixel = 0; pixel < size; pixel++) {
    point[pixel] = dataset.pixels[index * size + pixel]! / 255;
  }
  return point;
}

/** The label of point `index`. */
export function labelOf(dataset: Dataset, index: number): number {
  const label = dataset.labels[index];
  if (label === undefined) {
    throw new ArgumentError(
      `data set ${dataset.name} has points 0 to ${dataset.count - 1}, asked for ${index}`,
    );
  }
  return label;
}

/** Checks that the arrays of a data set fit together; @throws ShapeError otherwise. */
export function checkDataset(dataset: Dataset): Dataset {
  const expected = dataset.count * dataset.rows * dataset.columns;
  if (dataset.pixels.length !== expected) {
    throw new ShapeError(
      `data set ${dataset.name}: ${dataset.count} images of ${dataset.rows} × ${dataset.columns} need ` +
        `${expected} pixels, found ${dataset.pixels.length}`,
    );
  }
  if (dataset.labels.length !== dataset.count) {
    throw new ShapeError(
      `data set ${dataset.name}: ${dataset.count} images but ${dataset.labels.length} labels`,
    );
  }
  return dataset;
}
