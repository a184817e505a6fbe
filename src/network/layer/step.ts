import type { PerChannel } from "./perChannel";
import type { Term } from "./term";
import type { WindowSizes } from "./window";

/*
 * What a layer does, whatever its kind: one of three. All that is computed of a network, forwards,
 * backwards, in intervals or as rows, is written once for each of them (decision 74).
 */

/** y = Σ_k terms[k](source k) + bias; one bias per value, or one for each run of equally many. */
export interface AffineStep {
  readonly form: "affine";
  readonly size: number;
  /** One for each source. */
  readonly terms: readonly Term[];
  readonly bias?: Float64Array;
}

/**
 * A continuous function of one value, applied to each: on piece p, from knot p − 1 up to knot p, it
 * is v ↦ slopes[p] v + intercepts[p]. A value on a knot belongs to the piece above.
 */
export interface PiecesStep {
  readonly form: "pieces";
  readonly size: number;
  readonly pixels: number;
  /** Rising; one fewer than there are pieces. */
  readonly knots: readonly PerChannel[];
  readonly slopes: readonly PerChannel[];
  readonly intercepts: readonly PerChannel[];
}

/** The maximum over each of many windows of the values. */
export interface MaxStep {
  readonly form: "max";
  readonly size: number;
  readonly windows: WindowSizes;
}

export type Step = AffineStep | PiecesStep | MaxStep;

/** The three words for what a layer can be. */
export type StepForm = Step["form"];
