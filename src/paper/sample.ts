import type { Dataset } from "../dataset/dataset";
import { findMnist } from "../dataset/mnist/findMnist";
import { samplePoints } from "../experiment/points";
import { formatCount } from "../present/numberFormat";
import { ownDataset } from "./ownDatasets";

/** The seed of every sample that the exhibits draw. */
export const SAMPLE_SEED = 2025;

/** What images an exhibit is computed on. */
export interface SampleChoice {
  /**
   * A name or directory for `openDataset`; the full MNIST where it is found, else the embedded
   * digits.
   */
  readonly data?: string;
  /** How many points, drawn with the seed; each exhibit has its default. */
  readonly points?: number;
  readonly seed?: number;
}

/** Points of a data set that an exhibit is computed on, and a sentence that says which they are. */
export interface Sample {
  readonly dataset: Dataset;
  readonly points: readonly number[];
  readonly description: string;
}

/**
 * The sample of an exhibit.
 *
 * @param split         which part of the full MNIST the paper uses
 * @param defaultCount  points when the choice names none
 */
export async function openSample(
  choice: SampleChoice,
  split: "mnist" | "mnist-test",
  defaultCount: number,
): Promise<Sample> {
  const name = choice.data ?? ((await findMnist()) === undefined ? "mnist-embedded" : split);
  const dataset = await ownDataset(name);
  const count = Math.min(choice.points ?? defaultCount, dataset.count);
  const seed = choice.seed ?? SAMPLE_SEED;
  const points = samplePoints(count, seed, dataset.count);
  const description =
    `${formatCount(count)} of the ${formatCount(dataset.count)} images of ${dataset.name}, drawn with seed ${seed}` +
    (name === "mnist-embedded" ? " (these are training images)" : "");
  return { dataset, points, description };
}
