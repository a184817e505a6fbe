import { inputAt, type PointSource } from "./pointSet";

/**
 * The least and the largest value of each input over a data set: a sample's range, which other data
 * may leave. As a domain it says where bounds are asked for, not where inputs must lie.
 *
 * @example
 * const seen = rl.rangeOf(digits);
 * const within = await rl.appMax(twins, x, { domain: seen });
 */
export function rangeOf(dataset: PointSource): { lower: Float64Array; upper: Float64Array } {
  const lower = inputAt(dataset, 0);
  const upper = lower.slice();
  for (let index = 1; index < dataset.count; index++) {
    const point = inputAt(dataset, index);
    for (let input = 0; input < point.length; input++) {
      if (point[input] < lower[input]) lower[input] = point[input];
      if (point[input] > upper[input]) upper[input] = point[input];
    }
  }
  return { lower, upper };
}
