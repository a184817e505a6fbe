import { findMnist } from "../dataset/mnist/findMnist";
import { ArgumentError, InvariantError } from "../errors";
import { ACCURACY_DATA, loadAccuracy } from "../experiment/variant/loadAccuracy";
import { samplePoints } from "../experiment/points";
import { runAccuracy } from "../experiment/variant/runAccuracy";
import type { Network } from "../network/network";
import { declaredFrame } from "../present/frame/declaredFrame";
import type { DataFrame } from "../present/frame/frameType";
import { reportProgress } from "../present/progress/progressDisplay";
import { RECHECKED_CLASSES_COLUMNS, type RecheckedClasses } from "./columns/rechecked";
import { noteFrame } from "./noteFrame";
import { SAMPLE_SEED } from "./sample";
import { TABLE_2_APPROXIMATIONS } from "./table2Approximations";
import { recheckWorkers } from "./recheckWorkers";
import { twinOf } from "./ownNetworks";
import { ownDataset } from "./ownDatasets";

/** Blocks of 100 images when no number is asked for. */
const DEFAULT_BLOCKS = 1;

/**
 * Classifies some blocks of 100 test images anew, at all precisions of Table 2, and compares the
 * classes with the stored ones.
 *
 * @param count  blocks, drawn with the seed of all samples
 * @returns none where the full MNIST is not found, since the stored classes are of its test images
 * @throws InvariantError if a class differs
 */
export async function recheckTable2(
  networks: readonly Network[],
  count = DEFAULT_BLOCKS,
): Promise<RecheckedClasses[]> {
  if (count < 1) throw new ArgumentError(`a recheck needs at least one block, found ${count}`);
  if ((await findMnist()) === undefined) return [];
  const dataset = await ownDataset(ACCURACY_DATA);
  const progress = reportProgress("recheck-table-2");
  const found: RecheckedClasses[] = [];
  const total = networks.length * TABLE_2_APPROXIMATIONS.length;
  for (const network of networks) {
    for (const { approximation, rows } of loadAccuracy(network, TABLE_2_APPROXIMATIONS)) {
      const chosen = samplePoints(Math.min(count, rows.length), SAMPLE_SEED, rows.length);
      const stored = chosen.map((index) => rows[index]);
      const { rows: live } = await runAccuracy(
        {
          network,
          approximated: twinOf(network, approximation),
          dataset,
          blocks: stored.map(({ block }) => block),
        },
        { workers: recheckWorkers(stored.length) },
      );
      const before = stored.flatMap(({ classes }) => classes);
      const now = live.flatMap(({ classes }) => classes);
      const changed = now.filter((found, image) => found !== before[image]).length;
      found.push({ network: network.name, approximation, images: now.length, changed });
      progress.update({ label: network.name, done: found.length, total });
    }
  }
  const worst = found.find(({ changed }) => changed > 0);
  if (worst !== undefined) {
    throw new InvariantError(
      `${worst.changed} of ${worst.images} images get another class from ${worst.network} ` +
        `(${worst.approximation}) than is stored`,
    );
  }
  return found;
}

/** Rechecked classes as a DataFrame. */
export function recheckedClassesFrame(rows: readonly RecheckedClasses[]): DataFrame {
  if (rows.length === 0) {
    return noteFrame(
      "Nothing was computed anew: it takes the MNIST test images (roundlab data fetch mnist)",
    );
  }
  return declaredFrame(RECHECKED_CLASSES_COLUMNS, rows, {
    caption: "Stored classes, computed anew",
  });
}
