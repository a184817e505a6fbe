import { ArgumentError } from "../errors";
import { quoteName } from "../quoteName";
import { sha256 } from "./checksum";
import { checkDataset, type Dataset } from "./dataset";

/** Images of one's own, as `createDataset` takes them. */
export interface DatasetParts {
  /** What results call it. */
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  /** Whole numbers 0 to 255, image after image, row by row. */
  readonly pixels: ArrayLike<number>;
  /** One class per image, whole numbers 0 to 255. */
  readonly labels: ArrayLike<number>;
  /** The largest label + 1 unless given. */
  readonly classCount?: number;
  /** Where the images come from, in words. */
  readonly origin?: string;
}

/**
 * A data set from arrays. Pixels are bytes and become inputs as byte / 255; nothing is scaled or
 * rounded here.
 *
 * @throws ArgumentError naming the image and the pixel that is no byte, ShapeError if the arrays do
 *   not fit
 * @example
 * const dots = rl.createDataset({
 *   name: "dots", rows: 1, columns: 2, pixels: [0, 255, 255, 0], labels: [0, 1],
 * });
 */
export function createDataset(parts: DatasetParts): Dataset {
  const { name, rows, columns, origin = "made by hand" } = parts;
  const size = rows * columns;
  const pixels = toBytes(parts.pixels, (index) => {
    const place = size > 0 ? `pixel ${index % size} of image ${Math.floor(index / size)}` : "pixel";
    return `data set ${quoteName(name)}: ${place}`;
  });
  const labels = toBytes(parts.labels, (index) => `data set ${quoteName(name)}: label ${index}`);
  return datasetOfBytes({ ...parts, pixels, labels, origin });
}

/** A data set of images that are bytes already: its count, classes and checksum follow. */
export function datasetOfBytes(
  parts: Pick<Dataset, "name" | "rows" | "columns" | "pixels" | "labels" | "origin"> & {
    readonly classCount?: number;
  },
): Dataset {
  const { name, rows, columns, pixels, labels, origin } = parts;
  const largest = labels.reduce((most, label) => Math.max(most, label), -1);
  const classCount = parts.classCount ?? largest + 1;
  const checksum = sha256(pixels, labels);
  const count = labels.length;
  return checkDataset({ name, count, rows, columns, pixels, labels, classCount, checksum, origin });
}

function toBytes(values: ArrayLike<number>, where: (index: number) => string): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (!Number.isInteger(value) || value < 0 || value > 255) {
      throw new ArgumentError(
        `${where(index)} is ${value}, expected a whole number 0 to 255; where values lie in [0, 1], ` +
          "Math.round(255 * value) makes bytes, if such rounding is what you want",
      );
    }
    bytes[index] = value;
  }
  return bytes;
}
