import type { Kernels } from "../../numeric/kernels";
import { createMatrix, rowOf } from "../../numeric/matrix";
import { absoluteError } from "../roundingError";
import { checkPiecewiseAffine } from "../source/checkPiecewiseAffine";
import type { Twins } from "../twin";
import { alongSegment, type AlongSegment } from "./alongSegment";

/** E on the straight way from one input to another. */
export interface SegmentError {
  /** The largest E on the way, at its witness: attained, and nowhere on the way is more. */
  readonly value: number;
  readonly witness: Float64Array;
  /** Where it lies: the part of the way, from 0 to 1. */
  readonly at: number;
  /** The mean of E over the way. E takes it somewhere on it. */
  readonly mean: number;
  /** How many pieces the way falls into on which both networks are affine. */
  readonly pieces: number;
}

/**
 * E on a segment, from all places where a neuron of either network switches: between them both
 * networks are affine, so that E is convex there and largest at an end. Exact but for the rounding
 * of those places and of sums.
 *
 * @throws ArgumentError if Ñ is not affine piece by piece
 */
export function segmentError(
  twins: Twins,
  kernels: Kernels,
  from: Readonly<Float64Array>,
  to: Readonly<Float64Array>,
): SegmentError {
  checkPiecewiseAffine(twins, "E on a segment");
  const sides = [twins.network, twins.approximated].map((network) =>
    alongSegment(network, kernels, from, to),
  );
  const at = merged(sides.map((side) => side.at));
  const [ours, theirs] = sides.map((side) => readAt(side, at));
  const differences = createMatrix(
    at.length,
    ours.columns,
    theirs.data.map((value, index) => value - ours.data[index]),
  );
  let best = 0;
  let most = -Infinity;
  let integral = 0;
  for (let row = 0; row < at.length; row++) {
    const here = rowOf(differences, row);
    const error = here.reduce((sum, value) => sum + Math.abs(value), 0);
    if (error > most) [most, best] = [error, row];
    if (row === 0) continue;
    const before = rowOf(differences, row - 1);
    const width = at[row] - at[row - 1];
    integral += width * here.reduce((sum, end, k) => sum + meanMagnitude(before[k], end), 0);
  }
  const witness = inputAt(from, to, at[best]);
  const value = absoluteError(twins, witness);
  return { value, witness, at: at[best], mean: integral, pieces: at.length - 1 };
}

/** The mean of |v| while v goes evenly from one number to another. */
function meanMagnitude(one: number, other: number): number {
  const sum = Math.abs(one) + Math.abs(other);
  if (sum === 0 || one * other >= 0) return sum / 2;
  return (one * one + other * other) / (2 * sum);
}

function inputAt(
  from: Readonly<Float64Array>,
  to: Readonly<Float64Array>,
  share: number,
): Float64Array {
  // Both ends are met to the last bit.
  return from.map((value, input) =>
    share === 1 ? to[input] : value + share * (to[input] - value),
  );
}

/** All numbers of rising lists, each once. */
function merged(lists: readonly Float64Array[]): Float64Array {
  return Float64Array.from(new Set(lists.flatMap((list) => Array.from(list)))).sort();
}

/** The logits at other places, between those that are known. */
function readAt({ at, logits }: AlongSegment, places: Readonly<Float64Array>) {
  const out = createMatrix(places.length, logits.columns);
  let row = 0;
  places.forEach((place, k) => {
    while (row + 2 < at.length && at[row + 1] < place) row++;
    const width = at[row + 1] - at[row];
    const share = width > 0 ? (place - at[row]) / width : 0;
    const [one, other] = [rowOf(logits, row), rowOf(logits, row + 1)];
    const to = rowOf(out, k);
    for (let output = 0; output < to.length; output++) {
      to[output] = one[output] + share * (other[output] - one[output]);
    }
  });
  return out;
}
