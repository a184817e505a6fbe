import { ArgumentError, ShapeError } from "../errors";

/** A box around a point: its inputs may move so far, or only some of them. */
export interface Around {
  /** The point, one number for each input. */
  readonly around: ArrayLike<number>;
  /** By how much an input may move to either side; as far as the box goes if it is not said. */
  readonly radius?: number;
  /** The inputs that may move, counted from 0; all if they are not said. */
  readonly free?: readonly number[];
}

/** Ends of intervals, the same for all inputs or one for each. */
interface Within {
  readonly lower: number | Readonly<Float64Array>;
  readonly upper: number | Readonly<Float64Array>;
}

/**
 * The ends of a box around a point within another box.
 *
 * @throws ArgumentError if the radius is none, an input is none of the point's or the point lies
 *   outside, ShapeError if the box has ends for another number of inputs
 */
export function endsAround(
  { around, radius = Infinity, free }: Around,
  within: Within,
): { readonly lower: Float64Array; readonly upper: Float64Array } {
  if (!(radius >= 0)) {
    throw new ArgumentError(`the radius of a domain is ${radius}, expected a number from 0`);
  }
  const point = Float64Array.from(around);
  const odd = free?.find((input) => !(Number.isInteger(input) && point[input] !== undefined));
  if (odd !== undefined) {
    throw new ArgumentError(
      `input ${odd} is to be free, but the point has inputs 0 to ${point.length - 1}`,
    );
  }
  const isFree = new Set(free ?? point.keys());
  const [low, high] = [spread(within.lower, point.length), spread(within.upper, point.length)];
  const outside = point.findIndex((value, input) => !(value >= low[input] && value <= high[input]));
  if (outside !== -1) {
    throw new ArgumentError(
      `input ${outside} of the point is ${point[outside]}, outside [${low[outside]}, ` +
        `${high[outside]}]; give a larger box, or a point in it`,
    );
  }
  const moved = (by: number) => (value: number, input: number) =>
    isFree.has(input) ? Math.min(high[input], Math.max(low[input], value + by)) : value;
  return { lower: point.map(moved(-radius)), upper: point.map(moved(radius)) };
}

function spread(ends: number | Readonly<Float64Array>, inputs: number): Readonly<Float64Array> {
  if (typeof ends === "number") return new Float64Array(inputs).fill(ends);
  if (ends.length === inputs) return ends;
  throw new ShapeError(
    `the point has ${inputs} inputs, but the box around it has ends for ${ends.length}`,
  );
}
