import type { Parameter } from "../../network/layer/layerRules";
import type { Network } from "../../network/network";

/** A form that names of approximations have. */
export interface Form {
  /** As the grammar writes it. */
  readonly text: string;
  /** Names of this form with a number in it, to hold a mistyped name against. */
  readonly names: (number: string) => readonly string[];
}

/** Where a parameter that is to be rounded stands. */
export interface Place {
  /** Counted from 0. */
  readonly layer: number;
  /** As messages name it: `weights of layer 1 (dense) of net1`. */
  readonly where: string;
}

/** New values for a parameter, as many. */
export type Rounding = (parameter: Parameter, place: Place) => Float64Array;

/**
 * The distance between neighbours of the grid at each number of a parameter; undefined for
 * parameters that are not put on one.
 */
export type GridSpacing = (parameter: Parameter, layer: number) => Float64Array | undefined;

/** An estimate of the bits that a parameter of a layer takes when it is stored. */
export type StoredBits = (parameter: Parameter, layer: number) => number;

/** Everything that is known of one kind of approximation. */
export interface ApproximationRules<A extends { readonly kind: string }> {
  readonly forms: readonly Form[];
  /**
   * The approximation of a name in lower case; undefined for names of other kinds.
   *
   * @param typed  the name as it was typed, for messages
   * @throws ArgumentError for a number that makes no sense
   */
  read(name: string, typed: string): A | undefined;
  /** The short name, which `read` reads back. */
  name(approximation: A): string;
  /** In words, for captions and tables. */
  describe(approximation: A): string;
  /**
   * What becomes of the parameters whose role is `rounded`.
   *
   * @throws ArgumentError for options that make no sense, or parameters that cannot be rounded
   */
  rounding(network: Network, approximation: A): Rounding;
  /** How coarse its grids are; absent where there is none. */
  spacing?(network: Network, approximation: A): GridSpacing | undefined;
  /** An estimate of what storing it takes, with scales and what says which weights are left. */
  storedBits(network: Network, approximation: A): StoredBits;
}

/** Bits of a number of the network as it is given, and of a scale. */
export const WHOLE = 32;
