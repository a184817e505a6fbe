import { knownLabel, type PointSource } from "../../dataset/pointSet";
import type { ClassifyAnswer } from "./classifyTask";

/** Some images with the classes that a network gives to them. A sample. */
export interface GradedBlock {
  readonly classes: readonly number[];
  /** How many of them are the images' labels. */
  readonly correct: number;
  readonly milliseconds: number;
}

/** Compares the classes of some points with their labels. */
export function gradeBlock(
  dataset: PointSource,
  points: readonly number[],
  { classes, milliseconds }: ClassifyAnswer,
): GradedBlock {
  const right = classes.filter((found, at) => found === knownLabel(dataset, points[at]));
  return { classes, correct: right.length, milliseconds: Math.round(10 * milliseconds) / 10 };
}
