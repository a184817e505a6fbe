import { InvariantError } from "../errors";
import type { Proof } from "./proof";

/**
 * A number that is not known exactly, from both sides:
 *
 *     lower ≤ the number ≤ upper
 *
 * Where there is a witness, the lower end is attained at it; else both ends are bounds.
 */
export interface Enclosure<Witness = Readonly<Float64Array>> {
  readonly lower: number;
  readonly upper: number;
  readonly witness?: Witness;
  /** What the bounds are proved for. */
  readonly proof: Proof;
}

/** @throws InvariantError if the ends are not in order, or are no numbers */
export function createEnclosure<Witness>(parts: Enclosure<Witness>): Enclosure<Witness> {
  if (parts.lower <= parts.upper) return parts;
  throw new InvariantError(
    `an enclosure from ${parts.lower} to ${parts.upper} holds nothing; both ends are about one number`,
  );
}

/** Two ends, whatever they enclose. */
type Ends = Pick<Enclosure, "lower" | "upper">;

/** How far apart the ends are. */
export function widthOf({ lower, upper }: Ends): number {
  return upper - lower;
}

/** Binary64 has no more. */
const MOST_DIGITS = 16;

/** In how many decimal digits the ends agree, 0 to 16. */
export function agreedDigits({ lower, upper }: Ends): number {
  if (upper === lower) return MOST_DIGITS;
  const apart = Math.abs(upper - lower) / Math.abs(upper);
  if (!(apart < 1)) return 0;
  return Math.max(0, Math.min(MOST_DIGITS, Math.floor(-Math.log10(apart))));
}

/**
 * What two enclosures of the same number come to together. The witness is that of the larger lower
 * end; the weaker of the two proofs is what the whole is proved for.
 *
 * @throws InvariantError if they have nothing in common: one of them is wrong
 */
export function intersect<Witness>(
  one: Enclosure<Witness>,
  other: Enclosure<Witness>,
): Enclosure<Witness> {
  const { lower, witness } = other.lower > one.lower ? other : one;
  const upper = Math.min(one.upper, other.upper);
  const proof = one.proof === other.proof ? one.proof : "rounding";
  return createEnclosure({ lower, upper, ...(witness === undefined ? {} : { witness }), proof });
}
