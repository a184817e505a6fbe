import { pointOf, type Dataset } from "./dataset";

/**
 * The least and the largest value of each input over a data set: a sample's range, which other data
 * may leave. As a domain it says where bounds are asked for, not where inputs must lie.
 */
export function rangeOf(dataset: Dataset): { lower: Float64Array; upper: Float64Array } {
  const lower = pointOf(dataset, 0);
  const upper = lower.slice();
  for (let index = 1; index < dataset.count; index++) {
    const point = pointOf(dataset, index);
    for (let input = 0; input < point.length; input++) {
      if (point[input] < lower[input]) lower[input] = point[input];
      if (point[input] > upper[input]) upper[input] = point[input];
    }
  }
  return { lower, upper };
}
