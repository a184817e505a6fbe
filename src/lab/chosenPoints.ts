import { checkPoints, type PointSource } from "../dataset/pointSet";
import { ArgumentError } from "../errors";
import { parsePoints, POINTS_GRAMMAR } from "../experiment/points";

/** Points of a data set as options name them: indices, or a text such as `"0:20"` or `"all"`. */
export type PointChoice = readonly number[] | string;

/**
 * The points that a choice names, in its order.
 *
 * @throws ArgumentError if one is not in the data set or a text cannot be read
 */
export function chosenPoints(dataset: PointSource, which: PointChoice): readonly number[] {
  const points = typeof which === "string" ? parsePoints(which, dataset.count) : which;
  checkPoints(dataset, points);
  return points;
}

/**
 * Likewise, for what does not take all points unless it is told to: nobody waits an hour for a word
 * that was left out.
 *
 * @param what  what needs them, as the beginning of a sentence
 * @throws ArgumentError if there is no choice
 */
export function requiredPoints(
  dataset: PointSource,
  which: PointChoice | undefined,
  what: string,
): readonly number[] {
  if (which !== undefined) return chosenPoints(dataset, which);
  throw new ArgumentError(
    `${what} needs to know which points of ${dataset.name}: { points } takes indices, or ` +
      `${POINTS_GRAMMAR} as a text`,
  );
}
