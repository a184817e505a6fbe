/** No change: the twin of a network that equals it. */
export interface NoApproximation {
  readonly kind: "none";
}

/** Weights and biases rounded to IEEE binary16. (the paper's 16 bits) */
export interface HalfApproximation {
  readonly kind: "half";
}

/** Weights and biases rounded to bfloat16. */
export interface Bfloat16Approximation {
  readonly kind: "bfloat16";
}

/**
 * Weights and biases on one evenly spaced grid of 2^bits values for the whole network. `paper` does
 * what the authors' code does, bit for bit (the paper's 12, 8, 6 and 4 bits); `corrected` keeps
 * every error within half a step: see `affineQuantiser.ts`.
 */
export interface AffineApproximation {
  readonly kind: "affine";
  readonly bits: number;
  readonly behaviour: "paper" | "corrected";
}

/**
 * Weights on symmetric grids of 2^bits − 1 values around 0, one for each layer's weights (`tensor`)
 * or one for each output of a layer (`channel`); biases stay as they are. What the field calls
 * int8: see `symmetricQuantiser.ts`.
 */
export interface SymmetricApproximation {
  readonly kind: "symmetric";
  readonly bits: number;
  readonly granularity: "tensor" | "channel";
}

/** The given part of each layer's weights, smallest magnitudes first, set to zero; biases stay. */
export interface PruneApproximation {
  readonly kind: "prune";
  /** 0 .. 100 */
  readonly percent: number;
}

/** What is done to a network's weights to get its twin Ñ. */
export type Approximation =
  | NoApproximation
  | HalfApproximation
  | Bfloat16Approximation
  | AffineApproximation
  | SymmetricApproximation
  | PruneApproximation;
