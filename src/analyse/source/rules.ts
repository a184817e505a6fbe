import type { Network } from "../../network/network";
import type { AffineStep, Step } from "../../network/layer/step";
import type { Intervals } from "../intervals";
import type { Grid } from "./grid";

/**
 * An enclosure of what a source adds to the sums of an affine layer, before the sums are widened by
 * their own rounding: that is done once, with all that is added to them.
 */
export interface LocalSum {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Arrays that add up to the magnitudes of all that was summed. */
  readonly magnitudes: readonly Float64Array[];
}

/** A layer of the twins, and what is known of the values that it reads. */
export interface Site<S extends Step = Step> {
  /** Counted from 0. */
  readonly layer: number;
  readonly step: S;
  readonly approximatedStep: S;
  /** N's. */
  readonly values: readonly Intervals[];
  /** How far Ñ's lie from them. */
  readonly errors: readonly Intervals[];
}

/** A layer of the twins at one input. */
export interface PointSite {
  /** Counted from 0. */
  readonly layer: number;
  readonly step: Step;
  readonly approximatedStep: Step;
  /** What N's layer reads. */
  readonly values: readonly Readonly<Float64Array>[];
  /** What Ñ's reads. */
  readonly approximatedValues: readonly Readonly<Float64Array>[];
}

/** What a source may ask of others: which values they round to which grids. */
export interface RoundingSource {
  readonly kind: string;
  readonly rounded?: readonly { readonly value: number; readonly grid: Grid }[];
}

/** What every kind of source says of itself; how errors travel on is no business of sources. */
export interface SourceRules<S extends { readonly kind: string }> {
  /** As messages name it. */
  readonly name: string;
  /** Whether Ñ stays a network of affine pieces, as AppMax's programs need it. */
  readonly isPiecewiseAffine: boolean;
  /**
   * @param sources  all that Ñ has
   * @throws ArgumentError or ShapeError saying what is wrong with it as a source of this Ñ
   */
  check(source: S, approximated: Network, sources: readonly RoundingSource[]): void;
  /** What it adds to the sums of an affine layer; undefined for nothing. */
  localSum(source: S, site: Site<AffineStep>): LocalSum | undefined;
  /**
   * What it adds to value `value` (0 is the input, n what the n-th layer yields), of which Ñ's own
   * lies in an enclosure; undefined for nothing.
   */
  localError(source: S, value: number, enclosure: Intervals): Intervals | undefined;
  /**
   * What it adds to what a layer yields at one input, as `localSum` does over a box; undefined for
   * nothing. What it does to a value already yielded, `apply` says.
   */
  localAt?(source: S, site: PointSite): Float64Array | undefined;
  /**
   * What it makes of that value of Ñ, in place; nothing where it acts within sums.
   *
   * @returns whether it acts on that value at all
   */
  apply?(source: S, value: number, numbers: Float64Array): boolean;
}
