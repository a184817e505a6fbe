import { ShapeError } from "../../errors";
import type { RandomSource } from "../../numeric/random";
import type { Box } from "../box";

/** A corner of a box, each end as likely as the other. */
function randomCorner({ lower, upper }: Box, random: RandomSource): Float64Array {
  return lower.map((low, input) => (random.next() < 0.5 ? low : upper[input]));
}

/** The input of a box that is nearest to a point. */
export function clipTo(x: Readonly<Float64Array>, { lower, upper }: Box): Float64Array {
  if (x.length !== lower.length) {
    throw new ShapeError(
      `a start has ${x.length} numbers, but the box is one of ${lower.length} inputs`,
    );
  }
  return x.map((value, input) => Math.min(upper[input], Math.max(lower[input], value)));
}

/** An input of a box, each as likely as any other. */
function randomInput({ lower, upper }: Box, random: RandomSource): Float64Array {
  return lower.map((low, input) => low + random.next() * (upper[input] - low));
}

/**
 * Where a search begins: points of one's own, brought into the box, and by turns random corners and
 * random inputs, so many in all at least as there are points. Corners are where most is attained;
 * but where values are clipped, nothing may lead away from one.
 */
export function startsIn(
  box: Box,
  count: number,
  points: readonly Readonly<Float64Array>[],
  random: RandomSource,
): Float64Array[] {
  const given = points.map((x) => clipTo(x, box));
  const missing = Math.max(0, count - given.length);
  const drawn = Array.from({ length: missing }, (_, k) =>
    k % 2 === 0 ? randomCorner(box, random) : randomInput(box, random),
  );
  return [...given, ...drawn];
}
