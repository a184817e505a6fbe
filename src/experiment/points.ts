import { ArgumentError } from "../errors";
import { plainText } from "../quoteName";
import { createRandom, permutation } from "../numeric/random";

/** The grammar of `parsePoints`, for messages and help. */
export const POINTS_GRAMMAR =
  "a list of indices and half-open ranges (0:20 or 3,7,100:110), sample:COUNT or sample:COUNT:SEED, or all";

/**
 * The points of a data set that a text names, in its order.
 *
 * | text             | meaning                                                    |
 * | ---------------- | ---------------------------------------------------------- |
 * | `0:20`           | points 0 to 19                                             |
 * | `3,7,100:110`    | these, in this order                                       |
 * | `sample:500:7`   | 500 distinct points drawn with seed 7 (seed 1 if left out) |
 * | `all`            | every point                                                |
 *
 * @throws ArgumentError quoting the part that cannot be read or lies outside the data set, or if a
 *   point is named twice
 */
export function parsePoints(text: string, count: number): number[] {
  if (text === "all") return Array.from({ length: count }, (_, point) => point);
  const sample = /^sample:(\d+)(?::(\d+))?$/.exec(text);
  if (sample !== null) return samplePoints(Number(sample[1]), Number(sample[2] ?? 1), count);
  const points = text.split(",").flatMap((part) => parseRange(part.trim(), count));
  const seen = new Set<number>();
  const twice = points.find((point) => seen.size === seen.add(point).size);
  if (twice !== undefined) {
    throw new ArgumentError(
      `"${plainText(text)}" names point ${twice} twice; every point counts once, so name each once`,
    );
  }
  return points;
}

/**
 * `size` distinct points, the first of a seeded permutation: a larger sample contains a smaller
 * one.
 * @example
 * rl.samplePoints(3, rl.paper.SAMPLE_SEED, digits.count)
 */
export function samplePoints(size: number, seed: number, count: number): number[] {
  if (size < 1 || size > count) {
    throw new ArgumentError(`a sample of ${size} points cannot be drawn from ${count}`);
  }
  return [...permutation(count, createRandom(seed)).subarray(0, size)];
}

function parseRange(part: string, count: number): number[] {
  const range = /^(\d+)(?::(\d+))?$/.exec(part);
  if (range === null) {
    throw new ArgumentError(`cannot read "${plainText(part)}" as points; use ${POINTS_GRAMMAR}`);
  }
  const first = Number(range[1]);
  const end = range[2] === undefined ? first + 1 : Number(range[2]);
  if (end <= first) throw new ArgumentError(`the range ${part} has no points; its end is left out`);
  if (end > count) {
    throw new ArgumentError(
      `points ${part} go beyond the data set, whose points are 0 to ${count - 1}`,
    );
  }
  return Array.from({ length: end - first }, (_, offset) => first + offset);
}
