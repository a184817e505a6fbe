import { inputAt, type PointSource } from "../../dataset/pointSet";
import type { Network } from "../../network/network";
import type { ClassifyAnswer, ClassifyTask } from "./classifyTask";
import type { ClassifyWorkerData } from "./classifyWorker";
import { shareNetwork } from "./sharedNetwork";
import { shareWork } from "./workers";

/** How images are classified: nothing here changes a class. */
export interface ClassifyOptions {
  readonly workers?: number;
  readonly signal?: AbortSignal;
  /** Called as blocks are done, in any order, with the classes of the block's images. */
  readonly onBlock?: (block: number, answer: ClassifyAnswer) => void;
}

/**
 * The class that a network gives to each image of some blocks of points: the index of its largest
 * logit, in binary64, on worker threads. An image's class depends neither on their number nor on
 * the blocks.
 *
 * @returns whether all blocks were done, or the signal ended it first
 */
export async function classifyBlocks(
  network: Network,
  dataset: PointSource,
  blocks: readonly (readonly number[])[],
  options: ClassifyOptions = {},
): Promise<"finished" | "interrupted"> {
  const { worker, dataOf } = classifying(network);
  const tasks = blocks.map((block) => () => classifyTask(dataset, block));
  return shareWork<ClassifyTask, ClassifyAnswer>(worker, dataOf(), tasks, {
    workers: options.workers,
    signal: options.signal,
    onAnswer: (block, answer) => options.onBlock?.(block, answer),
  });
}

/** What threads that classify with a network run, and what each is given. */
export function classifying(network: Network): {
  readonly worker: string;
  readonly dataOf: () => Omit<ClassifyWorkerData, "stop">;
} {
  return { worker: "classifyWorker", dataOf: () => ({ network: shareNetwork(network) }) };
}

/** The task of some images of a data set. */
export function classifyTask(dataset: PointSource, images: readonly number[]): ClassifyTask {
  return { images, points: images.map((image) => inputAt(dataset, image)) };
}
