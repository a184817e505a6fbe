import { basename } from "node:path";
import { ArgumentError, ShapeError } from "../errors";
import { plainText, quoteName } from "../quoteName";
import { pathKind, readUserFile } from "../userFile";
import type { MnistPlaces } from "./mnist/findMnist";
import { parseNpy, type NpyArray } from "./format/npy";
import { openDataset } from "./openDataset";
import { points, type PointSource } from "./pointSet";

/** What `openPoints` takes beside the name. */
export interface OpenPointsOptions extends MnistPlaces {
  /** A NumPy file with one class for each point of a NumPy file. */
  readonly labels?: string;
}

/**
 * Points by a name, as `openDataset` takes it, or from a NumPy file: an array whose first index
 * counts points; what the others count is one input after another, as the network takes them.
 *
 * @throws FormatError if a file is no such array, ShapeError if its shape is none of points,
 *   ArgumentError if there are labels without such a file, or what `openDataset` throws
 * @example
 * const images = await rl.openPoints("mnist-embedded");
 */
export async function openPoints(
  name: string,
  { labels, ...places }: OpenPointsOptions = {},
): Promise<PointSource> {
  if (!name.toLowerCase().endsWith(".npy")) {
    if (labels === undefined) return openDataset(name, places);
    throw new ArgumentError(
      `labels are for points of a .npy file; data set ${quoteName(name)} has its own`,
    );
  }
  const file = await readNpy(name, "points");
  const { shape, values } = file;
  const [count = 0, ...rest] = shape;
  const inputs = rest.reduce((product, length) => product * length, 1);
  if (rest.length === 0 || values.length === 0) {
    throw new ShapeError(
      `points ${quoteName(name)}: expected the shape (points, inputs) or (points, channels, rows, columns), ` +
        `found (${shape.join(", ")})`,
    );
  }
  const rows = Array.from({ length: count }, (_, point) =>
    values.subarray(point * inputs, (point + 1) * inputs),
  );
  const stem = plainText(basename(name));
  return points(rows, {
    name: stem,
    origin: `NumPy file ${stem}`,
    labels: labels === undefined ? undefined : await readLabels(labels),
  });
}

async function readLabels(path: string): Promise<Float64Array> {
  const { shape, values } = await readNpy(path, "labels");
  if (shape.length === 1) return values;
  throw new ShapeError(
    `labels ${quoteName(path)}: expected one class for each point, found the shape (${shape.join(", ")})`,
  );
}

async function readNpy(path: string, what: string): Promise<NpyArray> {
  const kind = await pathKind(path);
  if (kind !== "file") {
    throw new ArgumentError(`${what}: there is no file ${quoteName(path)}; give a .npy file`);
  }
  return parseNpy(await readUserFile(path), `${what} ${quoteName(path)}`);
}
