import { ArgumentError } from "../../errors";
import { requireLabels, type PointSource } from "../../dataset/pointSet";
import { assumptionsOf } from "../../network/assumptions";
import { checkNetwork } from "../../network/shape";
import { approximationOf, checkApproximation, type NamedTwins } from "../approximationOf";
import { checkImages } from "../checkImages";
import { classifying, classifyTask } from "../backend/classifyBlocks";
import type { ClassifyAnswer, ClassifyTask } from "../backend/classifyTask";
import { gradeBlock, type GradedBlock } from "../backend/gradeBlock";
import { checksumsOf, type TwinChecksums } from "../twinChecksum";
import { runItems, type RunningOptions } from "../runItems";

/** Images of one row. */
export const BLOCK_SIZE = 100;

/** Everything that decides the rows of an accuracy run. */
export interface AccuracyExperiment {
  readonly kind: "accuracy";
  readonly network: string;
  /** SHA-256 over all parameters of the network before and after the approximation. */
  readonly networkChecksum: string;
  readonly approximation: string;
  readonly approximatedChecksum: string;
  readonly dataset: string;
  readonly datasetChecksum: string;
  readonly blockSize: number;
}

/** A block of consecutive images: which class the network gives to each. A sample. */
export interface AccuracyRow extends GradedBlock {
  /** Images `block · 100` and on. */
  readonly block: number;
}

/** What is classified, by what. */
export interface AccuracyRun extends NamedTwins {
  readonly dataset: PointSource;
  /** Which blocks of 100 images; all by default. */
  readonly blocks?: readonly number[];
}

export interface AccuracyRunOptions extends RunningOptions {
  /** Called with the number of images done, stored ones included. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface AccuracyOutcome {
  readonly kind: "finished" | "interrupted";
  /** The finished blocks, in the order asked for. */
  readonly rows: readonly AccuracyRow[];
  /** What was assumed of the networks, which their files did not say. */
  readonly assumptions: readonly string[];
}

/**
 * Which images of a data set a network puts into which class, block by block on worker threads.
 *
 * @throws ArgumentError if there is no block, one is not in the data set or named twice, or the
 *   images are no inputs of the network; SolverError naming the image whose logits are not finite
 * @example
 * const graded = await rl.runAccuracy({ ...twins, dataset: digits, blocks: [0] });
 */
export async function runAccuracy(
  run: AccuracyRun,
  options: AccuracyRunOptions = {},
): Promise<AccuracyOutcome> {
  const { dataset } = run;
  checkNetwork(run.approximated);
  checkImages(run.approximated, dataset);
  requireLabels(dataset);
  const checksums = checksumsOf(run);
  checkApproximation(run, checksums);
  const wanted = run.blocks ?? blocksOf(dataset);
  checkBlocks(wanted, dataset);
  const { kind, rows } = await runItems<ClassifyTask, ClassifyAnswer, AccuracyRow>(
    {
      experiment: experimentOf(run, checksums),
      items: wanted,
      noun: "blocks",
      itemOf: ({ block }) => block,
      ...classifying(run.approximated),
      taskOf: (block) => classifyTask(dataset, pointsOf(block, dataset)),
      rowOf: (block, answer) => ({
        block,
        ...gradeBlock(dataset, pointsOf(block, dataset), answer),
      }),
    },
    {
      ...options,
      onRow: (_, { done, total }) => options.onProgress?.(BLOCK_SIZE * done, BLOCK_SIZE * total),
    },
  );
  return { kind, rows, assumptions: assumptionsOf([run.network, run.approximated]) };
}

function blocksOf({ count }: PointSource): number[] {
  return Array.from({ length: Math.ceil(count / BLOCK_SIZE) }, (_, block) => block);
}

function checkBlocks(blocks: readonly number[], { name, count }: PointSource): void {
  if (blocks.length === 0) {
    throw new ArgumentError(`no block of data set ${name} was asked for; name at least one`);
  }
  const seen = new Set<number>();
  for (const block of blocks) {
    if (!(Number.isInteger(block) && block >= 0 && block * BLOCK_SIZE < count)) {
      throw new ArgumentError(
        `data set ${name} has blocks 0 to ${Math.ceil(count / BLOCK_SIZE) - 1} of ${BLOCK_SIZE} ` +
          `images, asked for ${block}`,
      );
    }
    if (seen.has(block)) {
      throw new ArgumentError(
        `block ${block} is named twice; every image counts once, so name each block once`,
      );
    }
    seen.add(block);
  }
}

function pointsOf(block: number, { count }: PointSource): number[] {
  const first = block * BLOCK_SIZE;
  const length = Math.min(BLOCK_SIZE, count - first);
  return Array.from({ length }, (_, offset) => first + offset);
}

function experimentOf(run: AccuracyRun, checksums: TwinChecksums): AccuracyExperiment {
  return accuracyExperiment({
    network: run.network.name,
    approximation: approximationOf(run),
    ...checksums,
    dataset: run.dataset.name,
    datasetChecksum: run.dataset.checksum,
  });
}

/** The experiment of some inputs, with what is the same for all. */
export function accuracyExperiment(
  inputs: Omit<AccuracyExperiment, "kind" | "blockSize">,
): AccuracyExperiment {
  return { kind: "accuracy", ...inputs, blockSize: BLOCK_SIZE };
}
