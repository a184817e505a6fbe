import { ArgumentError, ShapeError } from "../errors";
import { quoteName } from "../quoteName";

/**
 * Labelled grey images. Pixels are bytes as in the original files, so nothing is lost before
 * analysis.
 */
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
 * @throws ArgumentError if there is no such point, or the pixels are no bytes
 * @example
 * const x = rl.pointOf(digits, 0);
 */
export function pointOf(dataset: Dataset, index: number): Float64Array {
  requireBytes(dataset);
  if (!Number.isInteger(index) || index < 0 || index >= dataset.count) {
    throw new ArgumentError(
      `data set ${dataset.name} has points 0 to ${dataset.count - 1}, asked for ${index}`,
    );
  }
  const size = dataset.rows * dataset.columns;
  const point = new Float64Array(size);
  for (let pixel = 0; pixel < size; pixel++) {
    point[pixel] = dataset.pixels[index * size + pixel] / 255;
  }
  return point;
}

/**
 * The label of point `index`.
 *
 * @example
 * rl.labelOf(digits, 0)
 */
export function labelOf(dataset: Dataset, index: number): number {
  const label = dataset.labels[index];
  if (label === undefined) {
    throw new ArgumentError(
      `data set ${dataset.name} has points 0 to ${dataset.count - 1}, asked for ${index}`,
    );
  }
  return label;
}

/**
 * Checks a data set at the door: sizes, and that its pixels and labels are what they are said to
 * be.
 *
 * @throws ShapeError if the arrays do not fit together or there is no image, ArgumentError if the
 *   pixels are no bytes or a label is no class
 */
export function checkDataset(dataset: Dataset): Dataset {
  const { count, rows, columns, classCount } = dataset;
  const name = `data set ${quoteName(dataset.name)}`;
  for (const [what, size] of Object.entries({ count, rows, columns, classCount })) {
    if (Number.isSafeInteger(size) && size >= 1) continue;
    throw new ShapeError(`${name}: ${what} must be a whole number >= 1, found ${size}`);
  }
  requireBytes(dataset);
  const expected = count * rows * columns;
  if (dataset.pixels.length !== expected) {
    throw new ShapeError(
      `${name}: ${count} images of ${rows} × ${columns} need ${expected} pixels, ` +
        `found ${dataset.pixels.length}`,
    );
  }
  if (dataset.labels.length !== count) {
    throw new ShapeError(`${name}: ${count} images but ${dataset.labels.length} labels`);
  }
  const odd = dataset.labels.findIndex(
    (label) => !Number.isInteger(label) || label < 0 || label >= classCount,
  );
  if (odd !== -1) {
    throw new ArgumentError(
      `${name}: label ${odd} is ${dataset.labels[odd]}, but the classes are 0 to ${classCount - 1}`,
    );
  }
  return dataset;
}

/** Bytes are divided by 255, other numbers are not: so pixels that are no bytes are refused. */
function requireBytes({ name, pixels }: Dataset): void {
  // By name, for arrays of notebook cells and of workers belong to another realm.
  const kind = Object.prototype.toString.call(pixels).slice(8, -1);
  if (kind === "Uint8Array" || kind === "Uint8ClampedArray") return;
  throw new ArgumentError(
    `data set ${quoteName(name)}: its pixels are a ${kind}, expected bytes (Uint8Array), which become ` +
      "inputs as byte / 255; for other numbers there is points([…]), or " +
      "bytes by Math.round(255 * value) where values lie in [0, 1]",
  );
}
