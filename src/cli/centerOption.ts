import { openPoints } from "../dataset/openPoints";
import { inputAt, type PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import { checkImages } from "../experiment/checkImages";
import type { Network } from "../network/network";
import { plainText, quoteName } from "../quoteName";
import { readJsonFile } from "./jsonFile";

/** What `--center` takes, for its help. */
export const CENTER_HELP =
  "a point: its number in --data, a .json list of inputs, or points.npy with one point";

/**
 * The point of `--center`: by its number in the data, a list, or the only one of a NumPy file.
 *
 * @throws ArgumentError saying what it takes, or of which file what is wrong
 */
export async function centerOf(
  center: string,
  data: string,
  networks: readonly Network[],
): Promise<Float64Array> {
  if (/^\d+$/.test(center)) return inputAt(await openFitting(data, networks), Number(center));
  const file = center.toLowerCase();
  if (file.endsWith(".json")) return readList(center, networks);
  if (!file.endsWith(".npy")) {
    throw new ArgumentError(
      "--center takes the number of a point in --data, a .json list or a .npy file, found " +
        `"${plainText(center)}"`,
    );
  }
  const points = await openFitting(center, networks);
  if (points.count === 1) return inputAt(points, 0);
  throw new ArgumentError(
    `--center ${quoteName(center)} has ${points.count} points, expected one; --data takes many`,
  );
}

/** Points that are inputs of all the networks. */
export async function openFitting(
  name: string,
  networks: readonly Network[],
): Promise<PointSource> {
  const points = await openPoints(name);
  for (const network of networks) checkImages(network, points);
  return points;
}

function readList(file: string, networks: readonly Network[]): Float64Array {
  const place = `--center ${quoteName(file)}`;
  const found: unknown = readJsonFile(file, place, "[0, 0.5, …]");
  if (!(Array.isArray(found) && found.every((value) => typeof value === "number"))) {
    throw new ArgumentError(`${place}: expected a list of numbers`);
  }
  const other = networks.find(({ inputSize }) => inputSize !== found.length);
  if (other === undefined) return Float64Array.from(found);
  throw new ArgumentError(
    `${place} has ${found.length} numbers, but ${other.name} takes ${other.inputSize} inputs`,
  );
}
