import { loadMnist } from "../dataset/mnist/loadMnist";
import { KNOWN_DATASETS } from "../dataset/openDataset";
import { openPoints } from "../dataset/openPoints";
import type { PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";

/** Options that say what a network is trained on and tried on. */
export interface TrainingDataFlags {
  readonly data?: string;
  readonly labels?: string;
  readonly testData?: string;
  readonly testLabels?: string;
}

/** Whether data are points or a data set by name, and no folder of MNIST's files. */
export function isOwnData(data: string): boolean {
  return data.toLowerCase().endsWith(".npy") || KNOWN_DATASETS.some(({ name }) => name === data);
}

interface TrainingData {
  readonly training: PointSource;
  readonly test: PointSource | undefined;
}

/**
 * MNIST's two parts, or what `--data` and `--test-data` name.
 *
 * @throws ArgumentError if options do not go together, or what the files' readers throw
 */
export async function openTraining(flags: TrainingDataFlags): Promise<TrainingData> {
  const { data, labels, testData, testLabels } = flags;
  if (testLabels !== undefined && testData === undefined) {
    throw new ArgumentError("--test-labels are for the points of --test-data, which is missing");
  }
  if (data !== undefined && isOwnData(data)) {
    const training = await openPoints(data, { labels });
    const test =
      testData === undefined ? undefined : await openPoints(testData, { labels: testLabels });
    return { training, test };
  }
  if (labels !== undefined || testData !== undefined) {
    throw new ArgumentError(
      "--labels and --test-data are for points.npy or a data set by name as --data; MNIST has its own",
    );
  }
  const training = await loadMnist({ split: "train", directory: data });
  return { training, test: await loadMnist({ split: "test", directory: data }) };
}
