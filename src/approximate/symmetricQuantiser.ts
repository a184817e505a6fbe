import { ArgumentError } from "../errors";
import { roundHalfEven } from "../numeric/binaryFormat";
import { largestMagnitude, runsOf, type Granularity, type Run } from "./kind/granularity";

/**
 * Weights on symmetric grids of 2^bits − 1 values around 0, one for each layer's weights
 * (`tensor`), one for each output of a layer (`channel`) or for each block of weights of one;
 * biases stay as they are. What the field calls int8.
 */
export interface SymmetricApproximation {
  readonly kind: "symmetric";
  readonly bits: number;
  readonly granularity: Granularity;
}

/**
 * Bits per weight: with one bit there is no grid around 0, and beyond 16 nobody calls them
 * integers.
 */
export const SYMMETRIC_BITS = { smallest: 2, largest: 16 } as const;

/**
 * Weights on symmetric grids as integer inference has them (the `int8` of PyTorch, ONNX and
 * TensorFlow Lite for weights): with Q = 2^(bits−1) − 1 and a step s = max |w| / Q, every w becomes
 * s · q for the whole q nearest to w / s, ties to even. q lies in −Q .. Q, 0 stays 0, and every
 * error is at most s / 2 (up to the binary64 rounding of w / s and of the product).
 *
 * @param weights   `channels` runs of equal length, one per output of the layer
 * @param channels  how many outputs the layer has
 * @returns new values; a grid whose weights are all 0 leaves them 0
 * @throws ArgumentError if the bits make no grid
 */
export function quantiseSymmetrically(
  weights: Readonly<Float64Array>,
  channels: number,
  { bits, granularity }: SymmetricApproximation,
): Float64Array {
  checkSymmetricBits(bits);
  const highest = 2 ** (bits - 1) - 1;
  const rounded = new Float64Array(weights.length);
  for (const { start, end, scale } of symmetricGrids(weights, channels, { bits, granularity })) {
    if (scale === 0) continue;
    for (let index = start; index < end; index++) {
      // A quotient that rounds to more than Q in binary64 still belongs to Q. Adding 0 turns −0
      // into 0.
      const q = Math.min(highest, Math.max(-highest, roundHalfEven(weights[index] / scale) + 0));
      rounded[index] = scale * q;
    }
  }
  return rounded;
}

/** @throws ArgumentError if the bits make no grid around 0 */
export function checkSymmetricBits(bits: number): void {
  const { smallest, largest } = SYMMETRIC_BITS;
  if (Number.isInteger(bits) && bits >= smallest && bits <= largest) return;
  throw new ArgumentError(
    `a symmetric quantiser has ${smallest} to ${largest} whole bits, found ${bits}`,
  );
}

/** Weights that lie on one grid, whose step is `scale`: 0 where all of them are 0. */
export interface SymmetricGrid extends Run {
  readonly scale: number;
}

type GridChoice = Pick<SymmetricApproximation, "bits" | "granularity">;

/** The grids that the weights of a layer are put on. */
export function symmetricGrids(
  weights: Readonly<Float64Array>,
  channels: number,
  { bits, granularity }: GridChoice,
): SymmetricGrid[] {
  const highest = 2 ** (bits - 1) - 1;
  return runsOf(weights.length, channels, granularity).map((run) => ({
    ...run,
    scale: largestMagnitude(weights, run) / highest,
  }));
}

/** The step of its grid at each weight. */
export function spreadScales(
  weights: Readonly<Float64Array>,
  channels: number,
  choice: GridChoice,
): Float64Array {
  const steps = new Float64Array(weights.length);
  for (const { start, end, scale } of symmetricGrids(weights, channels, choice)) {
    steps.fill(scale, start, end);
  }
  return steps;
}
