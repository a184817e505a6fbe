import { ArgumentError } from "../errors";
import { roundHalfEven } from "../numeric/binaryFormat";

/**
 * Weights and biases on one evenly spaced grid of 2^bits values for the whole network. `paper` does
 * what the authors' code does, bit for bit (the paper's 12, 8, 6 and 4 bits); `corrected` keeps
 * every error within half a step.
 */
export interface AffineApproximation {
  readonly kind: "affine";
  readonly bits: number;
  readonly behaviour: "paper" | "corrected";
}

/** An evenly spaced grid: the values `scale · (q − zeroPoint)` for whole q in lowest .. highest. */
export interface AffineQuantiser {
  readonly behaviour: AffineApproximation["behaviour"];
  readonly bits: number;
  /** The step s between neighbours; 0 if all parameters are zero. */
  readonly scale: number;
  /** The whole number z that stands for the value 0. */
  readonly zeroPoint: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Bits per value: beyond 24, a grid would be finer than binary32, which the paper's behaviour ends
 * in.
 */
export const AFFINE_BITS = { smallest: 1, largest: 24 } as const;

/**
 * The grid of 2^bits values for parameters between `lower` and `upper`: q from a = −2^(bits−1) to
 * b = 2^(bits−1) − 1, step s = (upper − lower) / (b − a), and z from (upper·a − lower·b) / (upper −
 * lower).
 *
 * `paper` follows the authors' code: z is cut towards zero. One end of the range then lies up to a
 * whole step outside the grid and is clipped, so errors reach s.
 *
 * `corrected` differs in three ways: z is rounded to nearest, so no end lies more than s/2 outside;
 * the range is first widened to contain 0, so that 0 is always on the grid; and values stay
 * binary64 instead of passing through binary32. Every error is then at most s/2, up to the binary64
 * rounding of w / s (`quantise`).
 *
 * @throws ArgumentError if the range or the bits are not usable
 */
export function createAffineQuantiser(
  lower: number,
  upper: number,
  approximation: AffineApproximation,
): AffineQuantiser {
  const { bits, behaviour } = approximation;
  const { smallest, largest } = AFFINE_BITS;
  if (!Number.isInteger(bits) || bits < smallest || bits > largest) {
    throw new ArgumentError(
      `an affine quantiser has ${smallest} to ${largest} whole bits, found ${bits}`,
    );
  }
  if (!(lower <= upper) || !Number.isFinite(upper - lower)) {
    throw new ArgumentError(
      `an affine quantiser needs a finite range lower <= upper, found ${lower} .. ${upper}`,
    );
  }
  const lowest = -(2 ** (bits - 1));
  const highest = 2 ** (bits - 1) - 1;
  const isPaper = behaviour === "paper";
  const from = isPaper ? lower : Math.min(lower, 0);
  const to = isPaper ? upper : Math.max(upper, 0);
  if (from === to) {
    if (!isPaper) return { behaviour, bits, scale: 0, zeroPoint: 0, lowest, highest };
    throw new ArgumentError(
      `all parameters are ${from}: the paper's quantiser divides by their range; use corrected-${bits}`,
    );
  }
  const zero = (to * lowest - from * highest) / (to - from);
  return {
    behaviour,
    bits,
    scale: (to - from) / (highest - lowest),
    // Adding 0 turns −0 into 0: whole numbers have no sign of zero.
    zeroPoint: (isPaper ? Math.trunc(zero) : roundHalfEven(zero)) + 0,
    lowest,
    highest,
  };
}

/**
 * The value of the grid that a parameter becomes; clipped at the ends, ties to even.
 *
 * `paper` forms the quotient as (1/s)·w and rounds the result to binary32, as the authors' code
 * does. `corrected`: for w in the range, |quantise(w) − w| <= s/2 · (1 + 2^(bits−50)), the second
 * term for the rounding of w / s and of the product.
 */
export function quantise(value: number, quantiser: AffineQuantiser): number {
  const { behaviour, scale, zeroPoint, lowest, highest } = quantiser;
  if (scale === 0) return value;
  if (behaviour === "paper") {
    const q = clip(roundHalfEven((1 / scale) * value + zeroPoint) + 0, lowest, highest);
    return Math.fround(scale * (q - zeroPoint));
  }
  const q = clip(roundHalfEven(value / scale) + zeroPoint, lowest, highest);
  return scale * (q - zeroPoint);
}

function clip(value: number, lowest: number, highest: number): number {
  return Math.min(highest, Math.max(lowest, value));
}
