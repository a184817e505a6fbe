import { ArgumentError } from "../errors";
import { inputAt, knownLabel, type PointSource } from "./pointSet";

/** Which points a range is of. */
export interface RangeOptions {
  /** Those of this class alone; all unless it is said. */
  readonly label?: number;
}

/**
 * The least and the largest value of each input over a data set: a sample's range, which other data
 * may leave. As a domain it says where bounds are asked for, not where inputs must lie.
 *
 * @throws ArgumentError if no point is of the class
 * @example
 * const seen = rl.rangeOf(digits);
 * const within = await rl.appMax(twins, x, { domain: seen });
 */
export function rangeOf(
  dataset: PointSource,
  { label }: RangeOptions = {},
): { lower: Float64Array; upper: Float64Array } {
  const lower = inputAt(dataset, 0).fill(Infinity);
  const upper = lower.map(() => -Infinity);
  for (let index = 0; index < dataset.count; index++) {
    if (label !== undefined && knownLabel(dataset, index) !== label) continue;
    const point = inputAt(dataset, index);
    for (let input = 0; input < point.length; input++) {
      if (point[input] < lower[input]) lower[input] = point[input];
      if (point[input] > upper[input]) upper[input] = point[input];
    }
  }
  if (lower[0] <= upper[0]) return { lower, upper };
  throw new ArgumentError(`no point of ${dataset.name} is of class ${label}; its range is empty`);
}
